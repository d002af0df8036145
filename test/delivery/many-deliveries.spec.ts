import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { verifyChain } from '../../src/platform/audit-log/verify-chain';
import { KeyFile } from '../../src/platform/keys/key-file';
import type { Program } from '../../src/sandbox/demo/program';
import type { Town } from '../../src/sandbox/demo/town';
import type { ScenarioKind, StoredMessage } from '../../src/sandbox/digital-post';
import { testCpr } from '../support/approvable-request';
import type { Carrier } from '../support/carry-request';
import { messagesOfDelivery, queueDeliveries } from '../support/delivery-rows';
import { Random } from '../leaks/random';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

const DELIVERIES = Number(process.env['DELIVERIES'] ?? 1000);
const KILLS = 6;
const LIMIT_MS = 1_800_000;
/** What befalls a delivery; half of them nothing. */
const FAULTS: ScenarioKind[] = [
  'broken-after-acceptance',
  'server-error',
  'unavailable',
  'too-many-requests',
  'html',
  'duplicate-receipt',
  'disorder',
  'unknown-receipt',
  'refused',
  'invalid',
  'exempt-between',
];
/** After these a message does not arrive, and an employee is told. */
const FATAL: ScenarioKind[] = ['refused', 'invalid', 'exempt-between'];

interface Row {
  number: string;
  request: string;
  delivery: string;
  attention: string | null;
  part: number;
  parts: number;
  message: string;
  uuid: string;
  sha256: string;
  attempts: number;
}

describe(`${DELIVERIES} deliveries with faults drawn at random, two workers at once, killed again and again`, () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  const fault = new Map<number, ScenarioKind>();
  let rows: Row[];
  let mailboxes: Map<string, StoredMessage[]>;

  beforeAll(async () => {
    place = await TestTown.start({
      settings: { QUEUE_LOCK_MS: '2000', CLOCK_TICK_MS: '1500', DIGITAL_POST_IDLE_MS: '5000' },
    });
    ({ town, carrier } = place);
    await drawFaults();
    const reviewer = await carrier.staff('mette', ['sagsbehandler']);
    const approver = await carrier.staff('jens', ['godkender']);
    const cprs = Array.from({ length: DELIVERIES }, (_, index) => testCpr(index));
    await queueDeliveries(
      { carrier, authorityId: town.authorityId, reviewerId: reviewer.id, approverId: approver.id },
      cprs,
    );
    await workAndKill();
    rows = await state();
    mailboxes = new Map();
    for (const message of await town.digitalPost.control.messages())
      mailboxes.set(message.recipientCpr, [...(mailboxes.get(message.recipientCpr) ?? []), message]);
  }, LIMIT_MS);
  afterAll(async () => {
    await place?.stop();
  });

  async function drawFaults(): Promise<void> {
    const random = new Random(20_261_122);
    for (let index = 0; index < DELIVERIES; index += 1) {
      const kind = FAULTS[Math.floor(random.next() * FAULTS.length * 2)];
      if (!kind) continue;
      fault.set(index, kind);
      await town.digitalPost.control.scenario({ kind, recipientCpr: testCpr(index), retryAfter: '1' });
    }
  }

  /** Each time a share of the rest is done, one of the two dies in the middle of what it does, and another takes its place. */
  async function workAndKill(): Promise<void> {
    const start = () => town.run('worker');
    const workers: Program[] = await Promise.all([start(), start()]);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const share = (DELIVERIES * kill) / (KILLS + 2);
      await until('a share is under way', begun, (count) => count >= share, LIMIT_MS);
      await workers[kill % 2].stop('SIGKILL');
      workers[kill % 2] = await start();
    }
    await until('nothing is under way', open, (count) => count === 0, LIMIT_MS);
  }

  const count = (query: string) => async (): Promise<number> => {
    const [{ found }]: { found: number }[] = await carrier.within((entities) => entities.query(query));
    return found;
  };
  const begun = count('select count(distinct delivery_id)::int as found from delivery_message where attempts > 0');
  const open = count(`select count(*)::int as found from delivery where state not in ('delivered', 'failed')`);

  function state(): Promise<Row[]> {
    return carrier.within((entities) =>
      entities.query(
        `select r.number, r.state as request, v.state as delivery, r.attention, m.part, m.parts, m.state as message,
           m.message_uuid as uuid, m.content_sha256 as sha256, m.attempts
         from delivery v join request r on r.id = v.request_id join delivery_message m on m.delivery_id = v.id
         order by r.number, m.part`,
      ),
    );
  }

  const indexOf = ({ number }: Row) => Number(number.slice(5)) - 800_000;
  /** One that is refused only when it comes again is not refused: the first attempt, which died, may have been taken in. */
  const isFatal = (row: Row) => {
    const kind = fault.get(indexOf(row)) as ScenarioKind;
    const first = rows.find(({ number, part }) => number === row.number && part === 1) as Row;
    return FATAL.includes(kind) && !(kind === 'refused' && first.attempts > 1);
  };

  it('plans every message once', () => {
    const planned = Array.from({ length: DELIVERIES }, (_, index) => messagesOfDelivery(index));
    expect(rows).toHaveLength(planned.reduce((sum, each) => sum + each, 0));
    expect(new Set(rows.map(({ uuid }) => uuid)).size).toBe(rows.length);
    expect(rows.every(({ parts, number }) => parts === messagesOfDelivery(Number(number.slice(5)) - 800_000))).toBe(
      true,
    );
  });

  it('brings each citizen exactly one message per part, with the bytes that were stored', async () => {
    const wrong: string[] = [];
    for (const row of rows) {
      const there = (mailboxes.get(testCpr(indexOf(row))) ?? []).filter(({ messageUUID }) => messageUUID === row.uuid);
      const [message] = there;
      // Refused at the door, or after a message that was: it is nowhere.
      const isThere = row.message !== 'prepared' && !(row.message === 'failed' && there.length === 0);
      if (there.length !== (isThere ? 1 : 0)) wrong.push(`${row.number}/${row.part}: ${there.length} messages`);
      if (!message) continue;
      const sha256 = createHash('sha256')
        .update(await readFile(message.path))
        .digest('hex');
      if (sha256 !== row.sha256) wrong.push(`${row.number}/${row.part}: other bytes`);
    }
    expect(wrong).toEqual([]);
    // Nothing is in a mailbox that is not one of these messages.
    const known = new Set(rows.map(({ uuid }) => uuid));
    expect([...mailboxes.values()].flat().filter(({ messageUUID }) => !known.has(messageUUID))).toEqual([]);
  });

  it('ends in the right state: delivered, or failed with a request that stays open and an employee who is told', () => {
    const wrong = rows.filter((row) =>
      isFatal(row)
        ? row.delivery !== 'failed' || row.request !== 'undeliverable' || !row.attention
        : row.delivery !== 'delivered' || row.request !== 'delivered' || row.message !== 'delivered',
    );
    expect(wrong.map((row) => ({ ...row, fault: fault.get(indexOf(row)) }))).toEqual([]);
    expect(rows.filter(isFatal).length).toBeGreaterThan(0);
  });

  it('had to send many more than once', () => {
    expect(rows.filter(({ attempts }) => attempts > 1).length).toBeGreaterThan(DELIVERIES / 10);
  });

  it('leaves the audit log whole', async () => {
    const { key } = await KeyFile.open(town.settings['AUDIT_KEY_FILE']);
    const verdict = await carrier.within((entities) => verifyChain(entities, town.authorityId, key));
    expect(verdict.isWhole).toBe(true);
  });
});
