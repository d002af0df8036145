import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** A mail as the server took it over. */
export interface ReceivedMail {
  from: string;
  to: string[];
  subject: string;
  text: string;
  /** The whole message, headers and all. */
  raw: string;
}

export interface MailStandInOptions {
  /** A free port when not given. */
  port?: number;
  /** Every mail is also written here, as 0001.eml and so on. */
  folder?: string;
  /** Addresses that the server refuses with 550, as it does those it does not know. */
  unknownRecipients?: string[];
}

/** A real SMTP server on 127.0.0.1 that keeps what it receives and delivers nothing. */
export class MailStandIn {
  private readonly received: ReceivedMail[] = [];
  private readonly server: SMTPServer;

  constructor(private readonly options: MailStandInOptions = {}) {
    this.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onRcptTo: ({ address }, _session, done) =>
        this.options.unknownRecipients?.includes(address)
          ? done(Object.assign(new Error(`There is no such recipient: ${address}`), { responseCode: 550 }))
          : done(),
      onData: (stream, session, done) => {
        this.take(stream, session).then(
          () => done(),
          (error: Error) => done(error),
        );
      },
    });
    // A client that hangs up in the middle is its own affair.
    this.server.on('error', () => undefined);
  }

  /** Listens, and tells where. */
  async start(): Promise<{ host: string; port: number }> {
    const { server } = this;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.options.port ?? 0, '127.0.0.1', () => resolve());
    });
    return { host: '127.0.0.1', port: (server.server.address() as AddressInfo).port };
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** What has come in, oldest first. */
  mails(): readonly ReceivedMail[] {
    return this.received;
  }

  /** Resolves as soon as so many mails have come in; fails when they have not in time. */
  async waitForMails(count: number, withinMs = 10_000): Promise<readonly ReceivedMail[]> {
    const giveUpAt = Date.now() + withinMs;
    while (this.received.length < count) {
      if (Date.now() > giveUpAt) {
        throw new Error(`${this.received.length} mails came in within ${withinMs} ms; ${count} were awaited.`);
      }
      await pause(20);
    }
    return this.received;
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const { subject, text } = await PostalMime.parse(raw);
    const { mailFrom, rcptTo } = session.envelope;
    this.received.push({
      from: mailFrom ? mailFrom.address : '',
      to: rcptTo.map(({ address }) => address),
      subject: subject ?? '',
      text: text ?? '',
      raw: raw.toString('utf8'),
    });
    if (this.options.folder === undefined) return;
    const name = `${String(this.received.length).padStart(4, '0')}.eml`;
    await mkdir(this.options.folder, { recursive: true });
    await writeFile(join(this.options.folder, name), raw);
  }
}
