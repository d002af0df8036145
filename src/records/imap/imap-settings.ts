import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { HTTP_URL } from '../http/http-settings';
import { RetrySettings } from '../http/retry-settings';

const isByToken = ({ tokenUrl }: ImapSettings): boolean => tokenUrl !== undefined;

/** How one mailbox is reached. The account needs to read, and nothing else. */
export class ImapSettings extends RetrySettings {
  @IsString()
  @IsNotEmpty()
  host!: string;

  @IsInt()
  @Min(1)
  @Max(65_535)
  port = 993;

  /** `none` is for a server on the same machine: mails and the password would travel in the clear. */
  @IsIn(['tls', 'starttls', 'none'])
  security: 'tls' | 'starttls' | 'none' = 'tls';

  @IsString()
  @IsNotEmpty()
  user!: string;

  /** Not needed where the account logs in by tokens. */
  @ValidateIf(({ tokenUrl }: ImapSettings) => tokenUrl === undefined)
  @IsString()
  @IsNotEmpty()
  password?: string;

  /** Where tokens are given (OAuth 2.0 client credentials). Exchange Online takes nothing else. */
  @IsOptional()
  @IsUrl(HTTP_URL)
  tokenUrl?: string;

  @ValidateIf(isByToken)
  @IsString()
  @IsNotEmpty()
  clientId?: string;

  @ValidateIf(isByToken)
  @IsString()
  @IsNotEmpty()
  clientSecret?: string;

  @IsString()
  @IsNotEmpty()
  scope = 'https://outlook.office365.com/.default';

  /** PEM text of the CA that signed the server's certificate; the public ones are trusted without it. */
  @IsOptional()
  @IsString()
  ca?: string;

  /** Folders that are not searched, by their whole path; the coverage names them. All others are, archive and bin included. */
  @IsArray()
  @IsString({ each: true })
  skippedFolders: string[] = [];

  /** Searches for the citizen's name too. It finds namesakes, whose mails a caseworker has to sort out. */
  @IsBoolean()
  alsoByName = false;

  /** Searches for the citizen's e-mail addresses too. */
  @IsBoolean()
  alsoByEmail = false;

  /** False for servers that only guess the size of a mail (Exchange does unless told otherwise). */
  @IsBoolean()
  exactSizes = true;

  /** Mails that are listed at a time. */
  @IsInt()
  @Min(1)
  @Max(500)
  pageSize = 100;

  /** Longest wait for an answer in milliseconds; a search of a large mailbox without an index may take minutes. */
  @IsInt()
  @Min(50)
  timeoutMs = 120_000;
}
