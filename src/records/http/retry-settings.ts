import { IsInt, Max, Min } from 'class-validator';
import type { RetryRules } from './retry';

/** How patiently a source is asked again, over whatever it is asked. */
export class RetrySettings implements RetryRules {
  @IsInt()
  @Min(0)
  @Max(10)
  retries = 4;

  @IsInt()
  @Min(1)
  retryBaseMs = 500;

  @IsInt()
  @Min(1)
  longestPauseMs = 60_000;
}
