import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsNumber, IsOptional, IsString, IsUUID, MaxLength, Max, Min } from 'class-validator';

const emptyIsAbsent = Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));
const emptyOrNumber = Transform(({ value }: { value: unknown }) =>
  value === '' || value === undefined ? undefined : Number(value),
);
/** Longer than any page of a PDF, in points. */
const FARTHEST = 20_000;

/** The page in the address. */
export class PageParameters {
  @IsUUID()
  id!: string;

  @IsUUID()
  dok!: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  side!: number;
}

/** A passage on the page in the address. */
export class PassageParameters extends PageParameters {
  @IsUUID()
  fid!: string;
}

/** A whole document. */
export class DocumentParameters {
  @IsUUID()
  id!: string;

  @IsUUID()
  dok!: string;
}

export class PassageForm {
  @IsIn(['fjern', 'behold'])
  afgoerelse!: 'fjern' | 'behold';

  @emptyIsAbsent
  @IsOptional()
  @IsString()
  @MaxLength(40)
  hjemmel?: string;
}

export class AddPassageForm {
  @emptyIsAbsent
  @IsOptional()
  @IsString()
  @MaxLength(500)
  tekst?: string;

  @emptyOrNumber
  @IsOptional()
  @IsNumber()
  @Max(FARTHEST)
  @Min(-FARTHEST)
  x?: number;

  @emptyOrNumber
  @IsOptional()
  @IsNumber()
  @Max(FARTHEST)
  @Min(-FARTHEST)
  y?: number;

  @emptyOrNumber
  @IsOptional()
  @IsNumber()
  @Max(FARTHEST)
  @Min(-FARTHEST)
  bredde?: number;

  @emptyOrNumber
  @IsOptional()
  @IsNumber()
  @Max(FARTHEST)
  @Min(-FARTHEST)
  hoejde?: number;

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

class ReturnPage {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  side?: number;
}

export class AllPassagesForm extends ReturnPage {
  @IsIn(['fjern', 'behold'])
  afgoerelse!: 'fjern' | 'behold';
}

export class WholeDocumentForm extends ReturnPage {
  @IsIn(['udelad', 'udenfor', 'medtag'])
  udfald!: 'udelad' | 'udenfor' | 'medtag';

  @emptyIsAbsent
  @IsOptional()
  @IsString()
  @MaxLength(40)
  hjemmel?: string;

  @emptyIsAbsent
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  begrundelse?: string;
}
