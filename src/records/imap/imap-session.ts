import { ImapFlow } from 'imapflow';
import { type SourceError } from '../../contracts';
import { withRetries } from '../http/retry';
import { contractError, type Asked } from '../http/source-errors';
import { untilAborted } from '../until-aborted';
import { errorForImap, isRefusedLogin, timedOut } from './imap-errors';
import { ImapLogin, type ImapCredentials } from './imap-login';
import type { ImapSettings } from './imap-settings';

/** A connection that nobody uses is closed after this; the next one who needs it opens another. */
const IDLE_MS = 5_000;

/** Work inside one folder that is open for reading (EXAMINE, RFC 3501 § 6.3.2), with the folder's UIDVALIDITY. */
export type FolderWork<T> = (client: ImapFlow, uidValidity: string) => Promise<T>;

/** One connection to one mailbox: opened when needed, one command at a time, opened anew when it breaks. */
export class ImapSession {
  private client?: ImapFlow;
  private idle?: NodeJS.Timeout;
  private queue: Promise<unknown> = Promise.resolve();
  /** What the server answered to the last command that the library kept to itself. */
  private lastFault: unknown;

  private readonly login: ImapLogin;

  constructor(private readonly settings: ImapSettings) {
    this.login = new ImapLogin(settings);
  }

  /** Runs `work` with a connection that is logged in; a failure that may pass is tried again on a new connection. */
  run<T>(asked: Asked, signal: AbortSignal, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const turn = this.queue.then(() => withRetries(this.settings, signal, () => this.attempt(asked, signal, work)));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  inFolder<T>(path: string, asked: Asked, signal: AbortSignal, work: FolderWork<T>): Promise<T> {
    return this.run(asked, signal, async (client) => {
      const { mailbox } = client;
      const open =
        mailbox && mailbox.path === path && mailbox.readOnly
          ? mailbox
          : await client.mailboxOpen(path, { readOnly: true });
      if (typeof open.uidValidity !== 'bigint') throw contractError(asked, 'did not state UIDVALIDITY for a folder');
      return work(client, String(open.uidValidity));
    });
  }

  /** The reason behind an answer that the library gave as `false`; undefined when it had none. */
  takeFault(): unknown {
    const fault = this.lastFault;
    this.lastFault = undefined;
    return fault;
  }

  async close(): Promise<void> {
    await this.leave();
    await this.login.close();
  }

  private async attempt<T>(asked: Asked, signal: AbortSignal, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    clearTimeout(this.idle);
    let late: NodeJS.Timeout | undefined;
    const silent = new Promise<never>((_resolve, reject) => {
      late = setTimeout(() => reject(timedOut(asked)), this.settings.timeoutMs);
    });
    let hasBegun = false;
    const worked = (async (): Promise<T> => {
      const client = await this.connected(signal);
      hasBegun = true;
      return work(client);
    })();
    try {
      return await untilAborted(Promise.race([worked, silent]), signal);
    } catch (cause) {
      worked.catch(() => undefined);
      signal.throwIfAborted();
      const error = errorForImap(cause, asked, hasBegun);
      if (!isAnswer(error)) this.drop();
      throw error;
    } finally {
      clearTimeout(late);
      if (signal.aborted) this.drop();
      this.idle = setTimeout(() => void this.leave(), IDLE_MS).unref();
    }
  }

  private async connected(signal: AbortSignal): Promise<ImapFlow> {
    if (this.client?.usable) return this.client;
    const credentials = await this.login.credentials(signal);
    return this.connect(credentials).catch(async (cause: unknown) => {
      const others = isRefusedLogin(cause) ? await this.login.instead(credentials, signal) : undefined;
      if (!others) throw cause;
      return this.connect(others);
    });
  }

  private async connect(auth: ImapCredentials): Promise<ImapFlow> {
    this.drop();
    const { host, port, security, ca, timeoutMs } = this.settings;
    const keep = ({ err }: { err?: unknown }): void => void (this.lastFault = err ?? this.lastFault);
    const ignore = (): void => undefined;
    const client = new ImapFlow({
      host,
      port,
      secure: security === 'tls',
      doSTARTTLS: security === 'starttls',
      auth,
      tls: { ca, minVersion: 'TLSv1.2' },
      logger: { debug: ignore, info: ignore, warn: keep, error: keep },
      disableAutoIdle: true,
      disableCompression: true,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
    });
    // A connection that breaks is told by the command that was under way.
    client.on('error', () => undefined);
    this.client = client;
    await client.connect();
    return client;
  }

  private async leave(): Promise<void> {
    clearTimeout(this.idle);
    const { client } = this;
    this.client = undefined;
    await client?.logout().catch(() => client.close());
  }

  private drop(): void {
    this.client?.close();
    this.client = undefined;
  }
}

/** The server has spoken and can be spoken with; a connection that broke or fell silent is done with. */
function isAnswer({ errorClass }: SourceError): boolean {
  return !['truncated', 'timeout', 'unavailable', 'tls', 'auth'].includes(errorClass);
}
