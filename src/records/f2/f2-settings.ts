import { IsInt, IsNotEmpty, IsOptional, IsString, IsUrl, Matches, Min } from 'class-validator';
import { HTTP_URL, HttpSettings } from '../http/http-settings';

/** How one F2 is reached. The rights of the F2 user decide what is visible. */
export class F2Settings extends HttpSettings {
  /** The service index, from which every other address is found. */
  @IsUrl(HTTP_URL)
  serviceIndexUrl!: string;

  @IsString()
  @IsNotEmpty()
  clientId!: string;

  @IsString()
  @IsNotEmpty()
  clientSecret!: string;

  @IsString()
  @IsNotEmpty()
  username!: string;

  /** F2 can be set up to ask no password of a trusted client. */
  @IsOptional()
  @IsString()
  password?: string;

  /** The party number of the organisation to log in to, for a user with roles in several. */
  @IsOptional()
  @IsInt()
  @Min(1)
  organizationPartyNo?: number;

  /**
   * The name of a custom query that the municipality has installed, which finds cases (`Id`) by `cprNumber` among the
   * involved parties. Without it, coverage says `primary` only: the documented search looks at the case's own CPR field.
   */
  @IsOptional()
  @Matches(/^[\w-]+$/, { message: 'involvedPartyQuery must be the name of a custom query' })
  involvedPartyQuery?: string;
}
