import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Tokens } from '../records/tokens';

export const MAIL_CLIENT = { clientId: 'aktindsigt', clientSecret: 'klientens-hemmelighed', scope: 'imap.read' };

/** Gives tokens to a mail client by its own credentials, and tells a mail server whose mailbox a token opens. */
export class TokenServer {
  given = 0;
  private readonly tokens = new Tokens<string>();
  private readonly server: Server;

  constructor(private readonly mailbox: string) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  /** Listens on a free port of 127.0.0.1, and tells its address. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Every token that was given is worth nothing from now on. */
  withdrawTokens(): void {
    this.tokens.expire();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [status, body] =
      request.url === '/token'
        ? this.give(new URLSearchParams(await text(request)))
        : this.tell(request.headers.authorization ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private give(form: URLSearchParams): [number, object] {
    const { clientId, clientSecret, scope } = MAIL_CLIENT;
    const wanted = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope };
    if (Object.entries(wanted).some(([field, value]) => form.get(field) !== value))
      return [401, { error: 'invalid_client' }];
    this.given += 1;
    return [200, this.tokens.give(this.mailbox)];
  }

  private tell(authorization: string): [number, object] {
    const username = this.tokens.holder(authorization);
    return username === undefined ? [401, { active: false }] : [200, { active: true, username }];
  }
}
