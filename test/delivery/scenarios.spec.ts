import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { DeliveryMessage } from '../../src/delivery/delivery-message.entity';
import { Delivery } from '../../src/delivery/delivery.entity';
import { Receipt } from '../../src/delivery/receipt.entity';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import type { Town } from '../../src/sandbox/demo/town';
import type { Scenario } from '../../src/sandbox/digital-post';
import { ApprovableRequests, testCpr, type WishedFile } from '../support/approvable-request';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

const TWELVE: WishedFile[] = [
  { kind: 'letter', name: 'afgoerelse.pdf' },
  ...Array.from({ length: 11 }, (_, index) => ({ kind: 'package' as const, name: `aktindsigt-${index + 1}.pdf` })),
];
/** A connection that is silent for so long counts as lost; a worker asks for receipts meanwhile. */
const SILENT_MS = 1500;

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
] as const;

interface Case {
  id: string;
  cpr: string;
}

/** Everything that can go wrong on the way to Digital Post, each with a citizen of its own, all at the same time. */
describe('a delivery', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let requests: ApprovableRequests;
  let count = 0;
  /** All under way at the same time, since most must be sent a second time. */
  const arriving = new Map<string, Case>();

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    requests = await ApprovableRequests.for(carrier, town.authorityId);
    const settings = { DIGITAL_POST_IDLE_MS: String(SILENT_MS), CLOCK_TICK_MS: '300' };
    await Promise.all([town.run('worker', settings), town.run('worker', settings)]);
    for (const kind of ARRIVE) arriving.set(kind, await sent({ kind }));
  });
  afterAll(async () => {
    await place?.stop();
  });

  async function sent(scenario?: Omit<Scenario, 'recipientCpr'>, files?: WishedFile[]): Promise<Case> {
    const cpr = testCpr((count += 1));
    if (scenario) await town.digitalPost.control.scenario({ ...scenario, recipientCpr: cpr });
    const { id } = await requests.signed({ cpr, files });
    return { id, cpr };
  }

  const deliveryOf = (id: string) =>
    carrier.within((entities) => entities.findOneByOrFail(Delivery, { requestId: id }));
  const settled = (id: string, state: Delivery['state']) =>
    until(
      `the delivery is ${state}`,
      () => deliveryOf(id),
      (delivery) => delivery.state === state,
      60_000,
    );
  const receiptsOf = ({ messageUuid }: DeliveryMessage) =>
    carrier.within((entities) => entities.find(Receipt, { where: { messageUuid }, order: { storedAt: 'ASC' } }));

  /** What lies in the citizen's mailbox is what was stored before the first try, and is there once. */
  async function expectOnce({ id, cpr }: Case): Promise<void> {
    const stored = await carrier.messagesOf(id);
    const there = (await town.digitalPost.control.messages()).filter((message) => message.recipientCpr === cpr);
    expect(there.map(({ messageUUID, sha256 }) => `${messageUUID} ${sha256}`).sort()).toEqual(
      stored.map(({ messageUuid, contentSha256 }) => `${messageUuid} ${contentSha256}`).sort(),
    );
    for (const { path, sha256 } of there)
      expect(
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      ).toBe(sha256);
  }

  it.each(ARRIVE)('reaches the mailbox once after: %s', async (kind) => {
    const each = arriving.get(kind) as Case;
    await settled(each.id, 'delivered');
    await expectOnce(each);
    expect((await carrier.request(each.id)).state).toBe('delivered');
  });

  it('waits until the date that Digital Post names with 429, and uses no attempt up meanwhile', async () => {
    const at = new Date(Date.now() + 4000);
    const each = await sent({ kind: 'too-many-requests', retryAfter: at.toUTCString() });
    const waiting = await until(
      'it was asked to wait',
      () => deliveryOf(each.id),
      (one) => one.resendAfter !== null,
    );
    expect(Math.abs(Number(waiting.resendAfter) - at.getTime())).toBeLessThan(2500);
    expect((await carrier.messagesOf(each.id))[0].state).toBe('unknown');
    await settled(each.id, 'delivered');
    const [message] = await carrier.messagesOf(each.id);
    expect(message.attempts).toBe(2);
    expect(Number(message.submittedAt)).toBeGreaterThanOrEqual(Number(waiting.resendAfter) - 1);
    await expectOnce(each);
  });

  it('that is refused at the door stops, alarms staff and leaves the request open', async () => {
    const each = await sent({ kind: 'refused' });
    const { errorText } = await settled(each.id, 'failed');
    expect(errorText).toContain('memo.invalid');
    const request = await carrier.request(each.id);
    expect(request).toMatchObject({ state: 'undeliverable', closedAt: null });
    expect(request.attention).toContain('Digital Post afviste beskeden (memo.invalid)');
    expect((await carrier.messagesOf(each.id))[0].attempts).toBe(1);
  });

  it.each<Scenario['kind']>(['invalid', 'exempt-between', 'unknown-code'])(
    'that Digital Post takes in and then cannot deliver (%s) waits for an employee',
    async (kind) => {
      const each = await sent({ kind });
      await settled(each.id, 'failed');
      expect(await carrier.request(each.id)).toMatchObject({ state: 'undeliverable', closedAt: null });
      const [message] = await carrier.messagesOf(each.id);
      expect((await receiptsOf(message)).map(({ status }) => status)).toContain(
        kind === 'exempt-between' ? 'NOT_ALLOWED' : 'INVALID',
      );
    },
  );

  it('with more files than a message holds becomes numbered messages, each with the letter, all stored before the first is sent', async () => {
    const each = await sent({ kind: 'half-open' }, TWELVE);
    const first = await until(
      'one attempt was begun',
      () => carrier.messagesOf(each.id),
      (messages) => messages.some(({ attempts }) => attempts > 0),
    );
    expect(first.map(({ part, parts, contentKey }) => [part, parts, contentKey !== null])).toEqual([
      [1, 2, true],
      [2, 2, true],
    ]);
    await settled(each.id, 'delivered');
    await expectOnce(each);
    const messages = await carrier.messagesOf(each.id);
    expect(messages.map(({ fileIds }) => fileIds.length)).toEqual([10, 3]);
    expect(messages[0].fileIds[0]).toBe(messages[1].fileIds[0]);
    const there = (await town.digitalPost.control.messages()).filter(({ recipientCpr }) => recipientCpr === each.cpr);
    expect(there.map(({ label }) => label.replace(/^.*\(/, '(')).sort()).toEqual(['(1/2)', '(2/2)']);
  });

  it('whose first message is refused sends no other, and says which it was', async () => {
    const each = await sent({ kind: 'refused' }, TWELVE);
    await settled(each.id, 'failed');
    expect((await carrier.messagesOf(each.id)).map(({ state }) => state)).toEqual(['failed', 'prepared']);
    expect((await carrier.request(each.id)).attention).toContain('Det er besked 1 af 2; ingen af dem er afleveret.');
  });

  it('is delivered only when the last of its messages is', async () => {
    const each = await sent({ kind: 'no-receipt' }, TWELVE);
    const done = await until(
      'one of two is delivered',
      () => carrier.messagesOf(each.id),
      (messages) => messages.some(({ state }) => state === 'delivered'),
    );
    expect(done.map(({ state }) => state).sort()).toEqual(['delivered', 'submitted']);
    expect((await carrier.request(each.id)).state).toBe('submitted');
  });

  it('to a closed mailbox goes nowhere before somebody has found out why it is closed', async () => {
    const cpr = testCpr((count += 1));
    await town.digitalPost.control.contact(cpr, 'CLOSED');
    const { id } = await requests.signed({ cpr });
    await settled(id, 'held');
    expect(await carrier.request(id)).toMatchObject({ state: 'undeliverable', closedAt: null });
    expect((await carrier.request(id)).attention).toContain('Postkassen i Digital Post er lukket');
    expect(await carrier.messagesOf(id)).toEqual([]);
  });

  it('without a receipt in time alarms staff, and is not sent again', async () => {
    const each = await sent({ kind: 'no-receipt' });
    await settled(each.id, 'submitted');
    await carrier.within((entities) =>
      entities.update(Delivery, { requestId: each.id }, { receiptDueAt: new Date(Date.now() - 1000) }),
    );
    const { attention } = await until(
      'staff are told',
      () => carrier.request(each.id),
      (request) => request.attention !== null,
    );
    expect(attention).toContain('Digital Post har ikke kvitteret for svaret inden for den ventede tid.');
    expect((await carrier.messagesOf(each.id))[0]).toMatchObject({ attempts: 1, state: 'submitted' });
  });

  it('to one who is exempt goes to nobody by this road, which carries no paper, and waits for an employee', async () => {
    const cpr = testCpr((count += 1));
    await town.digitalPost.control.contact(cpr, 'EXEMPT');
    const { id } = await requests.signed({ cpr });
    expect((await settled(id, 'not_registered')).registration).toBe('exempt');
    expect(await carrier.request(id)).toMatchObject({ state: 'undeliverable', closedAt: null });
    expect(await carrier.messagesOf(id)).toEqual([]);
  });

  it('keeps a receipt for a message that nobody sent, with no delivery', async () => {
    const each = await sent({ kind: 'unknown-receipt' });
    await settled(each.id, 'delivered');
    const [stray] = await until(
      'the receipt is stored',
      () => carrier.within((entities) => entities.query(`select * from receipt where delivery_id is null`)),
      (rows: { message_uuid: string }[]) => rows.length > 0,
    );
    expect(stray).toMatchObject({ status: 'COMPLETED', message_id: null, came_by: 'pull' });
    const entries = await carrier.within((entities) =>
      entities.findBy(AuditEntry, { action: 'receipt.unknown-message' }),
    );
    expect(entries.map(({ details }) => details.messageUuid)).toEqual([stray.message_uuid]);
    expect(await town.digitalPost.control.waitingReceipts()).toBe(0);
  });
});
