import { IsInt, IsNotEmpty, IsObject, IsString, IsUrl, Max, Min } from 'class-validator';
import { HTTP_URL, HttpSettings } from '../http/http-settings';

/** How one KMD Momentum is reached: an application in its Entra directory, and a key to its API gateway. */
export class MomentumSettings extends HttpSettings {
  /** The root of the API; everything is asked beneath it. */
  @IsUrl(HTTP_URL)
  baseUrl!: string;

  @IsUrl(HTTP_URL)
  tokenUrl = 'https://login.microsoftonline.com/momentumb2c.onmicrosoft.com/oauth2/token';

  @IsString()
  @IsNotEmpty()
  clientId!: string;

  @IsString()
  @IsNotEmpty()
  clientSecret!: string;

  /** The application id of the API that the token is for. */
  @IsString()
  @IsNotEmpty()
  resource!: string;

  /** Goes with every call, beside the token. */
  @IsString()
  @IsNotEmpty()
  apiKey!: string;

  /** This installation's codes of responsibilities and contacts, in the words of the party register. */
  @IsObject()
  partRoles: Record<string, string> = {};

  @IsInt()
  @Min(1)
  @Max(200)
  pageSize = 200;
}
