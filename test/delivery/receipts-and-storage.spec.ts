import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { CertificateWatch } from '../../src/delivery/certificate-watch';
import { Delivery } from '../../src/delivery/delivery.entity';
import { ReceiptDoor } from '../../src/delivery/receipt-door';
import { Receipt } from '../../src/delivery/receipt.entity';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { sandboxCertificates, type SandboxCertificates } from '../../src/sandbox/certificates';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Program } from '../../src/sandbox/demo/program';
import type { Town } from '../../src/sandbox/demo/town';
import { ApprovableRequests, testCpr } from '../support/approvable-request';
import { Carrier } from '../support/carry-request';
import { missingProgram } from '../support/missing-program';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

const STRANGE_UUID = '5b0c1f6e-8a53-4d55-9e0a-2f0f7a3c1d10';

let place: TestTown;
let town: Town;
let carrier: Carrier;
let requests: ApprovableRequests;
let worker: Program;
let post: SandboxCertificates;
let doors: Carrier[];
/** The files where the operator keeps it. */
let certificate: Awaited<ReturnType<typeof endedCertificate>>;
let port: number;
/** A door that has another certificate on its list. */
let otherPort: number;

beforeAll(async () => {
  // No receipt is there to be fetched: what is told here is brought.
  place = await TestTown.start({ receiptDelayMs: 24 * 3_600_000 });
  ({ town, carrier } = place);
  requests = await ApprovableRequests.for(carrier, town.authorityId);
  certificate = await endedCertificate();
  worker = await town.run('all', { CLOCK_TICK_MS: '600000', ...certificate });
  post = await sandboxCertificates(join(town.folder, 'post'));
  const settings = await doorSettings();
  doors = await Promise.all(
    [fingerprintOf(post.client.cert), fingerprintOf(post.server.cert)].map((RECEIPTS_SENDERS) =>
      Carrier.start({ ...town.settings, ...settings, RECEIPTS_SENDERS }, town.authorityId),
    ),
  );
  [port, otherPort] = (await Promise.all(doors.map(({ app }) => app.get(ReceiptDoor).open()))) as number[];
});
afterAll(async () => {
  for (const door of doors ?? []) await door.stop();
  await place?.stop();
});

async function endedCertificate() {
  const from = new Date(Date.now() - 740 * 86_400_000);
  const { client } = await sandboxCertificates(join(town.folder, 'ended'), { from, cvr: town.digitalPost.cvr });
  const files = {
    DIGITAL_POST_CERTIFICATE_FILE: join(town.folder, 'own.pem'),
    DIGITAL_POST_KEY_FILE: join(town.folder, 'own-key.pem'),
  };
  await writeFile(files.DIGITAL_POST_CERTIFICATE_FILE, client.cert);
  await writeFile(files.DIGITAL_POST_KEY_FILE, client.key, { mode: 0o600 });
  return files;
}

async function doorSettings(): Promise<Record<string, string>> {
  const file = async (name: string, text: string) => {
    await writeFile(join(town.folder, name), text, { mode: 0o600 });
    return join(town.folder, name);
  };
  return {
    RECEIPTS_PORT: '0',
    RECEIPTS_CERTIFICATE_FILE: await file('door.pem', post.server.cert),
    RECEIPTS_KEY_FILE: await file('door-key.pem', post.server.key),
    RECEIPTS_CA_FILE: await file('door-ca.pem', post.ca),
  };
}

function fingerprintOf(certificate: string): string {
  return new X509Certificate(certificate).fingerprint256;
}

function bring(body: object | string, path = '/kvitteringer/ngdp', at = port): Promise<number> {
  const { client } = post;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: at,
        path,
        method: 'POST',
        agent: false,
        ca: post.ca,
        cert: client.cert,
        key: client.key,
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode as number));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

const receipt = (messageUUID: string, receiptStatus: string) => ({
  messageUUID,
  receiptStatus,
  timeStamp: '2026-11-22T09:00:00Z',
});
const deliveryOf = (id: string) => carrier.within((entities) => entities.findOneByOrFail(Delivery, { requestId: id }));
const stored = (messageUuid: string) => carrier.within((entities) => entities.findBy(Receipt, { messageUuid }));

const boxOf = async (cpr: string) =>
  (await town.digitalPost.control.messages()).filter(({ recipientCpr }) => recipientCpr === cpr);

async function submitted(cpr: string) {
  const { id } = await requests.signed({ cpr });
  await carrier.waitFor(id, ['submitted']);
  const [message] = await carrier.messagesOf(id);
  return { id, messageUuid: message.messageUuid };
}

