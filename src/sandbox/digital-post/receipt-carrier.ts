import { request as httpsRequest } from 'node:https';
import type { SandboxCertificates } from '../certificates';
import type { StoredMessage } from './message-store';
import type { ReceiptQueue } from './receipt-queue';

/** Where receipts are pushed to, by road: https addresses. */
export type ReceiptEndpoints = Partial<Record<StoredMessage['road'], string>>;

const AGAIN_MS = 500;
const TYPES = { ngdp: 'application/json', sf1601: 'application/xml; charset=UTF-8' } as const;

/**
 * Pushes receipts over mutual TLS, as the post itself or as a forger with another certificate. What is taken leaves its
 * queue: NgDP takes 200 for a yes, Beskedfordeler the 20 in a StandardRetur. Beskedfordeler tries again, NgDP leaves the
 * receipt to be fetched.
 */
export class ReceiptCarrier {
  private readonly underWay = new Set<Promise<void>>();
  private isClosed = false;

  constructor(
    private readonly certificates: Pick<SandboxCertificates, 'ca' | 'client' | 'post'>,
    private readonly queues: Record<StoredMessage['road'], ReceiptQueue>,
    readonly endpoints: ReceiptEndpoints = {},
  ) {}

  carry(id: string, text: string, road: StoredMessage['road'], isForged: boolean): void {
    const endpoint = this.endpoints[road];
    if (!endpoint || this.isClosed) return;
    const pushing = this.push(endpoint, text, road, isForged).then((isTaken) => {
      this.underWay.delete(pushing);
      if (isTaken) this.queues[road].remove(id);
      else if (road === 'sf1601' && !isForged) this.again(id, text);
    });
    this.underWay.add(pushing);
  }

  /** Resolves when all that is being pushed has been answered. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  close(): void {
    this.isClosed = true;
  }

  private again(id: string, text: string): void {
    setTimeout(() => this.carry(id, text, 'sf1601', false), AGAIN_MS).unref();
  }

  private push(endpoint: string, text: string, road: StoredMessage['road'], isForged: boolean): Promise<boolean> {
    const { ca, client, post } = this.certificates;
    return new Promise((resolve) => {
      const outgoing = httpsRequest(endpoint, {
        method: 'POST',
        agent: false,
        headers: { 'Content-Type': TYPES[road], 'Content-Length': Buffer.byteLength(text) },
        ...(isForged ? client : post),
        ca,
        timeout: 10_000,
      });
      outgoing.on('timeout', () => outgoing.destroy());
      outgoing.on('error', () => resolve(false));
      outgoing.on('response', (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', () => resolve(false));
        answer.on('end', () => {
          const isYes = road === 'ngdp' || /<(\w+:)?StatusKode>20</.test(Buffer.concat(parts).toString('utf8'));
          resolve(answer.statusCode === 200 && isYes);
        });
      });
      outgoing.end(text);
    });
  }
}
