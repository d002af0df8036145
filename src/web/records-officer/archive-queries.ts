import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { dayInMs } from '../../law';

/** What is no day is no filter: a list is shown all the same. */
const asDay = Transform(({ value }) => (isDay(value) ? value : ''));

function isDay(value: unknown): boolean {
  try {
    return typeof value === 'string' && dayInMs(value) !== undefined;
  } catch {
    return false;
  }
}

class ListQuery {
  @asDay
  @IsString()
  fra = '';

  @asDay
  @IsString()
  til = '';

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  side = 1;
}

/** `/arkiv/leverancer?soeg=&status=&fra=&til=&side=`. */
export class DeliveriesQuery extends ListQuery {
  @IsString()
  @MaxLength(100)
  soeg = '';

  @IsString()
  @MaxLength(20)
  status = '';
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
