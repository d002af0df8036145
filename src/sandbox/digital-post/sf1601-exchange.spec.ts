import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import type { ReceiptStatus } from '../../contracts';
import {
  CertificateExpiredError,
  ForgedReceiptError,
  memoBytes,
  readBesked,
  Sf1601Gateway,
  statusAfter,
  writeLetter,
  type Sf1601Settings,
} from '../../digital-post';
import { sampleLetter } from '../../digital-post/testing/sample-letter';
import { officialMemoFolder, sampleMessage } from '../../digital-post/testing/sample-message';
import { sandboxCertificates, type SandboxCertificates } from '../certificates';
import { DigitalPostStandIn, type DigitalPostStandInSettings } from './digital-post-stand-in';
import type { ScenarioKind } from './scenario';

const CPR = '2211771212';
const CVR = '12345678';
const UUID = sampleMessage().messageUUID;
const LETTER = sampleLetter().letterId;
const signal = () => new AbortController().signal;

async function letterBytes(changes = {}): Promise<Buffer> {
  const stream = new PassThrough();
  const [content] = await Promise.all([buffer(stream), writeLetter(sampleLetter(changes), stream)]);
  return content;
}

describe('Sf1601Gateway with the stand-in over mutual TLS', () => {
  let parent: string;
  let certificates: SandboxCertificates;
  let standIn: DigitalPostStandIn;
  let urls: { serviceUrl: string; tokenUrl: string };
  let memo: Buffer;
  let letter: Buffer;
  const gateways: Sf1601Gateway[] = [];

  const gateway = (changes: Partial<Sf1601Settings> = {}) => {
    const { ca, client } = certificates;
    const made = new Sf1601Gateway({ ...urls, cvr: CVR, ca, ...client, ...changes } as Sf1601Settings);
    gateways.push(made);
    return made;
  };
  const start = async (changes: Partial<DigitalPostStandInSettings> = {}) => {
    const folder = await mkdtemp(join(parent, 'post-'));
    // Far away: the last receipts come when a test releases them.
    standIn = new DigitalPostStandIn({ folder, certificates, receiptDelayMs: 3_600_000, ...changes });
    const { serviceUrl, tokenUrl } = await standIn.start();
    urls = { serviceUrl, tokenUrl };
  };
  const receipts = async () => {
    await standIn.releaseReceipts();
    return standIn.waitingBeskeder().map((text) => readBesked(text, { cvr: CVR }));
  };

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'sf1601-'));
    certificates = await sandboxCertificates(join(parent, 'certificates'));
    memo = (await memoBytes(sampleMessage())).content;
    letter = await letterBytes();
  });
  afterAll(() => rm(parent, { recursive: true }));
  beforeEach(() => start());
  afterEach(async () => {
    for (const each of gateways.splice(0)) each.close();
    await standIn.stop();
  });

  it('delivers a message byte for byte, and gets its receipts', async () => {
    const outcome = await gateway().send(UUID, memo, signal());

    expect(outcome).toMatchObject({ state: 'accepted', transmissionId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const [stored] = standIn.messages();
    expect(readFileSync(stored!.path).equals(memo)).toBe(true);
    expect(stored).toMatchObject({ road: 'sf1601', channel: 'digital', recipientCpr: CPR, messageUUID: UUID });
    expect((await receipts()).map(({ status, messageUUID }) => [status, messageUUID])).toEqual([
      ['RECEIVED', UUID],
      ['COMPLETED', UUID],
    ]);
  });

  it('carries a letter byte for byte, accepted without a TransmissionID, to the postal operator', async () => {
    const outcome = await gateway().sendLetter(LETTER, letter, signal());

    expect(outcome).toMatchObject({ state: 'accepted', transmissionId: undefined });
    const [stored] = standIn.messages();
    expect(stored).toMatchObject({ channel: 'letter', messageUUID: LETTER, recipientCpr: '' });
    expect(stored!.sha256).toBe(createHash('sha256').update(letter).digest('hex'));
    expect((await receipts()).map(({ status, messageUUID }) => [status, messageUUID])).toEqual([
      ['PRINTING', LETTER],
      ['POSTED', LETTER],
      ['HANDED_OVER', LETTER],
    ]);
  });

  it('carries a message to the mailbox of a firm, and asks for it by its CVR number', async () => {
    standIn.contact('87654321', 'EXEMPT');
    const toFirm = await memoBytes(sampleMessage({ recipient: { cvr: '87654321', label: 'Advokathuset' } }));

    expect(await gateway().registration('87654321', signal())).toBe('not_registered');
    expect((await gateway().send(UUID, toFirm.content, signal())).state).toBe('accepted');
    expect(standIn.messages()).toMatchObject([{ recipientCpr: '87654321' }]);
  });

  it('reads the same message from a source as often as it is sent', async () => {
    let readings = 0;
    const source = {
      size: memo.length,
      async *open() {
        readings += 1;
        for (let at = 0; at < memo.length; at += 13) yield memo.subarray(at, at + 13);
      },
    };
    await gateway().send(UUID, source, signal());

    expect((await gateway().send(UUID, source, signal())).state).toBe('accepted');
    expect(standIn.messages()).toMatchObject([{ attempts: 2, bytes: memo.length }]);
    expect(readings).toBe(2);
  });

  it.each([
    ['gives fewer bytes than it promised', { size: 2_000_000, open: () => [Buffer.from('<?xml')] }, /fewer bytes/],
    ['does not begin as we write', { size: 100, open: () => [Buffer.alloc(100, 'x')] }, /does not begin/],
  ])('throws when the stored message %s, and nothing comes in', async (_what, broken, sentence) => {
    const source = { size: broken.size, open: () => broken.open() as never };

    await expect(gateway().send(UUID, source, signal())).rejects.toThrow(sentence);
    expect(standIn.messages()).toEqual([]);
  });

  it('gets one token a service, and one only for calls that come at once', async () => {
    const one = gateway();
    await Promise.all([
      one.registration(CPR, signal()),
      one.registration(CPR, signal()),
      one.registration(CPR, signal()),
    ]);
    await one.send(UUID, memo, signal());
    await one.send(UUID, memo, signal());

    expect(standIn.tokensIssued()).toEqual({ saml: 2, access: 2 });
  });

  it('renews a token five minutes before its end, from a SAML token that still lives', async () => {
    await standIn.stop();
    await start({ tokenSeconds: 301 });
    const one = gateway();
    await one.registration(CPR, signal());
    await one.registration(CPR, signal());
    expect(standIn.tokensIssued()).toEqual({ saml: 1, access: 1 });

    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 2000);
    await one.registration(CPR, signal()).finally(() => jest.restoreAllMocks());
    expect(standIn.tokensIssued()).toEqual({ saml: 1, access: 2 });
  });

  it('begins from the start, once, when a token was withdrawn', async () => {
    const one = gateway();
    await one.registration(CPR, signal());
    standIn.scenario({ kind: 'token-withdrawn' });

    expect((await one.send(UUID, memo, signal())).state).toBe('accepted');
    standIn.scenario({ kind: 'token-withdrawn', times: 2 });
    expect(await one.send(UUID, memo, signal())).toMatchObject({ state: 'refused', code: 'http.401' });
    expect(standIn.messages()).toMatchObject([{ attempts: 1 }]);
  });

  it('says that nothing is known when there is no agreement for a token', async () => {
    const stranger = gateway({ cvr: '11111111' });

    expect(await stranger.send(UUID, memo, signal())).toMatchObject({
      state: 'unknown',
      message: expect.stringMatching(/token service answered 403, so nothing was sent/),
    });
    await expect(stranger.registration(CPR, signal())).rejects.toThrow(/answered 403/);
  });

  it.each([
    ['REGISTERED', 'registered'],
    ['EXEMPT', 'not_registered'],
    ['UNKNOWN', 'not_registered'],
  ] as const)('reads the look-up of one who is %s as %s', async (status, expected) => {
    standIn.contact(CPR, status);
    expect(await gateway().registration(CPR, signal())).toBe(expected);
  });

  it.each<[ScenarioKind, RegExp, number]>([
    ['half-open', /did not answer in time/, 0],
    ['timeout-after-acceptance', /did not answer in time/, 1],
    ['broken-after-acceptance', /connection to Digital Post broke/, 1],
    ['unavailable', /answered 503/, 0],
    ['server-error', /answered 500/, 0],
    ['html', /not that it took the message/, 0],
  ])('calls %s unknown, never refused, and the same bytes go again', async (kind, message, taken) => {
    standIn.scenario({ kind });
    const one = gateway({ idleTimeoutMs: 500 });

    expect(await one.send(UUID, memo, signal())).toMatchObject({
      state: 'unknown',
      message: expect.stringMatching(message),
    });
    expect(standIn.messages()).toHaveLength(taken);
    expect((await one.send(UUID, memo, signal())).state).toBe('accepted');
    expect(standIn.messages()).toMatchObject([{ attempts: taken + 1 }]);
  });

  it.each<[ScenarioKind]>([['result-false'], ['refused']])('takes %s for a no, with its code', async (kind) => {
    standIn.scenario({ kind, code: 'memo.invalid' });

    expect(await gateway().send(UUID, memo, signal())).toMatchObject({ state: 'refused', code: 'memo.invalid' });
    expect(standIn.messages()).toEqual([]);
  });

  it('stops when it is told to, also while it waits for a token', async () => {
    const stop = new AbortController();
    const sending = gateway().send(UUID, memo, stop.signal);
    stop.abort();

    expect(await sending).toMatchObject({ state: 'unknown', message: expect.stringContaining('stopped') });
    expect(standIn.messages()).toEqual([]);
  });

  it('is refused what it sends for another municipality', async () => {
    const other = (await memoBytes(sampleMessage({ sender: { cvr: '87654321', label: 'Nabo' } }))).content;

    expect(await gateway().send(UUID, other, signal())).toMatchObject({ state: 'refused', code: 'sender.not-allowed' });
  });

  it('takes a digital message without TransmissionID for accepted: a receipt tells the rest', async () => {
    standIn.scenario({ kind: 'no-transmission-id' });

    expect(await gateway().send(UUID, memo, signal())).toMatchObject({ state: 'accepted', transmissionId: undefined });
  });

  it('waits as long as 429 asks for, until a date', async () => {
    standIn.scenario({ kind: 'too-many-requests', retryAfter: new Date(Date.now() + 60_000).toUTCString() });

    const outcome = await gateway().send(UUID, memo, signal());
    expect(outcome.state === 'unknown' && outcome.retryAfterMs).toBeGreaterThan(50_000);
    expect(outcome.state === 'unknown' && outcome.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('does not call a duplicate refused: the first may have come in', async () => {
    const other = (await memoBytes(sampleMessage({ label: 'Noget andet' }))).content;
    await gateway().send(UUID, memo, signal());

    expect((await gateway().send(UUID, other, signal())).state).toBe('unknown');
    expect(standIn.messages()).toMatchObject([{ attempts: 1, bytes: memo.length }]);
  });

  it.each<[ScenarioKind, ReceiptStatus[], ReceiptStatus]>([
    ['invalid', ['RECEIVED', 'INVALID'], 'INVALID'],
    ['exempt-between', ['RECEIVED', 'NOT_ALLOWED'], 'NOT_ALLOWED'],
    ['unknown-code', ['RECEIVED', 'FAILED'], 'FAILED'],
    ['duplicate-receipt', ['RECEIVED', 'RECEIVED', 'COMPLETED', 'COMPLETED'], 'COMPLETED'],
    ['disorder', ['COMPLETED', 'RECEIVED'], 'COMPLETED'],
    ['unknown-receipt', ['RECEIVED', 'COMPLETED', 'COMPLETED'], 'COMPLETED'],
    ['no-receipt', [], undefined as never],
  ])('brings the receipts of %s, which end in one status', async (kind, expected, end) => {
    standIn.scenario({ kind });
    expect((await gateway().send(UUID, memo, signal())).state).toBe('accepted');

    const all = await receipts();

    expect(all.map(({ status }) => status)).toEqual(expected);
    const own = all.filter(({ messageUUID }) => messageUUID === UUID).map(({ status }) => status);
    expect(own.reduce<ReceiptStatus | undefined>(statusAfter, undefined)).toBe(end);
    for (const { errorMessage } of all) expect(errorMessage ?? '').not.toContain(CPR);
  });

  it('refuses a receipt that somebody else forged', async () => {
    standIn.scenario({ kind: 'forged-receipt' });
    await gateway().send(UUID, memo, signal());

    const [forged] = standIn.waitingBeskeder();
    expect(standIn.waitingBeskeder()).toHaveLength(1);
    expect(() => readBesked(forged as string, { cvr: CVR })).toThrow(ForgedReceiptError);
  });

  it('sends nothing with a certificate that has ended, and says when it did', async () => {
    const from = new Date(Date.now() - 740 * 86_400_000);
    const ended = await sandboxCertificates(join(parent, 'ended'), { from });
    const one = gateway({ ...ended.client });

    expect(one.certificateExpiresAt().getTime()).toBeLessThan(Date.now());
    await expect(one.send(UUID, memo, signal())).rejects.toThrow(CertificateExpiredError);
    await expect(one.registration(CPR, signal())).rejects.toThrow(CertificateExpiredError);
    await expect(one.pullReceipts(signal())).resolves.toEqual([]);
    expect(standIn.tokensIssued()).toEqual({ saml: 0, access: 0 });
  });

  it('never lets the CPR number of a look-up into an error, whatever breaks', async () => {
    const stopped = new AbortController();
    stopped.abort();
    const asked: Promise<unknown>[] = [
      gateway({ ca: undefined }).registration(CPR, signal()),
      gateway({ serviceUrl: 'https://127.0.0.1:1' }).registration(CPR, signal()),
      gateway({ serviceUrl: `${urls.serviceUrl}/nothing/` }).registration(CPR, signal()),
      gateway().registration(CPR, stopped.signal),
      gateway().registration('221177-1212', signal()),
    ];
    const errors = await Promise.all(asked.map((each) => each.then(() => undefined).catch((error: unknown) => error)));

    for (const error of errors.filter(Boolean)) {
      const everything = inspect(error, { depth: 10, showHidden: true }) + String((error as Error).stack);
      expect(everything).not.toMatch(/221177|cprNumber/);
      expect((error as Error).message).toMatch(/^[A-Z].*\.$/);
    }
    expect(errors.filter(Boolean).length).toBeGreaterThanOrEqual(4);
  });

  it('is refused with a client certificate of another authority', async () => {
    const stranger = await sandboxCertificates(join(parent, 'stranger'));

    expect((await gateway({ ...stranger.client }).send(UUID, memo, signal())).state).toBe('unknown');
    expect(standIn.messages()).toEqual([]);
  });

  it('does not speak plain HTTP', () => {
    expect(() => gateway({ serviceUrl: 'http://127.0.0.1' })).toThrow(/https/);
    expect(() => gateway({ tokenUrl: 'http://127.0.0.1' })).toThrow(/https/);
  });

  const official = officialMemoFolder();
  if (official) {
    it('sends messages of 1.2 and 1.1 and letters that the official schemas accept', async () => {
      const letterXsdFolder = join(official, 'xsd/fjernprint-sf1600-libxml2');
      for (const version of ['1.2', '1.1'] as const) {
        await standIn.stop();
        await start({ xsdFolder: join(official, `xsd/memo-${version}`), letterXsdFolder, memoVersion: version });
        const { content } = await memoBytes(sampleMessage(), { version });

        expect((await gateway().send(UUID, content, signal())).state).toBe('accepted');
        expect((await gateway().sendLetter(LETTER, letter, signal())).state).toBe('accepted');
      }
      const bad = Buffer.from(letter.toString().replace('>8000<', '>80<'));
      expect((await gateway().sendLetter(LETTER, bad, signal())).state).toBe('refused');
    });
  }
});
