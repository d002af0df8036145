import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { CAME_BY, type CameBy } from '../../delivery/complaints/complaint.entity';
import type { NewComplaint } from '../../delivery/complaints/register-complaint';
import { COMPLAINT_SUBJECTS, type ComplaintSubject } from '../../law';
import { Refusal } from '../../requests/refusal';
import type { ComplaintDraft } from '../views/klager';

const emptyIsAbsent = ({ value }: { value: unknown }): unknown => (value === '' ? undefined : value);

/** What a complaint says, whoever writes it down. */
export class ComplaintForm implements ComplaintDraft {
  @IsUUID()
  noegle!: string;

  @IsOptional()
  @IsIn(COMPLAINT_SUBJECTS)
  om?: ComplaintSubject;

  @Transform(emptyIsAbsent)
  @IsOptional()
  @Matches(/^\d{1,6}$/)
  dokument?: string;

  @Transform(emptyIsAbsent)
  @IsOptional()
  @Matches(/^[1-9]\d{0,5}$/)
  side?: string;

  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  klage?: string;
}

/** What an employee adds: when and how it came, and from whom. */
export class RegisteredComplaintForm extends ComplaintForm {
  @IsOptional()
  @IsString()
  @MaxLength(10)
  modtaget?: string;

  @IsOptional()
  @IsIn(CAME_BY)
  vej?: CameBy;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  partsrepraesentant?: string;
}

/** Which fault belongs to which field. */
const FIELDS: Record<string, string> = {
  'subject-missing': 'om',
  'not-answered': 'om',
  'document-missing': 'dokument',
  'received-wrong': 'modtaget',
};

export function fieldOf({ code }: Refusal): string {
  return FIELDS[code] ?? 'om';
}

/** What the form asks to be registered. A document counts only where the complaint is about one. */
export async function askedBy(
  entities: EntityManager,
  requestId: string,
  form: ComplaintForm,
  came: Pick<NewComplaint, 'receivedOn' | 'cameBy' | 'representative'>,
): Promise<NewComplaint> {
  const { om: about, dokument, side, klage = '', noegle: formKey } = form;
  if (!about) throw new Refusal('subject-missing', 'Vælg, hvad klagen handler om.');
  const hasDocument = about === 'document' || about === 'passage';
  return {
    ...{ formKey, about, words: klage, ...came },
    documentId: hasDocument && dokument ? await documentAt(entities, requestId, Number(dokument)) : null,
    packagePage: about === 'passage' && side ? Number(side) : null,
  };
}

async function documentAt(entities: EntityManager, requestId: string, position: number): Promise<string | null> {
  const [found]: { id: string }[] = await entities.query(
    `select d.id from document d join records_case c on c.id = d.records_case_id
     where d.request_id = $1 and d.position = $2 and c.existence <> 'protected' limit 1`,
    [requestId, position],
  );
  return found?.id ?? null;
}
