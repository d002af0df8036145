import { contractError } from '../http/source-errors';
import { SourceHttp, type HttpRules } from '../http/source-http';
import { isWire, requiredText, wireOf } from '../http/wire';

const ASKED = 'the service index';
const REL = 'http://cbrain.com/casefile/rel/';

/** The service index: the one address that is set, and the only way to all the others. Read once. */
export class F2Index {
  private readonly http: SourceHttp;
  private read?: Promise<unknown>;

  constructor(
    private readonly address: string,
    rules: HttpRules,
  ) {
    this.http = new SourceHttp(address, rules);
  }

  /** The address behind a link relation. */
  async link(rel: string, signal: AbortSignal): Promise<URL> {
    this.read ??= this.load(signal).catch((error: unknown) => {
      this.read = undefined;
      throw error;
    });
    const links = wireOf(await this.read, ASKED);
    const link = links[REL + rel];
    if (!isWire(link)) throw contractError(ASKED, `has no link to "${rel}"`);
    const url = new URL(requiredText(link, 'href', ASKED), this.address);
    // The account's password goes to one of these addresses.
    if (url.origin !== new URL(this.address).origin) throw contractError(ASKED, 'pointed at another host');
    return url;
  }

  /** Reads the index anew. */
  async refresh(signal: AbortSignal): Promise<void> {
    this.read = this.load(signal);
    await this.read;
  }

  async close(): Promise<void> {
    await this.http.close();
  }

  private load(signal: AbortSignal): Promise<unknown> {
    const headers = { accept: 'application/json' };
    return this.http.json({ method: 'GET', path: this.address, asked: ASKED, headers }, signal);
  }
}

export function relOf(rel: string): string {
  return REL + rel;
}
