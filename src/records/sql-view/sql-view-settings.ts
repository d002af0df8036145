import { IsBoolean, IsInt, IsNotEmpty, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { RetrySettings } from '../http/retry-settings';

/** How four views in a PostgreSQL database are reached; `docs/connectors/sql-view.md` says what must be in them. */
export class SqlViewSettings extends RetrySettings {
  @IsString()
  @IsNotEmpty()
  host!: string;

  @IsInt()
  @Min(1)
  @Max(65_535)
  port = 5432;

  @IsString()
  @IsNotEmpty()
  database!: string;

  /** A role with SELECT on the views, and on nothing else. */
  @IsString()
  @IsNotEmpty()
  user!: string;

  @IsString()
  @IsNotEmpty()
  password!: string;

  /** Where `v_case`, `v_document`, `v_file` and `v_meta` are. */
  @Matches(/^[a-z_][a-z0-9_]{0,62}$/)
  schema = 'public';

  /** False only for a server on the same machine: everything would travel in the clear. */
  @IsBoolean()
  encrypted = true;

  /** PEM text of the CA that signed the server's certificate; the public ones are trusted without it. */
  @IsOptional()
  @IsString()
  ca?: string;

  /** The folder that paths in `v_file.path_or_lo` are relative to; without it files must be large objects. */
  @IsOptional()
  @Matches(/^\//)
  filesFolder?: string;

  /** An export older than this is reported as a gap; without it any age is good. */
  @IsOptional()
  @IsInt()
  @Min(1)
  oldestHours?: number;

  /** Rows that are read at a time. */
  @IsInt()
  @Min(1)
  @Max(10_000)
  pageSize = 500;

  /** Longest wait for an answer in milliseconds. */
  @IsInt()
  @Min(50)
  timeoutMs = 60_000;
}
