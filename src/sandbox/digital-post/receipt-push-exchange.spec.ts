import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import type { DigitalPostGateway, DigitalPostReceipt, ReceiptPush } from '../../contracts';
import { beskedfordelerPush, memoBytes, NgdpGateway, ngdpReceiptPush, Sf1601Gateway } from '../../digital-post';
import { sampleMessage } from '../../digital-post/testing/sample-message';
import { sandboxCertificates, type SandboxCertificates } from '../certificates';
import { DigitalPostStandIn } from './digital-post-stand-in';

const UUID = sampleMessage().messageUUID;
const CVR = '12345678';
const signal = () => new AbortController().signal;

describe.each(['ngdp', 'sf1601'] as const)('receipts that %s pushes over mutual TLS', (road) => {
  let folder: string;
  let certificates: SandboxCertificates;
  let standIn: DigitalPostStandIn;
  let gateway: DigitalPostGateway;
  let endpoint: Server;
  let memo: Buffer;
  let stored: DigitalPostReceipt[];
  let refused: string[];
  /** Called before a receipt counts as stored. */
  let store: () => void;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'push-'));
    certificates = await sandboxCertificates(join(folder, 'certificates'));
    memo = (await memoBytes(sampleMessage())).content;
  });
  afterAll(() => rm(folder, { recursive: true }));

  beforeEach(async () => {
    stored = [];
    refused = [];
    store = () => undefined;
    const senders = [new X509Certificate(certificates.post.cert).fingerprint256];
    endpoint = await door(road === 'ngdp' ? ngdpReceiptPush({ senders }) : beskedfordelerPush({ senders, cvr: CVR }));
    const url = `https://127.0.0.1:${(endpoint.address() as AddressInfo).port}/receipts`;
    standIn = new DigitalPostStandIn({
      folder: await mkdtemp(join(folder, 'post-')),
      certificates,
      receiptDelayMs: 3_600_000,
      receiptEndpoints: { [road]: url },
    });
    const { baseUrl, serviceUrl, tokenUrl } = await standIn.start();
    const own = { ca: certificates.ca, ...certificates.client };
    gateway =
      road === 'ngdp'
        ? new NgdpGateway({ ...own, baseUrl, systemId: 'aktindsigt', apiToken: 'sandkasse' })
        : new Sf1601Gateway({ ...own, serviceUrl, tokenUrl, cvr: CVR });
  });
  afterEach(async () => {
    gateway.close();
    await standIn.stop();
    endpoint.close();
    endpoint.closeAllConnections();
  });

  /** What the program's endpoint does: TLS shows who pushes, the door judges, the answer tells whether it was stored. */
  async function door(push: ReceiptPush): Promise<Server> {
    const tls = { ca: certificates.ca, ...certificates.server, requestCert: true, rejectUnauthorized: true };
    const server = createServer(tls, (request, response) => {
      void text(request).then((raw) => {
        let error: unknown;
        try {
          const receipt = push.receive(raw, (request.socket as TLSSocket).getPeerCertificate().fingerprint256);
          store();
          stored.push(receipt);
        } catch (thrown) {
          error = thrown;
          refused.push((thrown as Error).name);
        }
        const { status, contentType, body } = push.answer(error);
        response.writeHead(status, { 'Content-Type': contentType }).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  const waiting = () => (road === 'ngdp' ? standIn.waitingReceipts() : standIn.waitingBeskeder());

  it('are stored, and leave the queue of the post', async () => {
    await gateway.send(UUID, memo, signal());
    await standIn.releaseReceipts();

    expect(stored.map(({ status, messageUUID }) => `${status} ${messageUUID}`)).toEqual([
      `RECEIVED ${UUID}`,
      `COMPLETED ${UUID}`,
    ]);
    expect(waiting()).toEqual([]);
    expect(refused).toEqual([]);
  });

  it('can come before the answer to the sending does', async () => {
    standIn.scenario({ kind: 'receipt-first' });
    const outcome = gateway.send(UUID, memo, signal()).then((sent) => ({ sent, before: stored.length }));

    expect(await outcome).toMatchObject({ sent: { state: 'accepted' }, before: 2 });
    expect(stored.map(({ status }) => status).sort()).toEqual(['COMPLETED', 'RECEIVED']);
  });

  it('stay in the queue of the post when they could not be stored', async () => {
    store = () => {
      throw new Error('The disk is full.');
    };
    await gateway.send(UUID, memo, signal());
    await standIn.releaseReceipts();

    expect(stored).toEqual([]);
    expect(waiting()).toHaveLength(2);
  });

  it('are refused from a forger, although he has a certificate of the same authority', async () => {
    standIn.scenario({ kind: 'forged-receipt' });
    await gateway.send(UUID, memo, signal());
    await standIn.releaseReceipts();

    expect(refused).toEqual(['ForgedReceiptError']);
    expect(stored).toEqual([]);
  });

  if (road === 'sf1601') {
    it('are pushed again until they are taken, and are then the same receipts', async () => {
      let failures = 0;
      const came = new Promise<void>((resolve) => {
        store = () => {
          failures += 1;
          if (failures <= 2) throw new Error('The database is away.');
          if (failures === 4) resolve();
        };
      });
      await gateway.send(UUID, memo, signal());
      await standIn.releaseReceipts();
      await came;

      expect(new Set(stored.map(({ receiptId }) => receiptId)).size).toBe(2);
      expect(refused).toHaveLength(2);
    });
  }
});
