import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeliveryMessage } from '../../src/delivery/delivery-message.entity';
import { Delivery } from '../../src/delivery/delivery.entity';
import { HandOver } from '../../src/delivery/hand-over';
import { ReceiptDoor } from '../../src/delivery/receipt-door';
import { Receipt } from '../../src/delivery/receipt.entity';
import { Sources } from '../../src/gathering/sources';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { sandboxCertificates } from '../../src/sandbox/certificates';
import type { Town } from '../../src/sandbox/demo/town';
import type { Scenario, ScenarioKind } from '../../src/sandbox/digital-post';
import { PersonRegisterStandIn } from '../../src/sandbox/person-register/person-register-stand-in';
import { ApprovableRequests, testCpr, type WishedFile } from '../support/approvable-request';
import { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

const SILENT_MS = 1500;
const DAY_MS = 86_400_000;
/** Renewed five minutes before its end: a token serves one second. */
const TOKEN_SECONDS = 301;
const ARRIVE = [
  'timeout-after-acceptance',
  'broken-after-acceptance',
  'half-open',
  'unavailable',
  'server-error',
  'html',
  'duplicate-receipt',
  'disorder',
  'receipt-first',
  'no-transmission-id',
  'token-withdrawn',
] as const;
/** More than the print service takes. */
const LARGE: WishedFile[] = [
  { kind: 'letter', name: 'afgoerelse.pdf' },
  { kind: 'package', name: 'aktindsigt.pdf', size: 8 * 1024 * 1024 },
];

interface Case {
  id: string;
  cpr: string;
}

/** The same machine by KOMBIT's road: tokens, letters, receipts that Beskedfordeler brings to the door. Two workers at once. */
describe('a delivery by SF1601', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let requests: ApprovableRequests;
  let register: PersonRegisterStandIn;
  let door: Carrier;
  let waiting: Case;
  let toldOfCertificate: string;
  const arriving = new Map<string, Case>();
  let count = 3000;

  beforeAll(async () => {
    place = await TestTown.start({ tokenSeconds: TOKEN_SECONDS });
    ({ town, carrier } = place);
    requests = await ApprovableRequests.for(carrier, town.authorityId);
    register = await new PersonRegisterStandIn([]).start();
    await connectRegister();
    const certificates = await endedCertificate();
    const road = { ...roadSettings(), ...certificates };
    door = await Carrier.start({ ...town.settings, ...road, ...(await doorSettings()) }, town.authorityId);
    const port = await door.app.get(ReceiptDoor).open();
    await town.digitalPost.control.pushTo({ sf1601: `https://127.0.0.1:${port}/kvitteringer/beskedfordeler` });
    const pace = { DIGITAL_POST_IDLE_MS: String(SILENT_MS), CLOCK_TICK_MS: '300' };
    await Promise.all([town.run('worker', { ...road, ...pace }), town.run('worker', { ...road, ...pace })]);
    waiting = await sent();
    toldOfCertificate = (await told(waiting.id)) as string;
    await renew(certificates);
    for (const kind of ARRIVE) arriving.set(kind, await sent({ kind }));
  });
  afterAll(async () => {
    await door?.stop();
    await place?.stop();
    await register?.stop();
  });

  function connectRegister(): Promise<void> {
    return carrier.within((entities) =>
      carrier.app.get(Sources).save(entities, town.authorityId, {
        key: 'cpr',
        kind: 'person-register',
        name: 'CPR',
        owner: 'Borgerservice',
        settings: register.settings(),
        enabled: true,
      }),
    );
  }
  function roadSettings() {
    const { serviceUrl, tokenUrl, cvr } = town.digitalPost;
    return {
      DIGITAL_POST_ROUTE: 'sf1601',
      DIGITAL_POST_URL: serviceUrl,
      SF1601_TOKEN_URL: tokenUrl,
      SF1601_CVR: cvr,
      LETTER_SHIPMENT_TYPE: '4711',
    };
  }
  /** Where the operator keeps it; it ended ten days ago. */
  async function endedCertificate() {
    const own = join(town.folder, 'own');
    await mkdir(own);
    const from = new Date(Date.now() - 740 * DAY_MS);
    const { client } = await sandboxCertificates(join(town.folder, 'ended'), { from, cvr: town.digitalPost.cvr });
    const files = {
      DIGITAL_POST_CERTIFICATE_FILE: join(own, 'certificate.pem'),
      DIGITAL_POST_KEY_FILE: join(own, 'key.pem'),
    };
    await writeFile(files.DIGITAL_POST_CERTIFICATE_FILE, client.cert);
    await writeFile(files.DIGITAL_POST_KEY_FILE, client.key, { mode: 0o600 });
    return files;
  }
  async function renew(files: Awaited<ReturnType<typeof endedCertificate>>): Promise<void> {
    await copyFile(town.digitalPost.keyFile, files.DIGITAL_POST_KEY_FILE);
    await copyFile(town.digitalPost.certificateFile, files.DIGITAL_POST_CERTIFICATE_FILE);
  }
  async function doorSettings(): Promise<Record<string, string>> {
    const { server, ca } = await sandboxCertificates(join(town.folder, 'certificates'));
    const file = async (name: string, text: string) => {
      await writeFile(join(town.folder, name), text, { mode: 0o600 });
      return join(town.folder, name);
    };
    return {
      RECEIPTS_PORT: '0',
      RECEIPTS_CERTIFICATE_FILE: await file('door.pem', server.cert),
      RECEIPTS_KEY_FILE: await file('door-key.pem', server.key),
      RECEIPTS_CA_FILE: await file('door-ca.pem', ca),
      RECEIPTS_SENDERS: town.digitalPost.pushFingerprint,
    };
  }

  function citizen(facts: Parameters<PersonRegisterStandIn['change']>[1] = {}): string {
    const cpr = testCpr((count += 1));
    register.add({ name: 'Test Person', cpr, ...facts });
    return cpr;
  }
  async function sent(scenario?: Omit<Scenario, 'recipientCpr'>, cpr = citizen(), files?: WishedFile[]): Promise<Case> {
    if (scenario) await town.digitalPost.control.scenario({ ...scenario, recipientCpr: cpr });
    const { id } = await requests.signed({ cpr, files });
    return { id, cpr };
  }
  /** To somebody who is exempt: it goes on paper. */
  async function onPaper(kind?: ScenarioKind): Promise<Case> {
    if (kind) await town.digitalPost.control.scenario({ kind, recipientCpr: '' });
    const cpr = citizen();
    await town.digitalPost.control.contact(cpr, 'EXEMPT');
    return sent(undefined, cpr);
  }
  const told = async (id: string) =>
    (
      await until(
        'staff are told',
        () => carrier.request(id),
        ({ attention }) => attention !== null,
      )
    ).attention;
  const deliveryOf = (id: string) =>
    carrier.within((entities) => entities.findOneByOrFail(Delivery, { requestId: id }));
  const settled = (id: string, state: Delivery['state']) =>
    until(
      `the delivery is ${state}`,
      () => deliveryOf(id),
      (delivery) => delivery.state === state,
    );
  const allOf = (id: string) =>
    carrier.within(async (entities) => {
      const { id: deliveryId } = await entities.findOneByOrFail(Delivery, { requestId: id });
      return entities.find(DeliveryMessage, { where: { deliveryId }, order: { channel: 'ASC' } });
    });
  const receiptsOf = ({ messageUuid }: DeliveryMessage) =>
    carrier.within((entities) => entities.find(Receipt, { where: { messageUuid }, order: { storedAt: 'ASC' } }));

  /** What came in is what was stored before the first try, and is there once. */
  async function expectOnce(id: string): Promise<void> {
    const stored = await allOf(id);
    const there = (await town.digitalPost.control.messages()).filter(({ messageUUID }) =>
      stored.some(({ messageUuid }) => messageUuid === messageUUID),
    );
    expect(there.map(({ messageUUID, sha256 }) => `${messageUUID} ${sha256}`).sort()).toEqual(
      stored.map(({ messageUuid, contentSha256 }) => `${messageUuid} ${contentSha256}`).sort(),
    );
    for (const { path, sha256 } of there) expect(sha256Of(await readFile(path))).toBe(sha256);
  }

  it('is not sent with a certificate that has ended; staff are told, and after the renewal it goes once by itself', async () => {
    expect(toldOfCertificate).toMatch(/^Certifikatet til Digital Post er udløbet\. Intet er sendt/);
    await settled(waiting.id, 'delivered');
    expect(await carrier.request(waiting.id)).toMatchObject({ state: 'delivered', attention: null });
    await expectOnce(waiting.id);
  });

  it.each(ARRIVE)('reaches the mailbox once after: %s', async (kind) => {
    const { id } = arriving.get(kind) as Case;
    await settled(id, 'delivered');
    await expectOnce(id);
    const [message] = await allOf(id);
    expect((await receiptsOf(message)).map(({ cameBy }) => cameBy)).toContain('push');
    if (kind === 'no-transmission-id') expect(message.transmissionId).toBeNull();
  });

  it('goes on with new tokens when the old ones end', async () => {
    // Two services and two workers need four; all deliveries before took longer than a token lives.
    expect((await town.digitalPost.control.tokens()).access).toBeGreaterThan(4);
  });

  it('waits until the date that 429 names', async () => {
    const at = new Date(Date.now() + 3000);
    const { id } = await sent({ kind: 'too-many-requests', retryAfter: at.toUTCString() });
    const { resendAfter } = await until(
      'it was asked to wait',
      () => deliveryOf(id),
      (one) => one.resendAfter !== null,
    );
    await settled(id, 'delivered');
    const [message] = await allOf(id);
    expect(message.attempts).toBe(2);
    expect(Number(message.submittedAt)).toBeGreaterThanOrEqual(Number(resendAfter) - 1);
    await expectOnce(id);
  });

  it.each<ScenarioKind>(['refused', 'result-false'])(
    'that is refused at the door (%s) stops and alarms',
    async (kind) => {
      const { id } = await sent({ kind });
      await settled(id, 'failed');
      expect(await carrier.request(id)).toMatchObject({ state: 'undeliverable', closedAt: null });
      expect((await carrier.request(id)).attention).toContain('Digital Post afviste beskeden (memo.invalid)');
      expect((await allOf(id))[0]).toMatchObject({ attempts: 1, state: 'failed' });
    },
  );

  it.each<[ScenarioKind, string]>([
    ['invalid', 'INVALID'],
    ['unknown-code', 'FAILED'],
  ])('that is taken in and then not delivered (%s) waits for an employee', async (kind, status) => {
    const { id } = await sent({ kind });
    await settled(id, 'failed');
    expect(await carrier.request(id)).toMatchObject({ state: 'undeliverable', closedAt: null });
    const [message] = await allOf(id);
    expect((await receiptsOf(message)).map((receipt) => receipt.status)).toContain(status);
  });

  it('is not believed to be there by a receipt that somebody else forged', async () => {
    const { id } = await sent({ kind: 'forged-receipt' });
    const [refused] = await until(
      'it stands in the log',
      () => carrier.within((entities) => entities.findBy(AuditEntry, { action: 'receipt.refused' })),
      (entries) => entries.length > 0,
    );
    expect(refused.reason).toBe('A receipt was brought by a system that is not known.');
    await settled(id, 'submitted');
    expect(await receiptsOf((await allOf(id))[0])).toEqual([]);
  });

  it('keeps a receipt for a message that nobody sent, with no delivery', async () => {
    await settled((await sent({ kind: 'unknown-receipt' })).id, 'delivered');
    const strays = await until(
      'the receipt is stored',
      () =>
        carrier.within((entities) => entities.query('select came_by, status from receipt where delivery_id is null')),
      (rows: object[]) => rows.length > 0,
    );
    expect(strays).toEqual([{ came_by: 'push', status: 'COMPLETED' }]);
  });

  it('without a receipt in time alarms staff, and is not sent again', async () => {
    const { id } = await sent({ kind: 'no-receipt' });
    await settled(id, 'submitted');
    await carrier.within((entities) =>
      entities.update(Delivery, { requestId: id }, { receiptDueAt: new Date(Date.now() - 1000) }),
    );
    expect(await told(id)).toBe(
      'Digital Post har ikke kvitteret for svaret inden for den ventede tid. Undersøg beskeden; send den ikke igen.',
    );
    expect((await allOf(id))[0].attempts).toBe(1);
  });

  describe('to one who is exempt', () => {
    it('becomes a letter, accepted without a TransmissionID and delivered when the postal operator took it', async () => {
      const { id } = await onPaper();
      await settled(id, 'delivered');
      const messages = await allOf(id);
      expect(messages).toMatchObject([{ channel: 'letter', state: 'delivered', transmissionId: null }]);
      await expectOnce(id);
      const xml = (await carrier.memoOf(messages[0])).toString('utf8');
      expect(xml).toContain('<k5:StreetName>Kirkevej</k5:StreetName>');
      expect(xml).toContain('<a:CPRnummerIdentifikator>0000000000</a:CPRnummerIdentifikator>');
    });

    it('becomes a letter also when that changed between look-up and sending: the message is not sent again', async () => {
      const { id } = await sent({ kind: 'exempt-between' });
      await settled(id, 'delivered');
      const messages = await allOf(id);
      expect(messages.map(({ channel, state }) => `${channel} ${state}`)).toEqual([
        'digital-post replaced',
        'letter delivered',
      ]);
      expect(messages.map(({ attempts }) => attempts)).toEqual([1, 1]);
      await expectOnce(id);
    });

    it('is printed once when the answer to the letter was lost', async () => {
      const { id } = await onPaper('timeout-after-acceptance');
      await settled(id, 'delivered');
      await expectOnce(id);
    });

    it('over 7 MiB is handed over by an employee, who signs for it', async () => {
      const cpr = citizen();
      await town.digitalPost.control.contact(cpr, 'EXEMPT');
      const { id } = await sent(undefined, cpr, LARGE);
      const { errorText } = await settled(id, 'not_registered');
      expect(errorText).toContain('Svaret er for stort til at blive printet og sendt som brev.');
      expect(await carrier.request(id)).toMatchObject({ state: 'undeliverable', closedAt: null });
      expect(await allOf(id)).toEqual([]);
      const statement = 'Udleveret på papir i Borgerservice mod kvittering.';
      await carrier.within((entities) =>
        carrier.app.get(HandOver).attest(entities, id, requests.approver.id, statement),
      );
      const delivery = await deliveryOf(id);
      expect(delivery).toMatchObject({ channel: 'manual', state: 'delivered', handedOverBy: requests.approver.id });
      expect(await carrier.app.get(HandOver).statementOf(delivery)).toBe(statement);
    });

    it.each<[string, Parameters<PersonRegisterStandIn['change']>[1], string]>([
      ['a protected address', { isAddressProtected: true }, 'Modtageren har adressebeskyttelse'],
      ['no address', { address: null }, 'Der er ingen adresse, som et brev kan sendes til.'],
    ])('with %s is not printed', async (_what, facts, sentence) => {
      const cpr = citizen(facts);
      await town.digitalPost.control.contact(cpr, 'EXEMPT');
      const { id } = await sent(undefined, cpr);
      expect((await settled(id, 'not_registered')).errorText).toContain(sentence);
      expect(await allOf(id)).toEqual([]);
    });

    it('that comes back after it was handed over stays delivered, and staff are told', async () => {
      const { id } = await onPaper('returned');
      await settled(id, 'delivered');
      expect(await told(id)).toContain('at det er kommet retur');
      expect((await carrier.request(id)).state).toBe('delivered');
    });

    it('that was called back before the postal operator had it waits for an employee', async () => {
      const { id } = await onPaper('recalled');
      expect((await settled(id, 'failed')).errorText).toContain('Brevet blev kaldt tilbage og er ikke sendt.');
      expect(await carrier.request(id)).toMatchObject({ state: 'undeliverable', closedAt: null });
    });
  });

  describe('to the firm of a lawyer', () => {
    const ADDRESS = { street: 'Torvet', building: '3', postCode: '8000' };
    async function toFirm(number: string, address?: typeof ADDRESS): Promise<string> {
      const id = await requests.make({ cpr: citizen() });
      await requests.receives(id, { kind: 'firm', number, name: 'Advokathuset', address });
      await requests.sign(id);
      return id;
    }

    it('lies in the mailbox of the firm', async () => {
      const id = await toFirm('55667788');
      await settled(id, 'delivered');
      const there = (await town.digitalPost.control.messages()).filter(
        ({ recipientCpr }) => recipientCpr === '55667788',
      );
      expect(there).toMatchObject([{ channel: 'digital' }]);
      await expectOnce(id);
    });

    it('that has no mailbox goes as a letter to the address of the firm', async () => {
      await town.digitalPost.control.contact('44332211', 'UNKNOWN');
      const id = await toFirm('44332211', ADDRESS);
      await settled(id, 'delivered');
      const [letter] = await allOf(id);
      const xml = (await carrier.memoOf(letter)).toString('utf8');
      expect(xml).toContain('<p:PersonName>Advokathuset</p:PersonName>');
      expect(xml).toContain('<k5:StreetName>Torvet</k5:StreetName>');
      await expectOnce(id);
    });

    it('that has neither mailbox nor address waits for an employee', async () => {
      await town.digitalPost.control.contact('44332212', 'UNKNOWN');
      const id = await toFirm('44332212');
      expect((await settled(id, 'not_registered')).errorText).toMatch(/^Firmaet, der har fuldmagt, kan ikke modtage/);
      expect((await carrier.request(id)).state).toBe('undeliverable');
    });
  });
});

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
