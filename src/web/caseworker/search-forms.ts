import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

const emptyIsAbsent = Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));
const asNumber = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value));

export class SearchStatementForm {
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  redegoerelse?: string;
}

export class FoundFileForm {
  @IsOptional()
  @IsString()
  @MaxLength(255)
  titel?: string;

  @emptyIsAbsent
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  dato?: string;

  @emptyIsAbsent
  @IsOptional()
  @IsIn(['ind', 'ud', 'intern'])
  retning?: 'ind' | 'ud' | 'intern';
}

export class PaperOrderForm {
  @IsIn(['paper', 'microfilm'])
  medie!: 'paper' | 'microfilm';

  @IsOptional()
  @IsString()
  @MaxLength(100)
  kasse?: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  nummer?: string;

  @asNumber
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  sider?: number;
}

export class ReceivedForm {
  @asNumber
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  sider?: number;
}

export class GapForm {
  @IsIn(['intern', 'brev'])
  svar!: 'intern' | 'brev';

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  forklaring?: string;
}

export class ClaimedSystemForm {
  @IsIn(['soegt', 'uden', 'skjul'])
  svar!: 'soegt' | 'uden' | 'skjul';

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  redegoerelse?: string;
}

export class LeaveForm {
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  begrundelse?: string;
}
