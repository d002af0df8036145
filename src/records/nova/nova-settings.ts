import { IsInt, IsNotEmpty, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { HTTP_URL, HttpSettings } from '../http/http-settings';

/** How one KMD Nova is reached. The rights of the client in Nova decide what is visible. */
export class NovaSettings extends HttpSettings {
  /** `https://cap-novaapi.kmd.dk` */
  @IsUrl(HTTP_URL)
  baseUrl!: string;

  /** `https://novaauth.kmd.dk/realms/NovaIntegration/protocol/openid-connect/token` */
  @IsUrl(HTTP_URL)
  tokenUrl!: string;

  @IsString()
  @IsNotEmpty()
  clientId!: string;

  @IsString()
  @IsNotEmpty()
  clientSecret!: string;

  @Matches(/^\d+\.\d+-Case$/, { message: 'apiVersion must look like 2.0-Case' })
  apiVersion = '2.0-Case';

  /** Rows a page; Nova gives no more than 500. */
  @IsInt()
  @Min(1)
  @Max(500)
  pageSize = 500;
}
