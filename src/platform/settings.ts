import 'reflect-metadata';
import { resolve } from 'node:path';
import { plainToInstance, Transform, Type } from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';

const LOOPBACK_URL = { require_tld: false, require_protocol: true };
const asPath = Transform(({ value }) => (typeof value === 'string' ? resolve(value) : value));

/** Everything that is set from outside, read once at start. A fault names the variable, never its value. */
export class Settings {
  @IsIn(['development', 'test', 'production'])
  NODE_ENV: 'development' | 'test' | 'production' = 'development';

  /** The program's role: no superuser, no owner. */
  @Matches(/^postgres(ql)?:\/\//)
  DATABASE_URL!: string;

  /** The owner's role; only needed to migrate. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//)
  MIGRATION_DATABASE_URL?: string;

  @IsIn(['postgres', 'redis'])
  QUEUE_BACKEND: 'postgres' | 'redis' = 'postgres';

  @IsOptional()
  @Matches(/^rediss?:\/\//)
  REDIS_URL?: string;

  /** How long a worker may be silent before its job is given to another. */
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  QUEUE_LOCK_MS = 60_000;

  /** The pause before a failed job is tried again the first time; it doubles each time. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  QUEUE_RETRY_MS = 1000;

  /** How long one search of one source may take before it gives its place to others and goes on later. */
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  SOURCE_BUDGET_MS = 30 * 60_000;

  /** After so many hours the sources are looked through for what is new before a review is closed. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  RECHECK_AFTER_HOURS = 72;

  @IsString()
  HOST = '127.0.0.1';

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT = 8080;

  /** The address that browsers use. */
  @IsUrl(LOOPBACK_URL)
  PUBLIC_URL = 'http://127.0.0.1:8080';

  /** Proxies whose word on a visitor's address is taken: `loopback`, addresses or networks, with commas between. */
  @IsString()
  TRUSTED_PROXIES = 'loopback';

  /** The authority of this address when its host name is not in the database. */
  @IsOptional()
  @Matches(/^[0-9]{8}$/)
  AUTHORITY_CVR?: string;

  @asPath
  @IsString()
  MASTER_KEY_FILE!: string;

  /** Keys the seal of the audit log; kept outside the database. */
  @asPath
  @IsString()
  AUDIT_KEY_FILE!: string;

  /** A folder on another machine, where the audit log's root is put each day; best one that can be written once. */
  @IsOptional()
  @asPath
  @IsString()
  AUDIT_ROOT_FOLDER?: string;

  /** A mail address outside the machine that gets the root each day. */
  @IsOptional()
  @IsEmail()
  AUDIT_ROOT_MAIL?: string;

  /** A time-stamp authority (RFC 3161) that attests the root; the stamp is put beside it in AUDIT_ROOT_FOLDER. */
  @IsOptional()
  @IsUrl(LOOPBACK_URL)
  AUDIT_ROOT_TSA_URL?: string;

  @asPath
  @IsString()
  VAULT_FOLDER!: string;

  /** A folder with a transformer for names (model.onnx, tokenizer.json, config.json); none by default. */
  @IsOptional()
  @asPath
  @IsString()
  LANGUAGE_MODEL_FOLDER?: string;

  @asPath
  @IsString()
  TEMPORARY_FOLDER = '.local/tmp';

  @IsUrl(LOOPBACK_URL)
  CITIZEN_OIDC_ISSUER!: string;

  @IsString()
  CITIZEN_OIDC_CLIENT_ID = 'aktindsigt-borger';

  @IsString()
  CITIZEN_OIDC_CLIENT_SECRET!: string;

  @IsUrl(LOOPBACK_URL)
  STAFF_OIDC_ISSUER!: string;

  @IsString()
  STAFF_OIDC_CLIENT_ID = 'aktindsigt-medarbejder';

  @IsString()
  STAFF_OIDC_CLIENT_SECRET!: string;

  /** The claim that lists the KLE areas an employee has rights to; without it the authority does not divide them. */
  @IsOptional()
  @IsString()
  STAFF_OIDC_AREAS_CLAIM?: string;

  /** `ngdp`: Digital Post's own interface. `sf1601`: KOMBIT's Serviceplatform, which also carries letters on paper. */
  @IsIn(['ngdp', 'sf1601'])
  DIGITAL_POST_ROUTE: 'ngdp' | 'sf1601' = 'ngdp';

  /** Of NgDP's interface, or of the Serviceplatform. */
  @IsUrl(LOOPBACK_URL)
  DIGITAL_POST_URL!: string;

  /** PEM, or PKCS#12 with the key inside. */
  @asPath
  @IsString()
  DIGITAL_POST_CERTIFICATE_FILE!: string;

  @IsOptional()
  @asPath
  @IsString()
  DIGITAL_POST_KEY_FILE?: string;

  @IsOptional()
  @IsString()
  DIGITAL_POST_PASSPHRASE?: string;

  /** Milliseconds without a byte before a connection to Digital Post counts as lost. */
  @Type(() => Number)
  @IsInt()
  @Min(200)
  DIGITAL_POST_IDLE_MS = 30_000;

  @IsOptional()
  @asPath
  @IsString()
  DIGITAL_POST_CA_FILE?: string;

  /** With `ngdp`: the registered mail system and its token. */
  @IsOptional()
  @IsString()
  DIGITAL_POST_SYSTEM_ID?: string;

  @IsOptional()
  @IsString()
  DIGITAL_POST_API_TOKEN?: string;

  /** With `sf1601`: the municipality that has the agreement. */
  @IsOptional()
  @Matches(/^[0-9]{8}$/)
  SF1601_CVR?: string;

  @IsOptional()
  @IsUrl(LOOPBACK_URL)
  SF1601_TOKEN_URL?: string;

  /** The name of the service for receipts at the token service, where the agreement has another than the usual. */
  @IsOptional()
  @IsString()
  SF1601_RECEIPTS_ENTITY_ID?: string;

  /** Where receipts are fetched (AMQP); without it they are pushed only. */
  @IsOptional()
  @Matches(/^amqps?:\/\//)
  SF1601_BROKER_URL?: string;

  @IsString()
  SF1601_BROKER_VHOST = 'BF';

  @IsOptional()
  @IsString()
  SF1601_BROKER_QUEUE?: string;

  /** `token`, `certificate`, or `name:password`. */
  @Matches(/^(token|certificate|[^:]+:.+)$/)
  SF1601_BROKER_LOGIN = 'token';

  /** ForsendelseTypeIdentifikator of the agreement with the print service; without it no letter is sent. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  LETTER_SHIPMENT_TYPE?: number;

  /** The port where Digital Post or Beskedfordeler brings receipts, over mutual TLS; none: they are fetched. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  RECEIPTS_PORT?: number;

  @IsOptional()
  @asPath
  @IsString()
  RECEIPTS_CERTIFICATE_FILE?: string;

  @IsOptional()
  @asPath
  @IsString()
  RECEIPTS_KEY_FILE?: string;

  /** Who vouches for those that bring receipts. */
  @IsOptional()
  @asPath
  @IsString()
  RECEIPTS_CA_FILE?: string;

  /** SHA-256 fingerprints of the certificates that may bring receipts, with commas between. */
  @Matches(/^([0-9a-fA-F:]{64,95}(,\s*[0-9a-fA-F:]{64,95})*)?$/)
  RECEIPTS_SENDERS = '';

  @IsOptional()
  @Matches(/^smtps?:\/\//)
  SMTP_URL?: string;

  @IsString()
  MAIL_FROM = 'ingen-svar@localhost';

  /** `auto` looks for `soffice`; `none` uses the plain reading conversion. */
  @IsString()
  LIBREOFFICE = 'auto';

  @IsIn(['auto', 'native', 'js', 'none'])
  OCR_ENGINE: 'auto' | 'native' | 'js' | 'none' = 'auto';

  /** Has every gathered file checked for viruses before it is opened: `tcp://host:3310` or `unix:/path`; none by default. */
  @IsOptional()
  @Matches(/^(tcp:\/\/[^/]+:\d+\/?|unix:\/.+)$/)
  CLAMD_URL?: string;

  /** `strict`: 5 June, 24 and 31 December count as working days for the municipality's own deadlines. */
  @IsIn(['strict', 'lenient'])
  SOFT_HOLIDAYS: 'strict' | 'lenient' = 'strict';

  @Type(() => Number)
  @IsInt()
  @Min(200)
  CLOCK_TICK_MS = 2000;

  /** Hours without a receipt before the records officer is told. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  RECEIPT_DUE_HOURS = 24;

  /** Seconds in which "Godkend og send" can be undone. 0: what is approved is sent at once. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(24 * 3600)
  DELIVERY_UNDO_SECONDS = 300;

  /** Bytes of the files in one message of Digital Post, before base64. The most is what the rules allow. */
  @Type(() => Number)
  @IsInt()
  @Min(100_000)
  @Max(74_000_000)
  MESSAGE_BYTES = 74_000_000;

  /** Bytes of one PDF of the package or the reading version; what is larger is divided. Letter and list need the rest. */
  @Type(() => Number)
  @IsInt()
  @Min(10_000)
  @Max(74_000_000)
  PACKAGE_PART_BYTES = 70_000_000;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(16)
  PDF_PROCESSES = 2;

  /**
   * How wide the covers over removed words are drawn, so that they do not tell a word's length: `exact`, rounded up in
   * `steps`, or as far as the `line` is blank.
   */
  @IsIn(['exact', 'steps', 'line'])
  COVER_WIDTH: 'exact' | 'steps' | 'line' = 'steps';

  /** Development and tests only: the time that the program believes it is. */
  @IsOptional()
  @IsISO8601({ strict: true })
  FIXED_TIME?: string;

  /** Tests only: `job.name:after-load`, where the worker kills itself. */
  @IsOptional()
  @Matches(/^[a-z]+\.[a-z-]+:(after-load|after-effect|before-mark|file-fetched|message-sent)$/)
  KILL_POINT?: string;
}

const REFUSED_IN_PRODUCTION = ['FIXED_TIME', 'KILL_POINT'] as const;

/** Reads and checks the settings; throws one sentence that names every faulty variable. */
export function loadSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const known = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const settings = plainToInstance(Settings, known, { exposeDefaultValues: true });
  const faults = validateSync(settings, { skipUndefinedProperties: false }).map((fault) => fault.property);
  if (settings.QUEUE_BACKEND === 'redis' && !settings.REDIS_URL) faults.push('REDIS_URL');
  if (settings.AUDIT_ROOT_TSA_URL && !settings.AUDIT_ROOT_FOLDER) faults.push('AUDIT_ROOT_FOLDER');
  faults.push(...missingTogether(settings));
  if (settings.NODE_ENV === 'production')
    faults.push(...REFUSED_IN_PRODUCTION.filter((name) => settings[name] !== undefined));
  if (faults.length > 0) {
    throw new Error(
      `These settings are missing or not valid: ${[...new Set(faults)].join(', ')}. See docs/operations.md for what each must hold.`,
    );
  }
  return settings;
}

/** What a choice makes necessary. */
function missingTogether(settings: Settings): (keyof Settings)[] {
  const needed: (keyof Settings)[] = [
    ...(settings.DIGITAL_POST_ROUTE === 'ngdp'
      ? (['DIGITAL_POST_SYSTEM_ID', 'DIGITAL_POST_API_TOKEN'] as const)
      : (['SF1601_CVR', 'SF1601_TOKEN_URL'] as const)),
    ...(settings.SF1601_BROKER_URL ? (['SF1601_BROKER_QUEUE'] as const) : []),
    ...(settings.RECEIPTS_PORT === undefined
      ? []
      : (['RECEIPTS_CERTIFICATE_FILE', 'RECEIPTS_KEY_FILE', 'RECEIPTS_CA_FILE', 'RECEIPTS_SENDERS'] as const)),
  ];
  return needed.filter((name) => settings[name] === undefined || settings[name] === '');
}
