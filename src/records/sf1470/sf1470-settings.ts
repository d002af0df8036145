import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';
import { HTTP_URL, HttpSettings } from '../http/http-settings';

/**
 * How the gateway in front of the common-municipal index (SF1470) is reached. The gateway holds the municipality's
 * certificate and its token from the security token service (OIOIDWS); this program speaks the service's own SOAP to it.
 */
export class Sf1470Settings extends HttpSettings {
  /** Address of the service at the gateway, path included. */
  @IsUrl(HTTP_URL)
  url!: string;

  /** What the gateway knows this program by. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  gatewayToken?: string;

  /** Version of the message schemas: `6` is in production, `1.2.4.0` is the one published with the samples. */
  @IsIn(['6', '1.2.4.0'])
  schemaVersion: '6' | '1.2.4.0' = '6';

  @IsInt()
  @Min(1)
  @Max(1000)
  pageSize = 100;
}
