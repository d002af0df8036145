import { ArrayNotEmpty, IsNotEmpty, IsString, IsUrl } from 'class-validator';
import { HTTP_URL, HttpSettings } from '../http/http-settings';

/** How one KMD Nexus is reached: an API client, whose roles and organisations decide which citizens it may open. */
export class NexusSettings extends HttpSettings {
  /** `https://INSTANCE.nexus.kmd.dk/api/core/mobile/INSTANCE/v2/`; everything else is found by its links. */
  @IsUrl(HTTP_URL)
  baseUrl!: string;

  /** `https://iam.nexus.kmd.dk/authx/realms/INSTANCE/protocol/openid-connect/token` */
  @IsUrl(HTTP_URL)
  tokenUrl!: string;

  @IsString()
  @IsNotEmpty()
  clientId!: string;

  @IsString()
  @IsNotEmpty()
  clientSecret!: string;

  /** The view of a citizen's pathways that leaves nothing out: open and ended ones, every kind of element. */
  @IsString()
  @IsNotEmpty()
  view = '- Alt';

  /** Names of the link from a document to its file; the first one that is there is followed. */
  @ArrayNotEmpty()
  @IsString({ each: true })
  fileLinks: string[] = ['file', 'fileContent', 'content', 'download'];
}
