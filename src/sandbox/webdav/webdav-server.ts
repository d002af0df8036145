import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { freePort, startRealServer, type RealServer } from '../process/real-server';
import { streamOf } from '../records/held-bytes';
import type { HeldFile } from '../records/holdings';

export const WEBDAV_ACCOUNT = { username: 'aktindsigt', password: 'hemmelig' };
/** What has this in its name is refused to the account. */
export const LOCKED = 'spaerret';
const MODULES = [
  'mpm_event',
  'authz_core',
  'authz_user',
  'authn_core',
  'authn_file',
  'auth_basic',
  'dav',
  'dav_fs',
  'mime',
];

/** The real Apache with mod_dav, in a folder that is gone when it stops; no rights are needed to run it. */
export class WebDavServer {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly server: RealServer,
  ) {}

  static async start(): Promise<WebDavServer> {
    const folder = await mkdtemp(join(tmpdir(), 'webdav-'));
    try {
      await chmod(folder, 0o755);
      const port = await freePort();
      for (const name of ['dav', 'run', 'lock']) await mkdir(join(folder, name));
      await chmod(join(folder, 'lock'), 0o777);
      const hash = createHash('sha1').update(WEBDAV_ACCOUNT.password).digest('base64');
      await writeFile(join(folder, 'accounts'), `${WEBDAV_ACCOUNT.username}:{SHA}${hash}\n`);
      await writeFile(join(folder, 'types'), 'application/pdf pdf\ntext/html html\n');
      const file = join(folder, 'apache.conf');
      await writeFile(file, configuration(folder, port));
      const server = await startRealServer({ program: 'apache2', args: ['-X', '-f', file], port });
      return new WebDavServer(port, folder, server);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Lays a file on the server; folders above it are made. */
  async put(path: string, file: HeldFile): Promise<void> {
    const place = join(this.folder, 'dav', path);
    await mkdir(dirname(place), { recursive: true });
    await pipeline(streamOf(file), createWriteStream(place));
  }

  async makeFolder(path: string): Promise<void> {
    await mkdir(join(this.folder, 'dav', path), { recursive: true });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function configuration(folder: string, port: number): string {
  const modules = MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
  return `ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/run/pid
DefaultRuntimeDir ${folder}/run
ErrorLog ${folder}/error.log
${process.getuid?.() === 0 ? 'User nobody\nGroup nogroup\n' : ''}${modules.join('\n')}
StartServers 1
ThreadsPerChild 8
TypesConfig ${folder}/types
DavLockDB ${folder}/lock/db
DocumentRoot ${folder}/dav
<Directory ${folder}/dav>
  Dav On
  AuthType Basic
  AuthName dav
  AuthUserFile ${folder}/accounts
  <RequireAll>
    Require valid-user
    Require expr "%{REQUEST_METHOD} in { 'GET', 'HEAD', 'PROPFIND', 'OPTIONS' }"
  </RequireAll>
</Directory>
<LocationMatch "${LOCKED}">
  Require all denied
</LocationMatch>
`;
}
