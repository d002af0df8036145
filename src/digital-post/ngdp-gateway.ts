import type { DigitalPostGateway, DigitalPostReceipt, Registration, SendOutcome } from '../contracts';
import { registrationFrom } from './ngdp/contact-answer';
import { NgdpConnection } from './ngdp/ngdp-connection';
import type { NgdpFileSettings, NgdpSettings } from './ngdp/ngdp-settings';
import { withCertificates } from './transport/file-settings';
import { outcomeOf } from './ngdp/send-answer';
import { parseReceipt, ReceiptError } from './receipts';
import type { Bytes } from './byte-source';
import { idQuery } from './recipient-id';
import { ExchangeError } from './transport/exchange-error';
import type { Answer } from './transport/tls-connection';

const RECEIPTS_A_PAGE = 100;
const MOST_PAGES = 20;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Digital Post by NgDP's REST interface: mutual TLS with the system's OCES certificate, Basic token, HTTP/1.1.
 * `registration`, `pullReceipts` and `confirmReceipt` throw {@link ExchangeError} when there is no definite answer; `send`
 * never throws for what the network does, it says `unknown`. All throw `CertificateExpiredError` before anything is sent
 * when the certificate has ended.
 */
export class NgdpGateway implements DigitalPostGateway {
  private readonly connection: NgdpConnection;

  constructor(private readonly settings: NgdpSettings | NgdpFileSettings) {
    this.connection = new NgdpConnection(withCertificates(settings));
  }

  /** Lets idle connections go; the gateway can be used again after. */
  close(): void {
    this.connection.close();
  }

  certificateExpiresAt(): Date {
    return this.connection.certificateExpiresAt;
  }

  async registration(id: string, signal: AbortSignal): Promise<Registration> {
    // NgDP knows no other way to ask: the number stands in the query, so the address goes nowhere else.
    const query = idQuery(id);
    return registrationFrom(await this.connection.exchange({ method: 'GET', path: 'contacts/', query }, signal), id);
  }

  async send(messageUUID: string, memo: Bytes, signal: AbortSignal): Promise<SendOutcome> {
    try {
      const answer = await this.connection.exchange(
        {
          method: 'POST',
          path: 'memos/',
          query: { 'memo-message-uuid': messageUUID },
          body: memo,
          contentType: 'application/xml',
        },
        signal,
      );
      return outcomeOf(answer, messageUUID);
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      return { state: 'unknown', message: error.message };
    }
  }

  async pullReceipts(signal: AbortSignal): Promise<DigitalPostReceipt[]> {
    const receipts: DigitalPostReceipt[] = [];
    for (const id of await this.waitingReceipts(signal)) {
      const receipt = await this.receipt(id, signal);
      if (receipt) receipts.push(receipt);
    }
    return receipts;
  }

  async confirmReceipt(receiptId: string, signal: AbortSignal): Promise<void> {
    const answer = await this.connection.exchange({ method: 'DELETE', path: receiptPath(receiptId) }, signal);
    // 404: confirmed before, and the answer to that got lost.
    if (answer.status !== 404 && (answer.status < 200 || answer.status > 299)) throw noAnswer('confirmed', answer);
  }

  private async waitingReceipts(signal: AbortSignal): Promise<string[]> {
    const ids = new Set<string>();
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { page: String(page), size: String(RECEIPTS_A_PAGE) };
      const answer = await this.connection.exchange({ method: 'GET', path: 'receipts/', query }, signal);
      if (answer.status !== 200) throw noAnswer('listed', answer);
      const found = idsOf(answer.body);
      for (const id of found) ids.add(id);
      if (found.length < RECEIPTS_A_PAGE) break;
    }
    return [...ids];
  }

  /** One that cannot be read stays in the queue and is reported; it must not hold up the others. */
  private async receipt(id: string, signal: AbortSignal): Promise<DigitalPostReceipt | undefined> {
    // Deleted by us only, after it was stored: reading must not lose it.
    const answer = await this.connection.exchange(
      { method: 'GET', path: receiptPath(id), query: { delete: 'false' } },
      signal,
    );
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw noAnswer('read', answer);
    try {
      return parseReceipt(id, answer.body);
    } catch (error) {
      if (!(error instanceof ReceiptError)) throw error;
      this.settings.report?.(`The receipt ${id} of Digital Post was left in its queue: ${error.message}`);
      return undefined;
    }
  }
}

function receiptPath(id: string): string {
  if (!UUID.test(id)) throw new TypeError('A receipt of Digital Post is named by a UUID.');
  return `receipts/${id}`;
}

function idsOf(body: string): string[] {
  try {
    const value: unknown = JSON.parse(body);
    if (Array.isArray(value) && value.every((id) => typeof id === 'string' && UUID.test(id))) return value as string[];
  } catch {
    // The same to the caller as another shape.
  }
  throw new ExchangeError('answer', 'Digital Post answered no list of receipts. None was lost; ask again later.', 200);
}

function noAnswer(what: string, { status, retryAfterMs }: Answer): ExchangeError {
  const sentence = `Digital Post answered ${status} when receipts were to be ${what}. None was lost; ask again later.`;
  return new ExchangeError('answer', sentence, status, retryAfterMs);
}
