import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import {
  CertificateExpiredError,
  fileSource,
  memoBytes,
  NgdpGateway,
  statusAfter,
  writeMemo,
  type NgdpSettings,
} from '../../digital-post';
import { sampleMessage, samplePdf } from '../../digital-post/testing/sample-message';
import type { ReceiptStatus } from '../../contracts';
import { sandboxCertificates, type SandboxCertificates } from '../certificates';
import { DigitalPostStandIn } from './digital-post-stand-in';
import type { ScenarioKind } from './scenario';

const CPR = '2211771212';
const UUID = sampleMessage().messageUUID;
const signal = () => new AbortController().signal;

describe('NgdpGateway with the stand-in over mutual TLS', () => {
  let parent: string;
  let certificates: SandboxCertificates;
  let standIn: DigitalPostStandIn;
  let baseUrl: string;
  let memo: Buffer;
  const gateways: NgdpGateway[] = [];

  const gateway = (changes: Partial<NgdpSettings> = {}) => {
    const { ca, client } = certificates;
    const made = new NgdpGateway({ baseUrl, ca, ...client, systemId: 'aktindsigt', apiToken: 'sandkasse', ...changes });
    gateways.push(made);
    return made;
  };
  const statuses = async () => (await gateway().pullReceipts(signal())).map(({ status }) => status);

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'ngdp-'));
    certificates = await sandboxCertificates(join(parent, 'certificates'));
    memo = (await memoBytes(sampleMessage())).content;
  });
  afterAll(() => rm(parent, { recursive: true }));

  beforeEach(async () => {
    // Far away: the last receipts come when a test releases them.
    standIn = new DigitalPostStandIn({
      folder: await mkdtemp(join(parent, 'post-')),
      certificates,
      receiptDelayMs: 3_600_000,
    });
    ({ baseUrl } = await standIn.start());
  });
  afterEach(async () => {
    for (const each of gateways.splice(0)) each.close();
    await standIn.stop();
  });

  it('delivers a message byte for byte, and gets RECEIVED at once and COMPLETED later', async () => {
    const outcome = await gateway().send(UUID, memo, signal());

    expect(outcome).toMatchObject({ state: 'accepted', transmissionId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const [stored] = standIn.messages();
    expect(readFileSync(stored!.path).equals(memo)).toBe(true);
    expect(stored).toMatchObject({ recipientCpr: CPR, sha256: createHash('sha256').update(memo).digest('hex') });
    expect(await statuses()).toEqual(['RECEIVED']);
    await standIn.releaseReceipts();
    expect(await statuses()).toEqual(['RECEIVED', 'COMPLETED']);
  });

  it('keeps a receipt in the queue until it is confirmed, and confirming twice does no harm', async () => {
    await gateway().send(UUID, memo, signal());
    const [receipt] = await gateway().pullReceipts(signal());

    expect(await statuses()).toEqual(['RECEIVED']);
    await gateway().confirmReceipt(receipt!.receiptId, signal());
    await gateway().confirmReceipt(receipt!.receiptId, signal());
    expect(await statuses()).toEqual([]);
    expect(receipt).toMatchObject({ messageUUID: UUID, messageId: 'forsendelse-2026-117' });
    expect(JSON.parse(receipt!.raw)).toMatchObject({ receiptStatus: 'RECEIVED' });
  });

  it('sends the same bytes again after a timeout, and the citizen has one message', async () => {
    standIn.scenario({ kind: 'timeout-after-acceptance' });

    const first = await gateway({ idleTimeoutMs: 300 }).send(UUID, memo, signal());
    const second = await gateway().send(UUID, memo, signal());

    expect(first).toEqual({ state: 'unknown', message: 'Digital Post did not answer in time.' });
    expect(second.state).toBe('accepted');
    expect(standIn.messages()).toMatchObject([{ attempts: 2 }]);
    await standIn.releaseReceipts();
    expect(await statuses()).toEqual(['RECEIVED', 'COMPLETED']);
  });

  it.each<[ScenarioKind, RegExp, number]>([
    ['half-open', /did not answer in time/, 0],
    ['broken-after-acceptance', /connection to Digital Post broke/, 1],
    ['unavailable', /answered 503/, 0],
    ['server-error', /answered 500/, 0],
    ['html', /not with a receipt/, 0],
  ])('calls %s unknown, never refused', async (kind, message, taken) => {
    standIn.scenario({ kind });

    const outcome = await gateway({ idleTimeoutMs: 500 }).send(UUID, memo, signal());

    expect(outcome).toMatchObject({ state: 'unknown', message: expect.stringMatching(message) });
    expect(standIn.messages()).toHaveLength(taken);
  });

  it('waits as long as 429 asks for, in seconds or until a date', async () => {
    standIn.scenario({ kind: 'too-many-requests', retryAfter: '7' });
    standIn.scenario({ kind: 'too-many-requests', retryAfter: new Date(Date.now() + 60_000).toUTCString() });

    expect(await gateway().send(UUID, memo, signal())).toMatchObject({ state: 'unknown', retryAfterMs: 7000 });
    const dated = await gateway().send(UUID, memo, signal());
    expect(dated.state === 'unknown' && dated.retryAfterMs).toBeGreaterThan(50_000);
    expect(dated.state === 'unknown' && dated.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('takes a definite no for a no, with its code', async () => {
    standIn.scenario({ kind: 'refused', code: 'memo.invalid' });

    expect(await gateway().send(UUID, memo, signal())).toMatchObject({ state: 'refused', code: 'memo.invalid' });
    expect(standIn.messages()).toEqual([]);
  });

  it('does not call a duplicate refused: the first may have come in', async () => {
    const other = (await memoBytes(sampleMessage({ label: 'Noget andet' }))).content;
    await gateway().send(UUID, memo, signal());

    expect((await gateway().send(UUID, other, signal())).state).toBe('unknown');
    expect(standIn.messages()).toMatchObject([{ attempts: 1, bytes: memo.length }]);
  });

  it('stops when it is told to, and says that nothing is known', async () => {
    standIn.scenario({ kind: 'half-open' });
    const stop = new AbortController();
    const sending = gateway().send(UUID, memo, stop.signal);
    stop.abort();

    expect(await sending).toMatchObject({ state: 'unknown', message: expect.stringContaining('stopped') });
    expect(await gateway().send(UUID, memo, stop.signal)).toMatchObject({ state: 'unknown' });
  });

  it.each<[ScenarioKind, ReceiptStatus[], ReceiptStatus]>([
    ['invalid', ['RECEIVED', 'INVALID'], 'INVALID'],
    ['exempt-between', ['RECEIVED', 'NOT_ALLOWED'], 'NOT_ALLOWED'],
    ['unknown-code', ['RECEIVED', 'INVALID'], 'INVALID'],
    ['duplicate-receipt', ['RECEIVED', 'RECEIVED', 'COMPLETED', 'COMPLETED'], 'COMPLETED'],
    ['disorder', ['COMPLETED', 'RECEIVED'], 'COMPLETED'],
    ['unknown-receipt', ['RECEIVED', 'COMPLETED', 'COMPLETED'], 'COMPLETED'],
    ['no-receipt', [], undefined as never],
  ])('brings the receipts of %s, which end in one status', async (kind, expected, end) => {
    standIn.scenario({ kind });
    expect((await gateway().send(UUID, memo, signal())).state).toBe('accepted');
    await standIn.releaseReceipts();

    const receipts = await gateway().pullReceipts(signal());

    expect(receipts.map(({ status }) => status)).toEqual(expected);
    const own = receipts.filter(({ messageUUID }) => messageUUID === UUID).map(({ status }) => status);
    expect(own.reduce<ReceiptStatus | undefined>(statusAfter, undefined)).toBe(end);
    for (const { errorMessage } of receipts) expect(errorMessage ?? '').not.toContain(CPR);
  });

  it('carries a message to the mailbox of a firm, and asks for it by its CVR number', async () => {
    standIn.contact('87654321', 'EXEMPT');
    const { content } = await memoBytes(sampleMessage({ recipient: { cvr: '87654321' } }));

    expect(await gateway().registration('87654321', signal())).toBe('exempt');
    expect((await gateway().send(UUID, content, signal())).state).toBe('accepted');
    expect(standIn.messages()).toMatchObject([{ recipientCpr: '87654321', road: 'ngdp' }]);
  });

  it('sends nothing with a certificate that has ended, and says when it did', async () => {
    const from = new Date(Date.now() - 740 * 86_400_000);
    const ended = gateway({ ...(await sandboxCertificates(join(parent, 'ended'), { from })).client });

    expect(ended.certificateExpiresAt().getTime()).toBeLessThan(Date.now());
    await expect(ended.send(UUID, memo, signal())).rejects.toThrow(CertificateExpiredError);
    await expect(ended.pullReceipts(signal())).rejects.toThrow(/ended on .* install a new one/);
    expect(standIn.messages()).toEqual([]);
  });

  it('refuses receipts it cannot read, leaves them in the queue and goes on with the others', async () => {
    const reports: string[] = [];
    standIn.putReceipt({ receiptStatus: 'LOST' } as never);
    await gateway().send(UUID, memo, signal());

    const receipts = await gateway({ report: (sentence) => reports.push(sentence) }).pullReceipts(signal());

    expect(receipts.map(({ status }) => status)).toEqual(['RECEIVED']);
    expect(reports).toEqual([expect.stringMatching(/was left in its queue: A receipt names no message/)]);
    expect(standIn.waitingReceipts()).toHaveLength(2);
  });

  it('fetches more receipts than one page holds', async () => {
    const receipt = { transmissionId: UUID, messageUUID: UUID, messageId: null, errorCode: null, errorMessage: null };
    for (let count = 0; count < 230; count += 1) {
      standIn.putReceipt({ ...receipt, timeStamp: new Date().toISOString(), receiptStatus: 'RECEIVED' });
    }

    expect(await statuses()).toHaveLength(230);
  });

  it.each([
    ['REGISTERED', 'registered'],
    ['EXEMPT', 'exempt'],
    ['CLOSED', 'closed'],
    ['UNKNOWN', 'not_found'],
  ] as const)('reads %s from the contact register as %s', async (status, expected) => {
    standIn.contact(CPR, status);

    expect(await gateway().registration(CPR, signal())).toBe(expected);
  });

  it('answers a message to an exempt recipient with NOT_ALLOWED', async () => {
    standIn.contact(CPR, 'EXEMPT');
    await gateway().send(UUID, memo, signal());
    await standIn.releaseReceipts();

    expect(await statuses()).toEqual(['RECEIVED', 'NOT_ALLOWED']);
  });

  it('never lets the CPR number of a look-up into an error, whatever breaks', async () => {
    const errors: unknown[] = [];
    const failing: Partial<NgdpSettings>[] = [
      { apiToken: 'forkert' },
      { ca: undefined },
      { baseUrl: 'https://127.0.0.1:1/apis/v1/' },
      { baseUrl: baseUrl.replace('apis/v1', 'nothing') },
    ];
    for (const changes of failing) {
      await gateway(changes)
        .registration(CPR, signal())
        .catch((error: unknown) => errors.push(error));
    }
    const stopped = new AbortController();
    stopped.abort();
    await gateway()
      .registration(CPR, stopped.signal)
      .catch((error: unknown) => errors.push(error));
    await gateway()
      .registration('221177-1212', signal())
      .catch((error: unknown) => errors.push(error));

    expect(errors).toHaveLength(6);
    for (const error of errors) {
      const everything = inspect(error, { depth: 10, showHidden: true }) + String((error as Error).stack);
      expect(everything).not.toMatch(/221177|cprNumber|contacts\//);
      expect((error as Error).message).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('is refused with a client certificate of another authority', async () => {
    const stranger = await sandboxCertificates(join(parent, 'stranger'));
    const outcome = await gateway({ ...stranger.client }).send(UUID, memo, signal());

    expect(outcome.state).toBe('unknown');
    expect(standIn.messages()).toEqual([]);
  });

  it('does not talk to a server whose authority it does not trust', async () => {
    const stranger = await sandboxCertificates(join(parent, 'stranger'));
    const outcome = await gateway({ ca: stranger.ca }).send(UUID, memo, signal());

    expect(outcome).toMatchObject({ state: 'unknown', message: expect.stringMatching(/TLS.*certificates/) });
    expect(standIn.messages()).toEqual([]);
  });

  it('is refused with a wrong token, in words for the operator', async () => {
    const outcome = await gateway({ apiToken: 'forkert' }).send(UUID, memo, signal());

    expect(outcome).toMatchObject({ state: 'refused', code: 'unauthorized' });
  });

  it('takes the certificates from files, and names the one that is missing', async () => {
    const folder = join(parent, 'certificates');
    const files = { certificateFile: join(folder, 'client.pem'), keyFile: join(folder, 'client-key.pem') };
    const settings = {
      baseUrl,
      systemId: 'aktindsigt',
      apiToken: 'sandkasse',
      ...files,
      caFile: join(folder, 'ca.pem'),
    };
    const fromFiles = new NgdpGateway(settings);
    gateways.push(fromFiles);

    expect(await fromFiles.registration(CPR, signal())).toBe('registered');
    expect(() => new NgdpGateway({ ...settings, keyFile: join(folder, 'none.pem') })).toThrow(
      /key .*none\.pem \(ENOENT\)/,
    );
  });

  it('does not speak plain HTTP', () => {
    expect(() => gateway({ baseUrl: 'http://127.0.0.1/apis/v1/' })).toThrow(/https/);
  });

  it('gives up a connection that is taken and never answered', async () => {
    const silent: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const outcome = await gateway({ baseUrl: `https://127.0.0.1:${port}/`, idleTimeoutMs: 200 }).send(
      UUID,
      memo,
      signal(),
    );
    for (const each of gateways.splice(0)) each.close();
    silent.close();

    expect(outcome).toMatchObject({ state: 'unknown', message: expect.stringContaining('in time') });
  });

  it('carries a message of 40 MB from a file', async () => {
    const files = [samplePdf('stor.pdf', 30_000_000)];
    const path = join(parent, 'stor.xml');
    const message = sampleMessage({ mainDocument: { label: 'Alt', files } });
    const { sha256, bytes } = await writeMemo(message, createWriteStream(path));

    expect((await gateway().send(UUID, await fileSource(path), signal())).state).toBe('accepted');
    expect(standIn.messages()).toMatchObject([{ sha256, bytes }]);
  });
});
