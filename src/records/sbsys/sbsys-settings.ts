import { IsIn, IsInt, IsNotEmpty, IsNumber, IsObject, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';
import type { HttpRules } from '../http/source-http';

const HTTP_URL = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** How one SBSYS is reached. The account is a service user: its rights in SBSYS decide what is visible. */
export class SbsysSettings implements HttpRules {
  /** `https://sbsyswebapi.HOST` */
  @IsUrl(HTTP_URL)
  baseUrl!: string;

  /** `https://SBSIP-HOST/auth/realms/sbsip/protocol/openid-connect/token` */
  @IsUrl(HTTP_URL)
  tokenUrl!: string;

  @IsString()
  @IsNotEmpty()
  clientId!: string;

  @IsString()
  @IsNotEmpty()
  clientSecret!: string;

  @IsString()
  @IsNotEmpty()
  username!: string;

  @IsString()
  @IsNotEmpty()
  password!: string;

  /**
   * The field of the case search that finds a citizen as any party. SBSYS documents only `PrimaerPerson` publicly; ask the
   * vendor for the one of this installation. Without it, coverage says `primary` only.
   */
  @IsOptional()
  @IsIn(['Part', 'SagsPart', 'Parter'])
  partySearchField?: string;

  /** This installation's names for parts, in the words of the party register (`Underretter` is `notifier`). */
  @IsObject()
  partRoles: Record<string, string> = {};

  @IsOptional()
  @IsString()
  ca?: string;

  @IsInt()
  @Min(1)
  @Max(500)
  pageSize = 100;

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
