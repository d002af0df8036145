import { IsNotEmpty, IsOptional, IsString, IsUrl } from 'class-validator';
import { HTTP_URL, HttpSettings } from '../http/http-settings';

/**
 * How the municipality's gateway to CPR is reached: it asks SF1520 (the present facts) and SF1525 (former numbers) with
 * the municipality's own agreement and answers with one JSON object (docs/gathering.md).
 */
export class PersonRegisterSettings extends HttpSettings {
  /** Address of the look-up at the gateway, path included. */
  @IsUrl(HTTP_URL)
  url!: string;

  @IsOptional()
  @IsString()
  @IsNotEmpty()
  gatewayToken?: string;
}
