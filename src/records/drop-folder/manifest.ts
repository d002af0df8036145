import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Min,
  ValidateNested,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { SourceError } from '../../contracts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export class ManifestParty {
  @IsIn(['primary', 'secondary', 'other']) role!: 'primary' | 'secondary' | 'other';
  @IsString() roleText!: string;
  @IsString() @IsNotEmpty() name!: string;
  @IsOptional() @Matches(/^\d{6}-?\d{4}$/) cpr?: string;
  @IsOptional() @IsString() address?: string;
  @IsOptional() @IsString() phone?: string;
  @IsOptional() @IsString() email?: string;
  @IsOptional() @IsBoolean() addressProtected?: boolean;
  @IsOptional() @IsBoolean() employee?: boolean;
}

export class ManifestCase {
  @IsString() @IsNotEmpty() sourceCaseId!: string;
  @IsOptional() @IsString() caseNumber?: string;
  @IsString() @IsNotEmpty() title!: string;
  @IsOptional() @Matches(/^\d{2}\.\d{2}\.\d{2}$/) kle?: string;
  @IsOptional() @IsString() facet?: string;
  @IsOptional() @IsBoolean() open?: boolean;
  @IsOptional() @Matches(DAY) openedAt?: string;
  @IsOptional() @Matches(DAY) closedAt?: string;
  @IsOptional() @IsString() responsibleUnit?: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ManifestParty) parties!: ManifestParty[];
}

export class ManifestDocument {
  @IsString() @IsNotEmpty() sourceDocumentId!: string;
  @IsString() @IsNotEmpty() sourceCaseId!: string;
  @IsIn(['document', 'journalNote', 'mail', 'message', 'form'])
  kind!: 'document' | 'journalNote' | 'mail' | 'message' | 'form';
  @IsString() @IsNotEmpty() title!: string;
  @IsOptional() @IsString() documentNumber?: string;
  @IsOptional() @IsIn(['ind', 'ud', 'intern']) direction?: 'ind' | 'ud' | 'intern';
  @IsOptional() @Matches(DAY) documentDate?: string;
  @IsOptional() @IsIn(['draft', 'final', 'unknown']) state?: 'draft' | 'final' | 'unknown';
  @IsOptional() @IsString() parentSourceDocumentId?: string;
}

export class ManifestFile {
  @IsString() @IsNotEmpty() sourceFileId!: string;
  @IsString() @IsNotEmpty() sourceDocumentId!: string;
  @IsString() @IsNotEmpty() name!: string;
  @IsOptional() @IsString() mediaType?: string;
  @IsInt() @Min(0) size!: number;
  @Matches(/^[0-9a-fA-F]{64}$/) sha256!: string;
  /** Relative to the folder, with `/`. */
  @IsString() @IsNotEmpty() path!: string;
  @IsOptional() @IsString() version?: string;
}

/** What the export says of itself, in the words of the contract's `Coverage`. */
export class ManifestCoverage {
  @IsArray() @IsIn(['primary', 'secondary'], { each: true }) partyRoles!: ('primary' | 'secondary')[];
  @IsBoolean() includesClosed!: boolean;
  @IsBoolean() includesDrafts!: boolean;
  @IsBoolean() includesJournalNotes!: boolean;
  @IsBoolean() rightsLimited!: boolean;
  @IsOptional() @Matches(DAY) earliestDate?: string;
  @IsArray() @IsString({ each: true }) knownGaps!: string[];
}

/** `manifest.json`: three lists, and who exported what when. */
export class Manifest {
  @IsISO8601() exportedAt!: string;
  @IsString() @IsNotEmpty() exportedBy!: string;
  @ValidateNested() @Type(() => ManifestCoverage) coverage!: ManifestCoverage;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ManifestCase) cases!: ManifestCase[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => ManifestDocument) documents!: ManifestDocument[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => ManifestFile) files!: ManifestFile[];
}

/** Reads and checks the text of a manifest: fields, and that the three lists point at each other. */
export function parseManifest(text: string): Manifest {
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    throw refused('is not JSON; export it again');
  }
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) throw refused('is not an object');
  const manifest = plainToInstance(Manifest, plain);
  const [first] = validateSync(manifest, { whitelist: true, forbidNonWhitelisted: true });
  if (first) throw refused(`does not follow the contract at ${place(first)}`);
  refuseLooseEnds(manifest);
  return manifest;
}

function refuseLooseEnds({ cases, documents, files }: Manifest): void {
  const caseIds = distinct(
    cases.map((item) => item.sourceCaseId),
    'case',
  );
  const documentIds = distinct(
    documents.map((item) => item.sourceDocumentId),
    'document',
  );
  distinct(
    files.map((item) => item.sourceFileId),
    'file',
  );
  distinct(
    files.map((item) => item.path),
    'path',
  );
  const homeless = documents.filter((item) => !caseIds.has(item.sourceCaseId)).length;
  if (homeless > 0) throw refused(`lists ${homeless} documents of cases that it does not list`);
  const orphans = files.filter((item) => !documentIds.has(item.sourceDocumentId)).length;
  if (orphans > 0) throw refused(`lists ${orphans} files of documents that it does not list`);
}

function distinct(ids: string[], kind: string): Set<string> {
  const set = new Set(ids);
  if (set.size !== ids.length) throw refused(`lists the same ${kind} more than once`);
  return set;
}

/** The path of the first wrong field, `files.3.sha256`; never its value. */
function place(error: ValidationError): string {
  const child = error.children?.[0];
  return child ? `${error.property}.${place(child)}` : error.property;
}

export function refused(why: string): SourceError {
  return new SourceError('contract', `The manifest of the drop folder ${why}.`, false);
}
