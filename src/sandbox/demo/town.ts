import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setUpAuthority } from '../../platform/database/authority-set-up';
import { migrate } from '../../platform/database/migrate';
import { prepareDatabase, startEmbeddedPostgres } from '../../platform/embedded-postgres';
import { KeyFile } from '../../platform/keys/key-file';
import { startDigitalPostProcess, type DigitalPostProcess } from '../digital-post';
import { startLoginProcess } from '../login';
import { SOLBY } from '../municipality/municipality';
import { writeDropFolder } from '../municipality/write-drop-folder';
import { sbsysHoldings } from '../municipality/sbsys-holdings';
import { CLIENT, JOURNAL, READER } from '../sbsys/accounts';
import { withinTime } from '../process/within-time';
import { SbsysStandIn } from '../sbsys/standin';
import { MailStandIn } from '../smtp';
import { FurtherSystems } from './further-systems';
import { Program, type ProgramName } from './program';
import { connectSources } from './sources';
import { TEST_USERS } from './test-users';

export interface TownOptions {
  /** Everything that the town keeps lies here. */
  folder: string;
  /** The pages' port; a free one when not given. */
  port?: number;
  /** A PostgreSQL server that is used instead of the embedded one, as superuser. */
  adminUrl?: string;
  /** Where the roles' passwords of that server are kept; everybody who uses the server must name the same folder. */
  secretsFolder?: string;
  receiptDelayMs?: number;
  /** Seconds that a token of SF1601 lives. */
  tokenSeconds?: number;
  /** Where the document listens that calls home when it is opened carelessly. */
  callsHomePort?: number;
  /** Settings of SBSYS that are other than usual. */
  sbsys?: Record<string, unknown>;
  /** `eight`: every system that Solby has, one of them out of order at first. Two are enough for most tests. */
  systems?: 'two' | 'eight';
  /** Further settings of the program. */
  settings?: Record<string, string>;
  /** A part that has not started by then is an error that names it. */
  longestStepMs?: number;
  /** Told what happens, for people. */
  say?: (sentence: string) => void;
}

const LONGEST_STEP_MS = 180_000;

/** Solby Kommune on this machine: the program and everything around it that it speaks with, each a real peer. */
export class Town {
  private readonly endings: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly folder: string,
    readonly publicUrl: string,
    readonly settings: Record<string, string>,
    readonly authorityId: string,
    readonly sbsys: SbsysStandIn,
    readonly digitalPost: DigitalPostProcess,
    readonly mail: MailStandIn,
    readonly further?: FurtherSystems,
  ) {}

  static async start(options: TownOptions): Promise<Town> {
    const say = options.say ?? (() => undefined);
    const step = <T>(what: string, work: Promise<T>): Promise<T> =>
      withinTime(what, options.longestStepMs ?? LONGEST_STEP_MS, work);
    const endings: (() => Promise<unknown>)[] = [];
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    try {
      const databases = await step('Making the database', startDatabase(options, endings));
      say('PostgreSQL er klar, og databasen er bragt op til denne udgave.');
      const port = options.port ?? (await freePort());
      const publicUrl = `http://127.0.0.1:${port}`;
      const login = await startLoginProcess({
        users: TEST_USERS,
        citizenRedirectUris: [`${publicUrl}/log-ind/retur`],
        staffRedirectUris: [`${publicUrl}/medarbejder/retur`],
      });
      endings.push(() => login.stop());
      const digitalPost = await startDigitalPostProcess({
        folder: join(options.folder, 'digital-post'),
        certificateFolder: join(options.folder, 'certificates'),
        receiptDelayMs: options.receiptDelayMs ?? 1000,
        tokenSeconds: options.tokenSeconds,
        cvr: SOLBY.cvr,
      });
      endings.push(() => digitalPost.stop());
      const sbsys = await step('Starting SBSYS', new SbsysStandIn(sbsysHoldings(options.callsHomePort)).start(0));
      endings.push(() => sbsys.stop());
      const further =
        options.systems === 'eight' ? await step('Starting the further systems', FurtherSystems.start()) : undefined;
      endings.push(async () => further?.stop());
      const mail = new MailStandIn({ folder: join(options.folder, 'mail') });
      const { host, port: mailPort } = await step('Starting the mail server', mail.start());
      endings.push(() => mail.stop());
      say('Login, SBSYS, Digital Post og mail svarer.');
      const dropFolder = join(options.folder, 'drop-folder');
      await step('Writing the drop folder', writeDropFolder(dropFolder));
      const settings = {
        ...fixedSettings(options.folder, port, publicUrl, databases),
        CITIZEN_OIDC_ISSUER: login.issuer,
        CITIZEN_OIDC_CLIENT_ID: login.citizen.clientId,
        CITIZEN_OIDC_CLIENT_SECRET: login.citizen.clientSecret,
        STAFF_OIDC_ISSUER: login.issuer,
        STAFF_OIDC_CLIENT_ID: login.staff.clientId,
        STAFF_OIDC_CLIENT_SECRET: login.staff.clientSecret,
        DIGITAL_POST_URL: digitalPost.baseUrl,
        DIGITAL_POST_CERTIFICATE_FILE: digitalPost.certificateFile,
        DIGITAL_POST_KEY_FILE: digitalPost.keyFile,
        DIGITAL_POST_CA_FILE: digitalPost.caFile,
        DIGITAL_POST_SYSTEM_ID: digitalPost.systemId,
        DIGITAL_POST_API_TOKEN: digitalPost.apiToken,
        SMTP_URL: `smtp://${host}:${mailPort}`,
        MAIL_FROM: 'ingen-svar@solby.example',
        ...options.settings,
      };
      await writeSettings(options.folder, settings);
      const authorityId = await step(
        'Setting the municipality up',
        settle(databases.migrationUrl, settings.MASTER_KEY_FILE, settings.AUDIT_KEY_FILE),
      );
      const systems = {
        sbsys: sbsys.address,
        accounts: { client: CLIENT, reader: READER, journal: JOURNAL },
        dropFolder,
        sbsysSettings: options.sbsys,
        further,
      };
      await step('Connecting the records systems', connectSources(settings, authorityId, systems));
      say(
        further
          ? 'Solby Kommune er sat op med otte systemer, CPR, sagsindeks og journal. KMD Nova er nede lige nu.'
          : 'Solby Kommune er sat op med to fagsystemer og en journal.',
      );
      const town = new Town(options.folder, publicUrl, settings, authorityId, sbsys, digitalPost, mail, further);
      town.endings.push(...endings);
      return town;
    } catch (error) {
      for (const end of endings.reverse()) await end().catch(() => undefined);
      throw error;
    }
  }

  /** Starts the program in a process of its own. It is stopped with the town. */
  async run(name: ProgramName, settings: Record<string, string> = {}): Promise<Program> {
    const program = await Program.start(name, { ...this.settings, ...settings }, join(this.folder, 'program.log'));
    this.endings.push(() => program.stop());
    return program;
  }

  async stop(): Promise<void> {
    for (const end of this.endings.splice(0).reverse()) await end();
  }
}

