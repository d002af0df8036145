import { Transform, Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, isUUID, IsUUID, Max, MaxLength, Min } from 'class-validator';
import {
  DATA_KINDS,
  INCIDENT_CAUSES,
  SEVERITIES,
  type DataKind,
  type IncidentCause,
  type Severity,
} from '../../../delivery/incidents/incident.entity';

/** What is no id is none: a page is shown all the same. */
const asId = Transform(({ value }) => (isUUID(value) ? String(value) : ''));
const asList = Transform(({ value }) => (Array.isArray(value) ? value : [value]) as unknown);
const LONGEST = 6000;

export class OpenedFrom {
  @asId
  @IsString()
  leverance = '';

  @asId
  @IsString()
  brud = '';
}

export class NewIncidentForm extends OpenedFrom {
  @IsIn(['', ...INCIDENT_CAUSES])
  aarsag: IncidentCause | '' = '';

  @IsString()
  @MaxLength(LONGEST)
  hvad = '';

  @IsString()
  @MaxLength(200)
  hvem = '';

  @IsString()
  @MaxLength(10)
  dag = '';

  @IsString()
  @MaxLength(5)
  kl = '';
}

export class AssessmentForm {
  @IsIn(['', ...SEVERITIES])
  alvor: Severity | '' = '';

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  personer = 0;

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(100_000_000)
  registreringer = 0;

  @IsOptional()
  @asList
  @IsArray()
  @IsIn(DATA_KINDS, { each: true })
  oplysninger?: DataKind[];
}

export class WordsForm {
  @IsString()
  @MaxLength(LONGEST)
  tekst = '';
}

export class HolderForm {
  @IsUUID()
  leverance!: string;

  @IsString()
  @MaxLength(20_000)
  sider = '';
}

export class WhoGotQuery {
  @asId
  @IsString()
  haendelse = '';

  @IsString()
  @MaxLength(20)
  slags = 'dokument';

  @IsString()
  @MaxLength(40)
  anmodning = '';

  @IsString()
  @MaxLength(6)
  dokument = '';

  @IsString()
  @MaxLength(6)
  side = '';

  @IsString()
  @MaxLength(80)
  aftryk = '';
}

export class WhoGotForm extends WhoGotQuery {
  @IsString()
  @MaxLength(20)
  cpr = '';

  @IsString()
  @MaxLength(1000)
  begrundelse = '';
}

export class AddresseeForm {
  @asId
  @IsString()
  leverance = '';

  @IsString()
  @MaxLength(120)
  person = '';

  @IsString()
  @MaxLength(20)
  cpr = '';

  @IsString()
  @MaxLength(200)
  navn = '';
}

export class LetterForm extends WordsForm {
  @IsIn(['gem', 'send', 'opgiv'])
  handling!: 'gem' | 'send' | 'opgiv';
}

export class HandOverForm {
  @IsString()
  @MaxLength(1000)
  udlevering = '';
}

export class InformingForm {
  @IsIn(['ja', 'nej'])
  svar!: 'ja' | 'nej';

  @IsString()
  @MaxLength(LONGEST)
  underretning = '';
}

export class NotificationTextForm {
  @IsString()
  @MaxLength(LONGEST)
  nature = '';

  @IsString()
  @MaxLength(LONGEST)
  contact = '';

  @IsString()
  @MaxLength(LONGEST)
  consequences = '';

  @IsString()
  @MaxLength(LONGEST)
  measures = '';
}

export class NotifiedForm {
  @IsString()
  @MaxLength(60)
  kvittering = '';

  @IsString()
  @MaxLength(10)
  anmeldt = '';

  @IsString()
  @MaxLength(5)
  kl = '';

  @IsString()
  @MaxLength(LONGEST)
  forsinket = '';
}

export class ReasonForm {
  @IsString()
  @MaxLength(LONGEST)
  begrundelse = '';
}
