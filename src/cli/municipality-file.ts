import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { SourceKind } from '../contracts';
import type { NewAuthority } from '../platform/database/authority-set-up';
import type { AuthoritySettings } from '../platform/database/authority.entity';
import {
  checkedSettings,
  CONNECTOR_KINDS,
  createConnector,
  SbsysSettings,
  createCaseIndex,
  createPersonRegister,
} from '../records';
import { BY_HAND, CASE_INDEX, NOT_CONNECTED, PERSON_REGISTER, REFERRAL } from '../gathering/source-kinds';

class MunicipalitySettings implements AuthoritySettings {
  @IsString()
  @IsNotEmpty()
  contactPhone!: string;

  @IsEmail()
  contactEmail!: string;

  @IsEmail()
  dpoEmail!: string;

  @IsString()
  @IsNotEmpty()
  unit!: string;

  @IsString()
  @IsNotEmpty()
  address!: string;

  @IsOptional()
  @IsArray()
  @Matches(/^\d\d(\.\d\d){0,2}$/, { each: true, message: 'hiddenKle must hold KLE numbers or beginnings of them' })
  hiddenKle?: string[];

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(120)
  workingCopiesMonths?: number;

  @IsOptional()
  @IsBoolean()
  incidentLettersNeedTwo?: boolean;
}

/** What `municipality set` reads. */
export class MunicipalityFile implements NewAuthority {
  @Matches(/^\d{8}$/, { message: 'cvr must be eight digits' })
  cvr!: string;

  @IsString()
  @IsNotEmpty()
  name!: string;

  @IsString()
  @IsNotEmpty()
  shortName!: string;

  @ArrayNotEmpty()
  @Matches(/^[a-z0-9.-]+$/, { each: true, message: 'hostNames must hold host names in small letters' })
  hostNames!: string[];

  @IsObject()
  @ValidateNested()
  @Type(() => MunicipalitySettings)
  settings!: MunicipalitySettings;
}

/** A journal is written to, never read: it stands beside the connectors under a kind of its own. */
const JOURNAL = 'sbsys-journal';

/** Sources that no connector reads: see docs/gathering.md. */
const BESIDE_CONNECTORS = [...BY_HAND, CASE_INDEX, PERSON_REGISTER, REFERRAL, NOT_CONNECTED];

/** What `municipality source` reads. */
export class SourceFile {
  /** Short and stable; documents are numbered in the order of the keys. */
  @Matches(/^[a-z0-9-]{1,40}$/, { message: 'key must be small letters, digits and "-"' })
  key!: string;

  @IsIn([...CONNECTOR_KINDS, ...BESIDE_CONNECTORS, JOURNAL])
  kind!: string;

  /** Citizens read it: "vores sagssystem (SBSYS)". */
  @IsString()
  @IsNotEmpty()
  name!: string;

  @IsString()
  @IsNotEmpty()
  owner!: string;

  @IsObject()
  settings!: Record<string, unknown>;

  @IsBoolean()
  enabled = true;

  /** The names under which the index of cases (SF1470) knows the system. */
  @IsString({ each: true })
  indexNames: string[] = [];

  /** The journal is never searched. */
  get isSearched(): boolean {
    return this.enabled && this.kind !== JOURNAL;
  }

  /** Throws a sentence that names the wrong fields when the system's own settings cannot be used. */
  checkConnector(): void {
    const { key, name, owner, settings } = this;
    if (this.kind === JOURNAL) checkedSettings(SbsysSettings, settings, `the journal "${key}"`);
    else if (this.kind === CASE_INDEX) void createCaseIndex(settings).close?.();
    else if (this.kind === PERSON_REGISTER) void createPersonRegister(settings).close?.();
    else if (!BESIDE_CONNECTORS.includes(this.kind))
      createConnector({ id: key, kind: this.kind as SourceKind, name, owner }, settings);
  }
}
