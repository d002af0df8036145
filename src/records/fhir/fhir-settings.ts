import { IsInt, IsNotEmpty, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { HTTP_URL, HttpSettings } from '../http/http-settings';

/** How one FHIR R4 server is reached. */
export class FhirSettings extends HttpSettings {
  /** The service root: `https://journal.solby.example/fhir/` */
  @IsUrl(HTTP_URL)
  baseUrl!: string;

  @IsUrl(HTTP_URL)
  tokenUrl!: string;

  @IsString()
  @IsNotEmpty()
  clientId!: string;

  @IsString()
  @IsNotEmpty()
  clientSecret!: string;

  /** `system/Patient.read system/DocumentReference.read system/Binary.read`, in the server's own spelling. */
  @IsOptional()
  @IsString()
  scope?: string;

  /** The naming system of CPR numbers; the one of the Danish core profile when left out. */
  @Matches(/^[^|\s]+$/)
  cprSystem = 'urn:oid:1.2.208.176.1.2';

  /** Documents a page (`_count`). */
  @IsInt()
  @Min(1)
  @Max(1_000)
  pageSize = 100;
}
