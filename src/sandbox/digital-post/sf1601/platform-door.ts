import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { answerError, answerJson, readBody } from '../peer-answers';
import { takeKombi, type KombiDoor } from './kombi-route';
import { ENTITIES, TokenRefusal, type Caller, type TokenServices } from './token-services';

const MOST_TOKEN_BYTES = 65_536;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SECONDS_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const MOST_CLOCK_DIFFERENCE_MS = 600_000;

/** KOMBIT's platform as a sender of post sees it: tokens, look-up, sending. */
export class PlatformDoor {
  private readonly transactions = new Set<string>();

  constructor(
    private readonly tokens: TokenServices,
    private readonly door: KombiDoor,
  ) {}

  /** False when the address is not one of the platform's. */
  async serve(path: string, url: URL, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const wanted = `${request.method} ${path}`;
    try {
      if (wanted === 'POST /runtime/api/rest/wstrust/v1/issue') await this.issue(request, response);
      else if (wanted === 'POST /service/AccessTokenService_1/token') await this.exchange(request, response);
      else if (wanted === 'GET /service/PostForespoerg_1/digitalpost') this.lookUp(url, request, response);
      else if (wanted === 'POST /service/KombiPostAfsend_1/kombi') {
        this.requireCall(request, ENTITIES.send);
        await takeKombi(this.door, request, response);
      } else return false;
    } catch (error) {
      if (!(error instanceof TokenRefusal)) throw error;
      request.resume();
      answerError(response, error.status, 'token', error.message);
    }
    return true;
  }

  private async issue(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = (await readBody(request, MOST_TOKEN_BYTES))?.toString('utf8') ?? '';
    answerJson(response, 200, this.tokens.issue(jsonOf(text), callerOf(request)));
  }

  private async exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = (await readBody(request, MOST_TOKEN_BYTES))?.toString('utf8') ?? '';
    if (request.headers['content-type'] !== 'application/x-www-form-urlencoded')
      throw new TokenRefusal(400, 'The token must come as a form.');
    answerJson(response, 200, this.tokens.exchange(form, callerOf(request)));
  }

  private lookUp(url: URL, request: IncomingMessage, response: ServerResponse): void {
    this.requireCall(request, ENTITIES.lookUp);
    const cpr = url.searchParams.get('cprNumber') ?? '';
    const cvr = url.searchParams.get('cvrNumber') ?? '';
    if (!/^\d{10}$/.test(cpr) === !/^\d{8}$/.test(cvr))
      return answerError(response, 400, 'number', 'Ask for one cprNumber or one cvrNumber.');
    const result = this.door.office.contacts.statusOf(cpr || cvr) === 'REGISTERED';
    answerJson(response, 200, { result });
  }

  /** Every call has a token for its service, a transaction of its own and the time in UTC to the second. */
  private requireCall(request: IncomingMessage, entityId: string): void {
    this.tokens.requireAccess(request.headers.authorization, entityId, callerOf(request));
    const id = String(request.headers['x-transaktionsid']).toLowerCase();
    const time = String(request.headers['x-transaktionstid']);
    if (!UUID.test(id) || this.transactions.has(id))
      throw new TokenRefusal(400, 'x-TransaktionsId must be a UUID that was not used before.');
    this.transactions.add(id);
    const difference = Math.abs(Date.parse(time) - Date.now());
    if (!SECONDS_TIME.test(time) || !(difference < MOST_CLOCK_DIFFERENCE_MS))
      throw new TokenRefusal(400, 'x-TransaktionsTid must be the time in UTC, to the second.');
  }
}

function callerOf(request: IncomingMessage): Caller {
  const certificate = (request.socket as TLSSocket).getPeerCertificate();
  return { certificate: certificate.raw.toString('base64'), fingerprint: certificate.fingerprint256 };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
