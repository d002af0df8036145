import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { PART_NAMES } from './person-parts';

const emptyIsAbsent = Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));
const oneOrMany = Transform(({ value }: { value: unknown }) =>
  value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value],
);
/** `R`, `T4`, `P12`, `P12-2`, `S1`. */
const KEY = /^[A-Z][0-9]{0,6}(-[0-9]{1,3})?$/;
/** A page, `file:page`. */
const PAGE = /^[0-9a-f-]{36}:[0-9]{1,6}$/;
/** A page, or a mention on it: `file:page:start`. */
const PLACE = /^[0-9a-f-]{36}:[0-9]{1,6}(?::[0-9]{1,8})?$/;

export class RequestParameters {
  @IsUUID()
  id!: string;
}

export class PersonParameters extends RequestParameters {
  @Matches(KEY)
  key!: string;
}

export class ShownMentions {
  @emptyIsAbsent
  @IsOptional()
  @Matches(PAGE)
  enkelt?: string;
}

export class PartForm {
  @IsIn(PART_NAMES)
  del!: string;

  @emptyIsAbsent
  @IsOptional()
  @IsString()
  @MaxLength(60)
  rolle?: string;
}

export class MergeForm {
  @emptyIsAbsent
  @IsOptional()
  @Matches(KEY)
  med?: string;
}

export class SplitForm extends PartForm {
  @emptyIsAbsent
  @IsOptional()
  @IsString()
  @MaxLength(120)
  navn?: string;

  @oneOrMany
  @IsArray()
  @ArrayMaxSize(20_000)
  @Matches(PLACE, { each: true })
  steder!: string[];
}

export class EverywhereForm {
  @IsIn(['fjern', 'behold', 'hver-for-sig'])
  afgoerelse!: 'fjern' | 'behold' | 'hver-for-sig';

  @emptyIsAbsent
  @IsOptional()
  @IsString()
  @MaxLength(40)
  hjemmel?: string;
}

export class WordsForm {
  @IsIn(['fjern', 'behold'])
  afgoerelse!: 'fjern' | 'behold';

  @emptyIsAbsent
  @IsOptional()
  @IsString()
  @MaxLength(200)
  tekst?: string;

  @emptyIsAbsent
  @IsOptional()
  @IsString()
  @MaxLength(40)
  slags?: string;

  @emptyIsAbsent
  @IsOptional()
  @IsString()
  @MaxLength(40)
  hjemmel?: string;
}
