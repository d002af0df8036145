import { IsInt, IsNotEmpty, IsOptional, IsString, Min } from 'class-validator';

/** A folder that a records officer (or a nightly export) fills; see `manifest.ts` for what must lie in it. */
export class DropFolderSettings {
  /** Absolute path of the folder that holds `manifest.json`. */
  @IsString()
  @IsNotEmpty()
  folder!: string;

  /** An export older than this is refused; without it any age is good. */
  @IsOptional()
  @IsInt()
  @Min(1)
  oldestDays?: number;
}