describe('with a certificate that has ended', () => {
  it('the records officer is told on the front page, the operator by health and in the log', async () => {
    const lone = new Browser(town.publicUrl);
    await lone.logIn('/medarbejder', 'lone');
    await lone.open('/arkiv');
    expect(lone.text()).toContain('Certifikatet til Digital Post er udløbet. Intet bliver sendt');
    expect(lone.text()).not.toContain('Nej. Ingen leverance');
    const health = await (await fetch(new URL('/sundhed', town.publicUrl))).json();
    expect(health).toMatchObject({
      digitalPostCertificate: 'ended',
      digitalPostCertificateDaysLeft: expect.any(Number),
    });
    await until(
      'it stands in the log',
      () => readFile(join(town.folder, 'program.log'), 'utf8'),
      (log) => log.includes('The certificate for Digital Post has ended. Renew it.'),
    );
  });

  it('the pages tell it also where they may not read the certificate: the worker wrote it down', async () => {
    const pages = await Carrier.start(
      { ...town.settings, DIGITAL_POST_CERTIFICATE_FILE: '/nowhere' },
      town.authorityId,
    );
    const watch = pages.app.get(CertificateWatch);
    const words = await pages.within((entities) => watch.inWords(entities)).finally(() => pages.stop());
    expect(words).toMatch(/^Certifikatet til Digital Post er udløbet/);
    expect(watch.state()).toBe('unknown');
  });

  it('nothing is sent and nothing lost: staff are told, and after the renewal it goes once by itself', async () => {
    const cpr = testCpr(7000);
    const { id } = await requests.signed({ cpr });
    const { attention } = await until(
      'staff are told',
      () => carrier.request(id),
      (request) => request.attention !== null,
    );
    expect(attention).toMatch(/^Certifikatet til Digital Post er udløbet\. Intet er sendt/);
    expect(await boxOf(cpr)).toEqual([]);
    await copyFile(town.digitalPost.keyFile, certificate.DIGITAL_POST_KEY_FILE);
    await copyFile(town.digitalPost.certificateFile, certificate.DIGITAL_POST_CERTIFICATE_FILE);
    expect(await carrier.waitFor(id, ['submitted'])).toMatchObject({ attention: null });
    expect(await boxOf(cpr)).toHaveLength(1);
    const lone = new Browser(town.publicUrl);
    await lone.logIn('/medarbejder', 'lone');
    expect(lone.text()).not.toContain('Certifikatet');
  });
});

describe('a receipt that is brought', () => {
  it('delivers, is kept as it came, and does no more when it comes again or late', async () => {
    const { id, messageUuid } = await submitted(testCpr(7001));
    expect(await bring(receipt(messageUuid, 'COMPLETED'))).toBe(200);
    expect((await carrier.request(id)).state).toBe('delivered');
    expect(await bring(receipt(messageUuid, 'COMPLETED'))).toBe(200);
    expect(await bring(receipt(messageUuid, 'RECEIVED'))).toBe(200);
    expect((await deliveryOf(id)).state).toBe('delivered');
    const kept = await stored(messageUuid);
    expect(kept.map(({ status, cameBy }) => [status, cameBy]).sort()).toEqual([
      ['COMPLETED', 'push'],
      ['RECEIVED', 'push'],
    ]);
    expect(JSON.parse(kept[0].raw)).toMatchObject({ messageUUID: messageUuid });
  });

  it.each([
    ['COMPLETED', 'INVALID', 7002],
    ['INVALID', 'COMPLETED', 7005],
  ])(
    'that says the contrary of another one leaves it delivered, and somebody is told (%s, %s)',
    async (first, then, person) => {
      const { id, messageUuid } = await submitted(testCpr(person));
      await bring(receipt(messageUuid, first));
      expect(await bring(receipt(messageUuid, then))).toBe(200);
      const request = await carrier.request(id);
      expect(request.state).toBe('delivered');
      expect(request.attention).toContain('både kvitteret for, at svaret er afleveret, og meldt en fejl');
    },
  );

  it('is refused from a certificate that is not on the list, and the log says so', async () => {
    const { id, messageUuid } = await submitted(testCpr(7003));
    expect(await bring(receipt(messageUuid, 'COMPLETED'), undefined, otherPort)).toBe(403);
    expect((await carrier.request(id)).state).toBe('submitted');
    expect(await stored(messageUuid)).toEqual([]);
    const entries = await carrier.within((entities) => entities.findBy(AuditEntry, { action: 'receipt.refused' }));
    expect(entries.map(({ details }) => details.certificate)).toEqual([fingerprintOf(post.client.cert)]);
  });

  it('for a message that nobody sent is kept with no delivery', async () => {
    expect(await bring(receipt(STRANGE_UUID, 'COMPLETED'))).toBe(200);
    expect(await stored(STRANGE_UUID)).toMatchObject([{ deliveryId: null, messageId: null, cameBy: 'push' }]);
  });

  it.each([
    ['no receipt', 'hej', '/kvitteringer/ngdp', 400],
    ['nothing at this address', receipt(STRANGE_UUID, 'COMPLETED'), '/andet', 404],
  ])('is answered for what it is: %s', async (_what, body, path, status) => {
    expect(await bring(body, path)).toBe(status);
  });
});

if (!missingProgram('prlimit', 'a message that the disk has no room for')) {
  describe('a message that the disk has no room for', () => {
    const mostBytes = (bytes: string) => {
      const { status } = spawnSync('prlimit', ['--pid', String(worker.pid), `--fsize=${bytes}:`]);
      expect(status).toBe(0);
    };

    it('is not sent, staff are told why, and it goes by itself when there is room again', async () => {
      const cpr = testCpr(7004);
      mostBytes('1000');
      const { id } = await requests.signed({ cpr });
      const waiting = await until(
        'staff are told',
        () => carrier.request(id),
        ({ attention }) => attention !== null,
      );
      expect(waiting.attention).toMatch(/^Beskeden kunne ikke gemmes: .*Intet er sendt/);
      expect(waiting.state).toBe('signed');
      expect((await carrier.messagesOf(id)).map(({ state, attempts }) => [state, attempts])).toEqual([['planned', 0]]);
      expect(await boxOf(cpr)).toEqual([]);
      mostBytes('unlimited');
      expect(await carrier.waitFor(id, ['submitted'])).toMatchObject({ attention: null });
    });
  });
}
