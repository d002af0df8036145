import { ArrayNotEmpty, IsInt, IsNotEmpty, IsObject, IsString, IsUrl, Max, Min } from 'class-validator';
import { HTTP_URL, HttpSettings } from '../http/http-settings';

/** How one WorkZone is reached: an Entra ID application, whose WorkZone user's rights decide what is visible. */
export class WorkZoneSettings extends HttpSettings {
  /** The service root, `https://HOST/odata/`. */
  @IsUrl(HTTP_URL)
  baseUrl!: string;

  /** `https://login.microsoftonline.com/TENANT/oauth2/v2.0/token` */
  @IsUrl(HTTP_URL)
  tokenUrl!: string;

  @IsString()
  @IsNotEmpty()
  clientId!: string;

  @IsString()
  @IsNotEmpty()
  clientSecret!: string;

  /** `api://APPLICATION/.default` */
  @IsString()
  @IsNotEmpty()
  scope!: string;

  /**
   * Contact types whose code is a CPR number; each installation has letters of its own. Never one for companies or
   * production units: their numbers have as many digits, and would find strangers.
   */
  @ArrayNotEmpty()
  @IsString({ each: true })
  cprContactTypes: string[] = ['C'];

  /** Labels of a party that make it the case's primary party. */
  @ArrayNotEmpty()
  @IsString({ each: true })
  primaryLabels: string[] = ['Sagspart'];

  /** Labels of a reference from a case to a part of it. */
  @IsString({ each: true })
  subCaseLabels: string[] = ['Undersag'];

  /** This installation's labels of parties, in the words of the party register. */
  @IsObject()
  partRoles: Record<string, string> = {};

  /** Rows a page that the service is asked for (`odata.maxpagesize`); what it gives is read to the end in any case. */
  @IsInt()
  @Min(1)
  @Max(1000)
  pageSize = 50;
}
