import { IsIn, IsInt, IsNotEmpty, IsObject, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';
import { HTTP_URL, HttpSettings } from '../http/http-settings';

/** How one SBSYS is reached. The account is a service user: its rights in SBSYS decide what is visible. */
export class SbsysSettings extends HttpSettings {
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

  @IsInt()
  @Min(1)
  @Max(500)
  pageSize = 100;
}
