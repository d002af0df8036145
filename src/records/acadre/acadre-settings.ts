import { IsInt, IsNotEmpty, IsObject, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { HTTP_URL, HttpSettings } from '../http/http-settings';

/** How one Acadre is reached: its web pages' own API for searches, its SOAP services for what is in a case. */
export class AcadreSettings extends HttpSettings {
  /** The host of the web pages, `https://HOST/`; searches are asked below `Frontend/`. */
  @IsUrl(HTTP_URL)
  baseUrl!: string;

  /** `https://HOST/PWS/AcadreServiceV7.asmx`; the older service is beside it and ends in `4.asmx`. */
  @IsUrl(HTTP_URL)
  @Matches(/7\.asmx$/, { message: 'serviceUrl must end in 7.asmx' })
  serviceUrl!: string;

  /** A Windows account of the municipality's domain. */
  @IsString()
  @IsNotEmpty()
  username!: string;

  @IsString()
  @IsNotEmpty()
  password!: string;

  @IsString()
  @IsNotEmpty()
  domain!: string;

  /** Initials of the Acadre user on whose behalf the SOAP services are asked: that user's rights decide. */
  @IsString()
  @IsNotEmpty()
  actingFor!: string;

  /** This installation's words for relations of parties, in the words of the party register. */
  @IsObject()
  partRoles: Record<string, string> = {};

  @IsInt()
  @Min(1)
  @Max(100)
  pageSize = 100;
}
