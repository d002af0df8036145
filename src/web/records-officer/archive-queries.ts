import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, isUUID, Max, MaxLength, Min } from 'class-validator';
import { isCursor } from '../../delivery/register/register-search';
import { isDay } from '../../law';

/** What is no day is no filter: a list is shown all the same. */
const asDay = Transform(({ value }) => (typeof value === 'string' && isDay(value) ? value : ''));

/** An address that somebody changed by hand begins at the newest. */
const asCursor = Transform(({ value }) => (isCursor(value) ? value : ''));

/** `?fra=&til=`. */
export class DaysQuery {
  @asDay
  @IsString()
  fra = '';

  @asDay
  @IsString()
  til = '';
}

class ListQuery extends DaysQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  side = 1;
}

/** `/arkiv/leverancer?soeg=&status=&vej=&omraade=&fra=&til=&borger=&aeldre=&nyere=`. */
export class DeliveriesQuery extends DaysQuery {
  @IsString()
  @MaxLength(100)
  soeg = '';

  @IsString()
  @MaxLength(20)
  status = '';

  @IsString()
  @MaxLength(20)
  vej = '';

  @Transform(({ value }) => (/^\d\d$/.test(String(value)) ? String(value) : ''))
  @IsString()
  omraade = '';

  @Transform(({ value }) => (isUUID(value) ? String(value) : ''))
  @IsString()
  borger = '';

  @asCursor
  @IsString()
  aeldre = '';

  @asCursor
  @IsString()
  nyere = '';
}

export class CitizenSearchForm {
  @IsOptional()
  @IsString()
  @MaxLength(20)
  cpr?: string;
}

/** `/arkiv/log?hvem=&handling=&anmodning=&fra=&til=&side=`. */
export class LogQuery extends ListQuery {
  @IsString()
  @MaxLength(100)
  hvem = '';

  @IsString()
  @MaxLength(60)
  handling = '';

  @IsString()
  @MaxLength(20)
  anmodning = '';
}

export class DeliveryAddress {
  @IsUUID()
  id!: string;
}

export class LogReasonForm {
  @IsString()
  begrundelse = '';
}
