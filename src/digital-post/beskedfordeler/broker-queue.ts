import { connect, credentials, type Channel, type ChannelModel, type GetMessage } from 'amqplib';
import type { DigitalPostReceipt } from '../../contracts';
import { ForgedReceiptError, ReceiptError } from '../receipts';
import type { ClientCertificate } from '../transport/client-certificate';
import { ExchangeError } from '../transport/exchange-error';
import { orStopped } from '../transport/or-stopped';
import { readBesked } from './besked';
import type { BrokerSettings } from './broker-settings';

const MOST_AT_ONCE = 500;
const MOST_MS = 60_000;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

export interface BrokerPeer {
  certificate: ClientCertificate;
  ca?: string | Buffer;
  /** The municipality that receipts must be for. */
  cvr: string;
  report?: (sentence: string) => void;
  /** The SAML token for the broker, as the token service gave it. */
  token: () => Promise<string>;
}

interface Session {
  model: ChannelModel;
  channel: Channel;
  /** Messages by the id of their receipt; the same receipt can lie in the queue twice. */
  waiting: Map<string, GetMessage[]>;
  idle: NodeJS.Timeout;
}

/**
 * Receipts from the AMQP queue of Beskedfordeler (BeskedHent). What was fetched stays the queue's until it is confirmed;
 * what is not confirmed goes back when receipts are fetched again, after a minute, or when the connection ends.
 */
export class BrokerQueue {
  private session: Session | undefined;
  private readonly url: URL;

  constructor(
    private readonly settings: BrokerSettings,
    private readonly peer: BrokerPeer,
  ) {
    this.url = new URL(settings.url);
    const isLocal = this.url.protocol === 'amqp:' && LOOPBACK.includes(this.url.hostname);
    if (this.url.protocol !== 'amqps:' && !isLocal)
      throw new TypeError('The address of Beskedfordeler must begin with amqps://.');
  }

  /** What waits, at most 500. Throws `ExchangeError` when the broker gives no definite answer. */
  async pull(signal: AbortSignal): Promise<DigitalPostReceipt[]> {
    this.peer.certificate.requireValid();
    this.close();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(MOST_MS)]);
    const session = await this.open(limit);
    this.session = session;
    try {
      return await orStopped(this.fetch(session), limit);
    } catch (error) {
      this.close();
      throw brokerError(error);
    }
  }

  /** Takes a stored receipt out of the queue. One whose connection has ended meanwhile comes again, which does no harm. */
  async confirm(receiptId: string): Promise<void> {
    const session = this.session;
    const messages = session?.waiting.get(receiptId);
    if (!session || !messages) return;
    session.waiting.delete(receiptId);
    try {
      for (const message of messages) session.channel.ack(message);
      // Closing the channel is answered, and so proves that the broker has the acknowledgements.
      if (session.waiting.size === 0) await this.end(session);
    } catch (error) {
      this.close();
      throw brokerError(error);
    }
  }

  /** Lets the connection go; what was not confirmed goes back to the queue. */
  close(): void {
    const session = this.session;
    this.session = undefined;
    if (!session) return;
    clearTimeout(session.idle);
    session.model.close().catch(() => undefined);
  }

  private async end(session: Session): Promise<void> {
    if (this.session === session) this.session = undefined;
    clearTimeout(session.idle);
    await session.channel.close();
    await session.model.close();
  }

  private async open(signal: AbortSignal): Promise<Session> {
    const { hostname, port, protocol } = this.url;
    const address = {
      protocol: protocol.slice(0, -1),
      hostname,
      port: Number(port) || 5671,
      vhost: this.settings.vhost,
    };
    const { certificate, ca } = this.peer;
    const options = { ...certificate.material, ca, timeout: MOST_MS };
    try {
      const login = await orStopped(this.login(), signal);
      const connecting = connect({ ...address, heartbeat: 20 }, { ...options, credentials: login });
      // One that comes after nobody waits for it any more must not stay open.
      connecting.then((late) => void (signal.aborted && late.close().catch(() => undefined))).catch(() => undefined);
      const model = await orStopped(connecting, signal);
      // Without a listener a broken connection would end the program; the next call sees it.
      model.on('error', () => undefined);
      const channel = await orStopped(model.createChannel(), signal);
      channel.on('error', () => undefined);
      const idle = setTimeout(() => this.close(), MOST_MS);
      idle.unref();
      return { model, channel, waiting: new Map(), idle };
    } catch (error) {
      throw brokerError(error);
    }
  }

  private async login() {
    const { login } = this.settings;
    if (login === 'certificate') return credentials.external();
    if (login !== 'token') return credentials.plain(login.user, login.password);
    const token = decoded(await this.peer.token());
    return { mechanism: 'EXTERNAL', response: () => token };
  }

  private async fetch({ channel, waiting }: Session): Promise<DigitalPostReceipt[]> {
    const receipts: DigitalPostReceipt[] = [];
    for (let count = 0; count < MOST_AT_ONCE; count += 1) {
      const message = await channel.get(this.settings.queue, { noAck: false });
      if (message === false) break;
      const receipt = this.read(message);
      if (!receipt) continue;
      const same = waiting.get(receipt.receiptId) ?? [];
      waiting.set(receipt.receiptId, [...same, message]);
      receipts.push(receipt);
    }
    return receipts;
  }

  /** One that cannot be read or is forged stays in the queue and is reported; it must not hold up the others. */
  private read(message: GetMessage): DigitalPostReceipt | undefined {
    try {
      return readBesked(message.content.toString('utf8'), { cvr: this.peer.cvr });
    } catch (error) {
      if (!(error instanceof ReceiptError) && !(error instanceof ForgedReceiptError)) throw error;
      this.peer.report?.(`A message of Beskedfordeler was left in its queue: ${error.message}`);
      return undefined;
    }
  }
}

/** The token service gives the token as base64; the broker wants the XML itself. */
function decoded(token: string): Buffer {
  return token.trimStart().startsWith('<') ? Buffer.from(token, 'utf8') : Buffer.from(token, 'base64');
}

/** Only the code is kept: what a library says of an address or a login is not for a log. */
function brokerError(error: unknown): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const { code } = error as { code?: string | number };
  const sentence = `Beskedfordeler could not be asked for receipts (${code ?? 'no code'}). None was lost; ask again later.`;
  return new ExchangeError('connection', sentence);
}
