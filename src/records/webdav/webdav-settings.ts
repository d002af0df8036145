import { ArrayNotEmpty, IsArray, IsNotEmpty, IsString, IsUrl, Matches } from 'class-validator';
import { HTTP_URL, HttpSettings } from '../http/http-settings';

/** How one WebDAV server is reached, and where a citizen's folder is on it. */
export class WebDavSettings extends HttpSettings {
  /** `https://filer.solby.example/dav/` */
  @IsUrl(HTTP_URL)
  baseUrl!: string;

  @IsString()
  @IsNotEmpty()
  username!: string;

  @IsString()
  @IsNotEmpty()
  password!: string;

  /**
   * Where a citizen's folder is, below `baseUrl`, once or several times: `borgere/{cpr}` with ten digits,
   * `borgere/{cpr-}` with a hyphen.
   */
  @IsArray()
  @ArrayNotEmpty()
  @Matches(/^(?!\/)(?!.*(^|\/)\.{1,2}(\/|$))[^?#]*\{cpr-?\}[^?#]*$/, { each: true })
  folders!: string[];
}
