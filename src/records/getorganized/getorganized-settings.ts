import { ArrayNotEmpty, IsNotEmpty, IsString, IsUrl, Matches } from 'class-validator';
import { HTTP_URL, HttpSettings } from '../http/http-settings';

/** How one GetOrganized is reached. The rights of the Windows account decide what is visible. */
export class GetOrganizedSettings extends HttpSettings {
  /** `https://ad.go.MUNICIPALITY.dk`: the host that accepts Windows accounts. */
  @IsUrl(HTTP_URL)
  baseUrl!: string;

  @IsString()
  @IsNotEmpty()
  username!: string;

  @IsString()
  @IsNotEmpty()
  password!: string;

  /** The account's domain in Active Directory. */
  @IsString()
  domain = '';

  /** The kinds of cases; leave none out, each is searched. */
  @ArrayNotEmpty()
  @Matches(/^[A-ZÆØÅ]{2,5}$/, { each: true, message: 'caseTypePrefixes must hold prefixes of cases, as BOR' })
  caseTypePrefixes = ['BOR', 'EMN', 'PPR', 'AKT', 'ELM', 'PER', 'GEO', 'SAM', 'MOD'];

  /**
   * Internal names of further fields in which this installation keeps parties, as `ows_Parter`. Without any, coverage says
   * `primary` only: the case's contact is what is searched.
   */
  @Matches(/^ows_\w+$/, { each: true, message: 'partyFields must hold internal names, as ows_Parter' })
  partyFields: string[] = [];
}
