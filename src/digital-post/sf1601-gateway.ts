import { randomUUID } from 'node:crypto';
import type { DigitalPostGateway, DigitalPostReceipt, Registration, SendOutcome } from '../contracts';
import { BrokerQueue } from './beskedfordeler/broker-queue';
import type { Bytes } from './byte-source';
import { idQuery } from './recipient-id';
import { kombiOutcome } from './sf1601/kombi-answer';
import { digitalRequest, letterRequest } from './sf1601/kombi-request';
import { lookUpResult } from './sf1601/look-up-answer';
import { ENTITY_IDS, type EntityIds, type Sf1601FileSettings, type Sf1601Settings } from './sf1601/sf1601-settings';
import { TokenChain } from './sf1601/token-chain';
import { ExchangeError } from './transport/exchange-error';
import { orStopped } from './transport/or-stopped';
import { withCertificates } from './transport/file-settings';
import { TlsConnection, type Answer, type Exchange } from './transport/tls-connection';

/**
 * Digital Post and letters by KOMBIT SF1601: mutual TLS with the OCES certificate, a Holder-of-key token for each service,
 * PostForespoerg, KombiPostAfsend, and receipts from Beskedfordeler. `registration`, `pullReceipts` and `confirmReceipt`
 * throw `ExchangeError` when there is no definite answer; `send` and `sendLetter` never throw for what the network does,
 * they say `unknown`. All throw `CertificateExpiredError` before anything is sent when the certificate has ended.
 */
export class Sf1601Gateway implements DigitalPostGateway {
  private readonly connection: TlsConnection;
  private readonly tokens: TokenChain;
  private readonly service: URL;
  private readonly entityIds: EntityIds;
  private readonly queue: BrokerQueue | undefined;

  constructor(given: Sf1601Settings | Sf1601FileSettings) {
    const settings = withCertificates(given);
    this.service = secure(settings.serviceUrl);
    secure(settings.tokenUrl);
    this.entityIds = { ...ENTITY_IDS, ...settings.entityIds };
    this.connection = new TlsConnection(settings);
    this.tokens = new TokenChain(this.connection, settings);
    const { broker, ca, cvr, report } = settings;
    this.queue =
      broker &&
      new BrokerQueue(broker, {
        certificate: this.connection.certificate,
        ca,
        cvr,
        report,
        token: () => this.tokens.samlToken(this.entityIds.receipts),
      });
  }

  certificateExpiresAt(): Date {
    return this.connection.certificate.expiresAt;
  }

  /** Lets idle connections go; the gateway can be used again after. */
  close(): void {
    this.connection.close();
    this.queue?.close();
  }

  async registration(id: string, signal: AbortSignal): Promise<Registration> {
    // The platform knows no other way to ask: the number stands in the query, so the address goes nowhere else.
    const query = idQuery(id);
    const url = new URL('service/PostForespoerg_1/digitalpost', this.service);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return lookUpResult(await this.call(this.entityIds.lookUp, { method: 'GET', url }, 'application/json', signal));
  }

  send(_messageUUID: string, memo: Bytes, signal: AbortSignal): Promise<SendOutcome> {
    return this.post(digitalRequest(memo), signal);
  }

  sendLetter(_letterId: string, letter: Bytes, signal: AbortSignal): Promise<SendOutcome> {
    return this.post(letterRequest(letter), signal);
  }

  async pullReceipts(signal: AbortSignal): Promise<DigitalPostReceipt[]> {
    return this.queue ? this.queue.pull(signal) : [];
  }

  async confirmReceipt(receiptId: string): Promise<void> {
    await this.queue?.confirm(receiptId);
  }

  private async post(body: Bytes, signal: AbortSignal): Promise<SendOutcome> {
    const url = new URL('service/KombiPostAfsend_1/kombi', this.service);
    const contentType = 'application/xml; charset=UTF-8';
    try {
      const wanted: Exchange = { method: 'POST', url, body, contentType };
      return kombiOutcome(await this.call(this.entityIds.send, wanted, 'application/xml', signal));
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      return { state: 'unknown', message: error.message, retryAfterMs: error.retryAfterMs };
    }
  }

  /** A token can be withdrawn before its end: a 401 is answered once with a fresh one. Each attempt has its own number. */
  private async call(entityId: string, wanted: Exchange, accept: string, signal: AbortSignal): Promise<Answer> {
    const answer = await this.attempt(entityId, wanted, accept, signal);
    if (answer.status !== 401) return answer;
    this.tokens.forget(entityId);
    return this.attempt(entityId, wanted, accept, signal);
  }

  private async attempt(entityId: string, wanted: Exchange, accept: string, signal: AbortSignal): Promise<Answer> {
    const headers = {
      Accept: accept,
      Authorization: await orStopped(this.tokens.authorization(entityId), signal),
      'x-TransaktionsId': randomUUID(),
      'x-TransaktionsTid': new Date().toISOString().replace(/\.\d{3}Z$/, 'Z'),
    };
    return this.connection.exchange({ ...wanted, headers }, signal);
  }
}

function secure(address: string): URL {
  const url = new URL(address);
  if (url.protocol !== 'https:') throw new TypeError('The addresses of the Serviceplatform must begin with https://.');
  return url;
}
