import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { SandboxCertificates } from '../certificates';
import type { ContactStatus } from './contact-table';
import { control } from './control-route';
import { takeMemo } from './memo-route';
import type { StoredMessage } from './message-store';
import { answerError, answerJson } from './peer-answers';
import { PostOffice } from './post-office';
import { ReceiptCarrier, type ReceiptEndpoints } from './receipt-carrier';
import type { ReceiptBody } from './receipt-queue';
import { serveReceipts } from './receipt-route';
import type { Scenario } from './scenario';
import { BrokerPublisher, type BrokerPlace } from './sf1601/broker-publisher';
import type { KombiDoor } from './sf1601/kombi-route';
import { PlatformDoor } from './sf1601/platform-door';
import { TokenServices } from './sf1601/token-services';

const BASE_PATH = '/apis/v1/';

export interface DigitalPostStandInSettings {
  /** Messages, exactly as they came, and receipts. */
  folder: string;
  certificates: Pick<SandboxCertificates, 'ca' | 'server' | 'client' | 'post'>;
  /** Default 0: a free one. */
  port?: number;
  /** The Basic token of the one mail system that NgDP knows; default `aktindsigt` and `sandkasse`. */
  systemId?: string;
  apiToken?: string;
  /** The municipality whose system is known by both roads; default 12345678. */
  cvr?: string;
  /** Seconds that a Holder-of-key token lives; default 3,600. */
  tokenSeconds?: number;
  /** Milliseconds until the last receipt; default 1,500. */
  receiptDelayMs?: number;
  /** The official schemas of messages and letters; own rules alone without. */
  xsdFolder?: string;
  letterXsdFolder?: string;
  /** The version that is taken; default 1.2. */
  memoVersion?: '1.2' | '1.1';
  /** Receipts are also pushed to these https addresses, over mutual TLS. */
  receiptEndpoints?: ReceiptEndpoints;
  /** Messages of Beskedfordeler are also laid into this queue of a broker. */
  broker?: BrokerPlace;
}

/**
 * Digital Post on the loopback address, by both roads: NgDP's REST interface under `/apis/v1/`, KOMBIT SF1601 with its
 * token services beside it. HTTPS that demands a client certificate of the sandbox's authority.
 */
export class DigitalPostStandIn {
  private readonly office: PostOffice;
  private readonly carrier: ReceiptCarrier;
  private readonly tokens: TokenServices;
  private readonly platform: PlatformDoor;
  private readonly door: KombiDoor;
  private readonly broker: BrokerPublisher | undefined;
  private laid: Promise<unknown> = Promise.resolve();
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly settings: DigitalPostStandInSettings) {
    const { folder, receiptDelayMs, cvr = '12345678', xsdFolder, letterXsdFolder, memoVersion } = settings;
    this.broker = settings.broker && new BrokerPublisher(settings.broker);
    this.office = new PostOffice({
      folder,
      cvr,
      receiptDelayMs,
      onReceipt: (id, text, road, isForged) => {
        this.carrier.carry(id, text, road, isForged);
        if (road === 'sf1601') this.lay(text);
      },
    });
    const { receipts: ngdp, beskeder: sf1601 } = this.office;
    this.carrier = new ReceiptCarrier(settings.certificates, { ngdp, sf1601 }, { ...settings.receiptEndpoints });
    this.tokens = new TokenServices(cvr, settings.tokenSeconds);
    const settled = () => this.settled();
    this.door = { office: this.office, xsdFolder, letterXsdFolder, memoVersion, cvr, settled };
    this.platform = new PlatformDoor(this.tokens, this.door);
  }

  /** `baseUrl` is NgDP's, `serviceUrl` the Serviceplatform's and `tokenUrl` its token service's. */
  async start(): Promise<{ baseUrl: string; serviceUrl: string; tokenUrl: string }> {
    const { certificates, port } = this.settings;
    const { cert, key } = certificates.server;
    const server = createServer(
      { cert, key, ca: certificates.ca, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' },
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
    const serviceUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const tokenUrl = `${serviceUrl}/runtime/api/rest/wstrust/v1/issue`;
    return { baseUrl: serviceUrl + BASE_PATH, serviceUrl, tokenUrl };
  }

  async stop(): Promise<void> {
    this.office.close();
    this.carrier.close();
    await this.broker?.close();
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

  /** Every message and letter that was taken in, once each. */
  messages(): StoredMessage[] {
    return this.office.messages.all();
  }

  scenario(scenario: Scenario): void {
    this.office.scenarios.add(scenario);
  }

  contact(id: string, status: ContactStatus | 'UNKNOWN'): void {
    this.office.contacts.set(id, status);
  }

  /** Receipts that wait for their time come now; resolves when those that are pushed have been answered. */
  async releaseReceipts(): Promise<void> {
    this.office.releaseReceipts();
    await this.settled();
  }

  /** Puts any text into the queue of NgDP's receipts, as a faulty peer would. */
  putReceipt(receipt: ReceiptBody): string {
    return this.office.receipts.put(JSON.stringify(receipt));
  }

  waitingReceipts(): string[] {
    return this.office.receipts.ids();
  }

  /** Messages of Beskedfordeler that nobody took yet, as they are. */
  waitingBeskeder(): string[] {
    return this.office.beskeder.ids().map((id) => this.office.beskeder.read(id) as string);
  }

  /** How many tokens of SF1601 were given out. */
  tokensIssued(): { saml: number; access: number } {
    return { ...this.tokens.issued };
  }

  private lay(text: string): void {
    const laying = this.broker?.publish(text).catch(() => {
      process.stderr.write('The Digital Post stand-in could not lay a receipt into the broker.\n');
    });
    if (laying) this.laid = Promise.all([this.laid, laying]);
  }

  /** Resolves when the receipts that are under way have been answered, or lie with the broker. */
  private async settled(): Promise<void> {
    await this.carrier.settled();
    await this.laid;
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
    const url = new URL(request.url ?? '/', 'https://127.0.0.1');
    const path = url.pathname;
    if (!path.startsWith(BASE_PATH)) {
      if (await this.platform.serve(path, url, request, response)) return;
      request.resume();
      return answerError(response, 404, 'not.found', 'There is nothing at this address.');
    }
    if (!this.isKnownSystem(request.headers.authorization)) {
      request.resume();
      return answerError(response, 401, 'unauthorized', 'The system is not known.');
    }
    return this.routeNgdp(url, path.slice(BASE_PATH.length), request, response);
  }

  private routeNgdp(url: URL, path: string, request: IncomingMessage, response: ServerResponse): void | Promise<void> {
    const [place, rest = ''] = path.split('/', 2);
    if (place === 'memos' && request.method === 'POST') return takeMemo(this.door, url, request, response);
    if (place === 'contacts' && request.method === 'GET') {
      const id = url.searchParams.get('cprNumber') ?? url.searchParams.get('cvrNumber') ?? '';
      return answerJson(response, 200, this.office.contacts.search(id));
    }
    if (place === 'receipts') return serveReceipts(this.office, rest, url, request, response);
    if (place === 'control')
      return control({ office: this.office, carrier: this.carrier, tokens: this.tokens }, rest, request, response);
    answerError(response, 404, 'not.found', 'There is nothing at this address.');
  }

  private isKnownSystem(header: string | undefined): boolean {
    const { systemId = 'aktindsigt', apiToken = 'sandkasse' } = this.settings;
    const expected = Buffer.from(`Basic ${Buffer.from(`${systemId}:${apiToken}`).toString('base64')}`);
    const given = Buffer.from(header ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