interface Databases {
  migrationUrl: string;
  programUrl: string;
}

async function startDatabase(options: TownOptions, endings: (() => Promise<unknown>)[]): Promise<Databases> {
  let { adminUrl } = options;
  let secrets = options.secretsFolder ?? join(options.folder, 'secrets');
  if (!adminUrl) {
    const server = await startEmbeddedPostgres({ folder: join(options.folder, 'postgres') });
    endings.push(() => server.stop());
    adminUrl = server.adminUrl;
    secrets = server.secretsFolder;
  }
  // A name of its own on a shared server, the same at every start.
  const name = `solby_${createHash('sha256').update(options.folder).digest('hex').slice(0, 12)}`;
  const databases = await prepareDatabase(adminUrl, name, secrets);
  await migrate(databases.migrationUrl);
  return databases;
}

function fixedSettings(folder: string, port: number, publicUrl: string, { programUrl }: Databases) {
  return {
    NODE_ENV: 'development',
    DATABASE_URL: programUrl,
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    AUTHORITY_CVR: SOLBY.cvr,
    MASTER_KEY_FILE: join(folder, 'keys', 'master.key'),
    AUDIT_KEY_FILE: join(folder, 'keys', 'audit.key'),
    VAULT_FOLDER: join(folder, 'vault'),
    TEMPORARY_FOLDER: join(folder, 'tmp'),
    CLOCK_TICK_MS: '1000',
    DELIVERY_UNDO_SECONDS: '0',
  };
}

async function settle(ownerUrl: string, masterKeyFile: string, auditKeyFile: string): Promise<string> {
  await KeyFile.create(masterKeyFile);
  await KeyFile.create(auditKeyFile);
  return setUpAuthority(ownerUrl, masterKeyFile, {
    cvr: SOLBY.cvr,
    name: SOLBY.name,
    shortName: 'Solby',
    hostNames: ['127.0.0.1', 'localhost'],
    settings: {
      contactPhone: SOLBY.phone,
      contactEmail: SOLBY.email,
      dpoEmail: SOLBY.dataProtectionEmail,
      unit: 'Borgerservice',
      address: SOLBY.address.replace(', ', '\n'),
    },
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** For the commands at a terminal: `aktindsigt audit verify --settings …`. Holds passwords, so only its owner may read it. */
async function writeSettings(folder: string, settings: Record<string, string>): Promise<void> {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  await writeFile(join(folder, 'settings.env'), `${lines.join('\n')}\n`, { mode: 0o600 });
}
