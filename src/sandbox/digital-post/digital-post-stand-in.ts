import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as httpsRequest, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { SandboxCertificates } from '../certificates';
import type { ContactStatus } from './contact-table';
import { control } from './control-route';
import { takeMemo } from './memo-route';
import type { StoredMessage } from './message-store';
import { answerError, answerJson } from './peer-answers';
import { PostOffice } from './post-office';
import type { ReceiptBody } from './receipt-queue';
import { serveReceipts } from './receipt-route';
import type { Scenario } from './scenario';

const BASE_PATH = '/apis/v1/';

export interface DigitalPostStandInSettings {
  /** Messages, exactly as they came, and receipts. */
  folder: string;
  certificates: Pick<SandboxCertificates, 'ca' | 'server' | 'client'>;
  /** Default 0: a free one. */
  port?: number;
  /** The Basic token of the one mail system that is known; default `aktindsigt` and `sandkasse`. */
  systemId?: string;
  apiToken?: string;
  /** Milliseconds until the last receipt; default 1,500. */
  receiptDelayMs?: number;
  /** The official schemas; own rules alone without. */
  xsdFolder?: string;
  /** Receipts are also pushed to this https address, over mutual TLS; 200 takes them out of the queue. */
  receiptEndpoint?: string;
}

/** NgDP's REST interface on the loopback address: HTTPS that demands a client certificate of the sandbox's authority. */
export class DigitalPostStandIn {
  private readonly office: PostOffice;
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly settings: DigitalPostStandInSettings) {
    const { folder, receiptDelayMs } = settings;
    this.office = new PostOffice({ folder, receiptDelayMs, onReceipt: (id, receipt) => this.push(id, receipt) });
  }

  async start(): Promise<{ baseUrl: string }> {
    const { certificates, port } = this.settings;
    const server = createServer(
      {
        cert: certificates.server.cert,
        key: certificates.server.key,
        ca: certificates.ca,
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
      },
      (request, response) => void this.serve(request, response),
    );
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port ?? 0, '127.0.0.1', resolve);
    });
    this.server = server;
    return { baseUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}${BASE_PATH}` };
  }

  async stop(): Promise<void> {
    this.office.close();
    const server = this.server;
    if (!server) return;
    this.server = undefined;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      // Also those in the middle of a TLS handshake, which the server does not count as connections of its own.
      for (const socket of this.sockets) socket.destroy();
      server.closeAllConnections();
    });
  }

  /** Every message that was taken in, once each. */
  messages(): StoredMessage[] {
    return this.office.messages.all();
  }

  scenario(scenario: Scenario): void {
    this.office.scenarios.add(scenario);
  }

  contact(cpr: string, status: ContactStatus | 'UNKNOWN'): void {
    this.office.contacts.set(cpr, status);
  }

  /** Receipts that wait for their time come now. */
  releaseReceipts(): void {
    this.office.releaseReceipts();
  }

  /** Puts any text into the queue of receipts, as a faulty or forging peer would. */
  putReceipt(receipt: ReceiptBody): string {
    return this.office.receipts.put(receipt);
  }

  waitingReceipts(): string[] {
    return this.office.receipts.ids();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.route(request, response);
    } catch (error) {
      process.stderr.write(`The Digital Post stand-in failed: ${error instanceof Error ? error.name : 'error'}.\n`);
      if (!response.headersSent) answerError(response, 500, 'internal', 'The stand-in failed.');
      else response.destroy();
    }
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.isKnownSystem(request.headers.authorization)) {
      request.resume();
      return answerError(response, 401, 'unauthorized', 'The system is not known.');
    }
    const url = new URL(request.url ?? '/', 'https://127.0.0.1');
    const path = url.pathname.startsWith(BASE_PATH) ? url.pathname.slice(BASE_PATH.length) : '';
    const [place, rest = ''] = path.split('/', 2);
    if (place === 'memos' && request.method === 'POST') {
      return takeMemo(this.office, this.settings.xsdFolder, url, request, response);
    }
    if (place === 'contacts' && request.method === 'GET') {
      return answerJson(response, 200, this.office.contacts.search(url.searchParams.get('cprNumber') ?? ''));
    }
    if (place === 'receipts') return serveReceipts(this.office, rest, url, request, response);
    if (place === 'control') return control(this.office, rest, request, response);
    answerError(response, 404, 'not.found', 'There is nothing at this address.');
  }

  private isKnownSystem(header: string | undefined): boolean {
    const { systemId = 'aktindsigt', apiToken = 'sandkasse' } = this.settings;
    const expected = Buffer.from(`Basic ${Buffer.from(`${systemId}:${apiToken}`).toString('base64')}`);
    const given = Buffer.from(header ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  /** As NgDP's REST_PUSH: what is not taken stays in the queue to be fetched. */
  private push(id: string, receipt: ReceiptBody): void {
    const { receiptEndpoint, certificates } = this.settings;
    if (!receiptEndpoint) return;
    const outgoing = httpsRequest(receiptEndpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      cert: certificates.client.cert,
      key: certificates.client.key,
      ca: certificates.ca,
      timeout: 10_000,
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => undefined);
    outgoing.on('response', (answer) => {
      answer.resume();
      if (answer.statusCode === 200) this.office.receipts.remove(id);
    });
    outgoing.end(JSON.stringify(receipt));
  }
}
