import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoBytes } from '../../digital-post';
import { BAD, NOT_FROM_US } from '../../digital-post/testing/bad-messages';
import { officialMemoFolder, sampleMessage } from '../../digital-post/testing/sample-message';
import { sandboxCertificates, type SandboxCertificates } from '../certificates';
import { DigitalPostStandIn, type DigitalPostStandInSettings } from './digital-post-stand-in';
import { inspectMemo } from './memo-inspector';

const UUID = sampleMessage().messageUUID;

describe('DigitalPostStandIn', () => {
  let parent: string;
  let certificates: SandboxCertificates;
  let memo: Buffer;
  const standIns: DigitalPostStandIn[] = [];
  let agent: Agent;

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'stand-in-'));
    certificates = await sandboxCertificates(join(parent, 'certificates'));
    agent = new Agent({ ca: certificates.ca, ...certificates.client, keepAlive: false });
    memo = (await memoBytes(sampleMessage())).content;
  });
  afterEach(async () => {
    for (const each of standIns.splice(0)) await each.stop();
  });
  afterAll(() => rm(parent, { recursive: true }));

  async function start(changes: Partial<DigitalPostStandInSettings> = {}) {
    const folder = changes.folder ?? (await mkdtemp(join(parent, 'post-')));
    const standIn = new DigitalPostStandIn({ certificates, receiptDelayMs: 3_600_000, ...changes, folder });
    standIns.push(standIn);
    return { standIn, folder, ...(await standIn.start()) };
  }

  function ask(
    baseUrl: string,
    method: string,
    path: string,
    body?: string | Buffer,
    type = 'application/xml',
    by = agent,
  ) {
    const Authorization = `Basic ${Buffer.from('aktindsigt:sandkasse').toString('base64')}`;
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
      const outgoing = request(new URL(path, baseUrl), {
        method,
        agent: by,
        headers: { Authorization, 'Content-Type': type },
      });
      outgoing.on('error', reject);
      outgoing.on('response', (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => resolve({ status: answer.statusCode!, body: Buffer.concat(parts).toString() }));
      });
      outgoing.end(body);
    });
  }

  it.each([
    [
      'another UUID in the query',
      'memos/?memo-message-uuid=0f7f5a0e-2b0e-4a7b-8e51-7f4d1f2a9c11',
      'application/xml',
      'uuid.mismatch',
    ],
    ['no UUID in the query', 'memos/', 'application/xml', 'uuid.missing'],
    ['another content type', `memos/?memo-message-uuid=${UUID}`, 'application/octet-stream', 'content.type'],
  ])('refuses a message with %s', async (_what, path, type, code) => {
    const { standIn, baseUrl } = await start();

    const { status, body } = await ask(baseUrl, 'POST', path, memo, type);

    expect({ status, code: (JSON.parse(body) as { code: string }).code }).toEqual({ status: 400, code });
    expect(standIn.messages()).toEqual([]);
  });

  it('does not talk to a caller without a client certificate', async () => {
    const { standIn, baseUrl } = await start();
    const stranger = new Agent({ ca: certificates.ca });

    await expect(
      ask(baseUrl, 'POST', `memos/?memo-message-uuid=${UUID}`, memo, 'application/xml', stranger),
    ).rejects.toThrow();
    expect(standIn.messages()).toEqual([]);
  });

  it('refuses a bad message with memo.invalid and its faults', async () => {
    const { standIn, baseUrl } = await start();
    const bad = memo.toString().replace('.pdf<', '.exe<');

    const { status, body } = await ask(baseUrl, 'POST', `memos/?memo-message-uuid=${UUID}`, bad);

    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ code: 'memo.invalid', message: 'A file name does not fit its type.' });
    expect(standIn.messages()).toEqual([]);
  });

  it('refuses a message of another municipality than the system is for', async () => {
    const { standIn, baseUrl } = await start({ cvr: '87654321' });

    const { status, body } = await ask(baseUrl, 'POST', `memos/?memo-message-uuid=${UUID}`, memo);

    expect([status, (JSON.parse(body) as { code: string }).code]).toEqual([400, 'sender.not-allowed']);
    expect(standIn.messages()).toEqual([]);
  });

  it('takes a good message without a fault by its own rules', async () => {
    expect(await inspectMemo(memo, undefined)).toEqual({
      messageUUID: UUID,
      senderCvr: '12345678',
      recipientCpr: '2211771212',
      label: 'Svar på din anmodning om aktindsigt',
      messageId: 'forsendelse-2026-117',
      faults: [],
    });
  });

  it('finds by its own rules, written apart, most of what the sender must not send', async () => {
    const unseen: string[] = [];
    for (const [kind, , change] of [...BAD, ...NOT_FROM_US]) {
      const { faults } = await inspectMemo(Buffer.from(change(memo.toString())), undefined);
      if (faults.length === 0) unseen.push(kind);
    }

    // Left to the official schema, or to the sender's care alone.
    expect(unseen.length).toBeLessThanOrEqual(9);
    expect(unseen).not.toContain('has broken base64');
  });

  const official = officialMemoFolder();
  if (official) {
    it('also uses the official schema when it is there', async () => {
      const xsdFolder = join(official, 'xsd/memo-1.2');
      const { standIn, baseUrl } = await start({ xsdFolder });
      const bad = memo.toString().replace('<memo:Sender>', '<memo:Sender kind="x">');

      expect((await ask(baseUrl, 'POST', `memos/?memo-message-uuid=${UUID}`, bad)).status).toBe(400);
      expect((await ask(baseUrl, 'POST', `memos/?memo-message-uuid=${UUID}`, memo)).status).toBe(201);
      expect(standIn.messages()).toHaveLength(1);
    });
  }

  it('goes on where it was stopped: messages stay, owed receipts come', async () => {
    const first = await start();
    await ask(first.baseUrl, 'POST', `memos/?memo-message-uuid=${UUID}`, memo);
    await first.standIn.stop();
    const second = await start({ folder: first.folder });

    const again = await ask(second.baseUrl, 'POST', `memos/?memo-message-uuid=${UUID}`, memo);
    await second.standIn.releaseReceipts();

    expect(again.status).toBe(201);
    expect(second.standIn.messages()).toMatchObject([{ attempts: 2, isSettled: true }]);
    expect(second.standIn.waitingReceipts()).toHaveLength(2);
  });

  it('takes its orders from another process', async () => {
    const { standIn, baseUrl } = await start();
    const order = (method: string, path: string, wish?: object) =>
      ask(baseUrl, method, `control/${path}`, wish && JSON.stringify(wish), 'application/json');

    expect((await order('POST', 'scenario', { kind: 'unavailable', messageUUID: UUID })).status).toBe(200);
    expect((await order('POST', 'scenario', { kind: 'dance' })).status).toBe(400);
    expect((await order('POST', 'contact', { cpr: '2211771212', status: 'CLOSED' })).status).toBe(200);
    expect((await ask(baseUrl, 'POST', `memos/?memo-message-uuid=${UUID}`, memo)).status).toBe(503);
    expect((await ask(baseUrl, 'POST', `memos/?memo-message-uuid=${UUID}`, memo)).status).toBe(201);
    expect(JSON.parse((await order('GET', 'messages')).body)).toEqual(standIn.messages());
    expect((await order('POST', 'release')).status).toBe(200);
    expect(JSON.parse((await order('GET', 'receipts')).body)).toEqual({ waiting: 2 });
    expect((await ask(baseUrl, 'GET', 'contacts/?cprNumber=2211771212')).body).toContain('CLOSED');
  });

  it('pushes receipts to an address that takes them, and keeps the others', async () => {
    const pushed: string[] = [];
    let cameBoth!: () => void;
    const bothCame = new Promise<void>((resolve) => (cameBoth = resolve));
    const endpoint = createServer(
      { ...certificates.server, ca: certificates.ca, requestCert: true, rejectUnauthorized: true },
      (incoming, answer) => {
        incoming.on('data', (part: Buffer) =>
          pushed.push((JSON.parse(part.toString()) as { receiptStatus: string }).receiptStatus),
        );
        incoming.on('end', () => {
          answer.writeHead(pushed.length === 1 ? 503 : 200).end();
          if (pushed.length === 2) cameBoth();
        });
      },
    );
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
    const { port } = endpoint.address() as AddressInfo;
    const { standIn, baseUrl } = await start({ receiptEndpoints: { ngdp: `https://127.0.0.1:${port}/receipts` } });

    await ask(baseUrl, 'POST', `memos/?memo-message-uuid=${UUID}`, memo);
    await standIn.releaseReceipts();
    await bothCame;
    endpoint.close();
    endpoint.closeAllConnections();

    expect(pushed.sort()).toEqual(['COMPLETED', 'RECEIVED']);
    expect(standIn.messages()).toHaveLength(1);
  });
});
