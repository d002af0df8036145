import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startRealServer, type RealServer } from '../process/real-server';

export interface ClamdServer {
  tcpUrl: string;
  unixUrl: string;
  stop(): Promise<void>;
}

/** A signature of one's own: files that hold `text` anywhere are "infected" by `name`. */
export interface OwnSignature {
  name: string;
  text: string;
}

export interface ClamdServerOptions {
  signatures: OwnSignature[];
  /** Bytes; a longer stream is refused. */
  longestStream?: number;
  port?: number;
}

/** The real clamd with signatures of one's own, in a folder that is gone when it stops. */
export async function startClamd({ signatures, longestStream, port }: ClamdServerOptions): Promise<ClamdServer> {
  const folder = await mkdtemp(join(tmpdir(), 'clamd-'));
  const at = port ?? (await freePort());
  const socket = join(folder, 'clamd.sock');
  const lines = signatures.map(({ name, text }) => `${name}:0:*:${Buffer.from(text, 'utf8').toString('hex')}`);
  await writeFile(join(folder, 'own.ndb'), `${lines.join('\n')}\n`);
  await writeFile(join(folder, 'clamd.conf'), configuration(folder, socket, at, longestStream));
  let server: RealServer;
  try {
    server = await startRealServer({
      program: 'clamd',
      args: ['--foreground', `--config-file=${join(folder, 'clamd.conf')}`],
      port: at,
    });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    tcpUrl: `tcp://127.0.0.1:${at}`,
    unixUrl: `unix:${socket}`,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, socket: string, port: number, longestStream?: number): string {
  const lines = [
    `DatabaseDirectory ${folder}`,
    `TemporaryDirectory ${folder}`,
    `LocalSocket ${socket}`,
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    'MaxThreads 2',
    'SelfCheck 0',
    ...(longestStream === undefined ? [] : [`StreamMaxLength ${longestStream}`]),
  ];
  return `${lines.join('\n')}\n`;
}
