import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { PushAnswer, ReceiptPush } from '../contracts';
import { beskedfordelerPush, ForgedReceiptError, ngdpReceiptPush } from '../digital-post';
import { THE_SYSTEM, AuditLog } from '../platform/audit-log/audit-log';
import { Database } from '../platform/database/database';
import { Settings } from '../platform/settings';
import { TakeReceipt } from './take-receipt';

const MOST_BYTES = 1_048_576;
/** NgDP calls the first, Beskedfordeler the second. */
const NGDP = '/kvitteringer/ngdp';
const BESKEDFORDELER = '/kvitteringer/beskedfordeler';

/**
 * Where the post brings receipts by itself: a door of its own over mutual TLS, apart from the pages. Who is not vouched
 * for by the authority in the settings does not get through the handshake, and whose certificate is not on the list is
 * refused. A receipt is stored before it is answered for; what is not answered for comes again.
 */
@Injectable()
export class ReceiptDoor implements OnApplicationShutdown {
  private readonly logger = new Logger('ReceiptDoor');
  private readonly doors: Record<string, ReceiptPush>;
  private server: Server | null = null;

  constructor(
    private readonly database: Database,
    private readonly takeReceipt: TakeReceipt,
    private readonly audit: AuditLog,
    private readonly settings: Settings,
  ) {
    const senders = settings.RECEIPTS_SENDERS.split(',').map((each) => each.trim());
    this.doors = {
      [NGDP]: ngdpReceiptPush({ senders }),
      [BESKEDFORDELER]: beskedfordelerPush({ senders, cvr: settings.SF1601_CVR ?? '' }),
    };
  }

  /** Opens it when the settings name a port, and says which it is. */
  async open(): Promise<number | null> {
    const { RECEIPTS_PORT, RECEIPTS_CERTIFICATE_FILE, RECEIPTS_KEY_FILE, RECEIPTS_CA_FILE, HOST } = this.settings;
    if (RECEIPTS_PORT === undefined) return null;
    const server = createServer(
      {
        cert: readFileSync(RECEIPTS_CERTIFICATE_FILE as string),
        key: readFileSync(RECEIPTS_KEY_FILE as string),
        ca: readFileSync(RECEIPTS_CA_FILE as string),
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
      },
      (request, response) => void this.serve(request, response),
    );
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(RECEIPTS_PORT, HOST, resolve);
    });
    this.server = server;
    const { port } = server.address() as AddressInfo;
    this.logger.log(`Receipts are taken in on port ${port}.`);
    return port;
  }

  async onApplicationShutdown(): Promise<void> {
    const server = this.server;
    if (!server) return;
    this.server = null;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const door = request.method === 'POST' ? this.doors[request.url ?? ''] : undefined;
    const body = await bodyOf(request);
    if (!door || body === null) return void response.writeHead(door ? 413 : 404).end();
    const { status, contentType, body: text } = await this.take(door, body, fingerprintOf(request));
    response.writeHead(status, { 'Content-Type': contentType }).end(text);
  }

  private async take(door: ReceiptPush, raw: string, fingerprint: string | undefined): Promise<PushAnswer> {
    try {
      const receipt = door.receive(raw, fingerprint);
      const authorityId =
        (await this.database.authorityIdByMessage(receipt.messageUUID)) ?? (await this.anyAuthority());
      await this.database.inAuthority(authorityId, (entities) =>
        this.takeReceipt.take(entities, authorityId, receipt, 'push'),
      );
      return door.answer();
    } catch (error) {
      this.logger.error(`A receipt that was brought was not taken in: ${(error as Error).message}`);
      if (error instanceof ForgedReceiptError) await this.noteForged(fingerprint);
      return door.answer(error);
    }
  }

  /** One for a message that no authority sent is kept where the installation's first authority sees it. */
  private async anyAuthority(): Promise<string> {
    const own = this.settings.AUTHORITY_CVR && (await this.database.authorityIdByCvr(this.settings.AUTHORITY_CVR));
    return own || (await this.database.authorityIds())[0]!;
  }

  private async noteForged(fingerprint: string | undefined): Promise<void> {
    const authorityId = await this.anyAuthority();
    await this.database.inAuthority(authorityId, (entities) =>
      this.audit.write(entities, authorityId, {
        actor: THE_SYSTEM,
        action: 'receipt.refused',
        subject: { kind: 'receipt' },
        reason: 'A receipt was brought by a system that is not known.',
        details: { certificate: fingerprint ?? null },
      }),
    );
  }
}

function fingerprintOf({ socket }: IncomingMessage): string | undefined {
  return (socket as TLSSocket).getPeerX509Certificate?.()?.fingerprint256;
}

/** Null when it is larger than any receipt. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= MOST_BYTES) parts.push(part);
  }
  return bytes > MOST_BYTES ? null : Buffer.concat(parts).toString('utf8');
}
