import { IsInt, IsNumber, IsOptional, IsString, Max, Min } from 'class-validator';
import { RetrySettings } from './retry-settings';
import type { HttpRules } from './source-http';

/** For `@IsUrl`: hosts of a municipality's own network have no dot. */
export const HTTP_URL = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** How politely and how patiently a source is asked over HTTP; every connector's settings hold these. */
export class HttpSettings extends RetrySettings implements HttpRules {
  /** PEM text of the CA that signed the source's certificate, or of the intermediate that its server leaves out. */
  @IsOptional()
  @IsString()
  ca?: string;

  @IsInt()
  @Min(50)
  timeoutMs = 30_000;

  @IsInt()
  @Min(1)
  @Max(16)
  parallel = 2;

  @IsNumber()
  @Min(0.1)
  requestsPerSecond = 10;
}
