import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import type { DeliveryForm, RequestDraft, RequestScope } from '../views/anmodning-ny';

export type NewRequestStep = 'omfang' | 'levering' | 'forstaaelse';

const asList = Transform(({ value }) => (value === undefined ? [] : Array.isArray(value) ? value : [value]));
/** An empty field is no answer. */
const asAnswer = Transform(({ value }) => (typeof value === 'string' && value.trim() === '' ? undefined : value));

/** `/anmodning/ny`: what one page of the form sends. What a person can get wrong is judged in `draft-check`, with words. */
export class NewRequestForm implements RequestDraft {
  @IsIn(['omfang', 'levering', 'forstaaelse'])
  trin!: NewRequestStep;

  @IsOptional()
  @IsIn(['omfang', 'levering'])
  ret?: 'omfang' | 'levering';

  @IsUUID()
  noegle!: string;

  @asAnswer
  @IsOptional()
  @IsIn(['hele', 'sager', 'periode', 'emne'])
  omfang?: RequestScope;

  @asList
  @IsString({ each: true })
  sager: string[] = [];

  @asAnswer
  @IsOptional()
  @IsString()
  fra?: string;

  @asAnswer
  @IsOptional()
  @IsString()
  til?: string;

  @asAnswer
  @IsOptional()
  @IsString()
  emne?: string;

  @asAnswer
  @IsOptional()
  @IsIn(['mig', 'anden'])
  paa_vegne_af?: 'mig' | 'anden';

  @asAnswer
  @IsOptional()
  @IsIn(['digital-post', 'brev'])
  leveringsform?: DeliveryForm;

  @asAnswer
  @IsOptional()
  @IsString()
  ordlyd?: string;

  @asAnswer
  @IsOptional()
  @IsString()
  varsel_mail?: string;
}

/** From a link at a case: that case is chosen already. */
export class NewRequestQuery {
  @IsOptional()
  @Matches(/^[0-9a-f]{24}$/)
  sag?: string;
}
