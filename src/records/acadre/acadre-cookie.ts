import { contractError } from '../http/source-errors';
import type { Credentials, SourceHttp } from '../http/source-http';

/** Acadre's cookie lasts about four hours; it is renewed before that, and whenever it is refused. */
const LASTS_MS = 3.5 * 60 * 60 * 1000;
const ASKED = 'a login to the pages of Acadre';

/** The login of Acadre's web pages: a Windows login shows where to fetch the cookie that the searches are asked with. */
export class AcadreCookie implements Credentials {
  private held?: { cookie: string; endsAt: number };
  private asking?: Promise<string>;

  /** `windows` logs in by NTLM. */
  constructor(private readonly windows: SourceHttp) {}

  async token(signal: AbortSignal): Promise<string> {
    if (this.held && Date.now() < this.held.endsAt) return this.held.cookie;
    return this.ask(signal);
  }

  async renew(stale: string, signal: AbortSignal): Promise<string> {
    if (this.held && this.held.cookie !== stale) return this.held.cookie;
    this.held = undefined;
    return this.ask(signal);
  }

  headers(cookie: string): Record<string, string> {
    return { cookie };
  }

  private ask(signal: AbortSignal): Promise<string> {
    this.asking ??= this.logIn(signal).finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async logIn(signal: AbortSignal): Promise<string> {
    const where = { method: 'GET', path: 'Frontend/AuthService/GetLoginUrl', asked: ASKED } as const;
    const path = (await this.windows.text(where, signal)).text.trim().replace(/^"|"$/g, '');
    if (!/^(https?:\/)?\//.test(path)) throw contractError(ASKED, 'answered without an address to log in at', true);
    const given = await this.windows.text({ method: 'GET', path, asked: ASKED, alsoFine: [302] }, signal);
    const lines = [given.headers['set-cookie'] ?? []].flat();
    const cookie = lines.map((line) => line.split(';')[0]).join('; ');
    if (cookie === '') throw contractError(ASKED, 'logged in without a cookie');
    this.held = { cookie, endsAt: Date.now() + LASTS_MS };
    return cookie;
  }
}
