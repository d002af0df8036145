import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module';
import type { DigitalPostReceipt } from '../../src/contracts';
import { ClockProcessor } from '../../src/delivery/clock.processor';
import { GATEWAY, type Gateway } from '../../src/delivery/gateway';
import { JournalEntryRow } from '../../src/delivery/journal-entry.entity';
import { NoticeMailRow } from '../../src/delivery/notice-mail.entity';
import { Receipt } from '../../src/delivery/receipt.entity';
import { ReceiptsProcessor } from '../../src/delivery/receipts.processor';
import { OutboxRow } from '../../src/platform/outbox/outbox-row.entity';
import type { JobName } from '../../src/platform/queue/job-names';
import { loadSettings } from '../../src/platform/settings';
import { ProposeProcessor } from '../../src/redaction/propose.processor';
import { AccessRequest } from '../../src/requests/request.entity';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { WorkerModule } from '../../src/worker.module';
import { answeredRequest } from '../support/answered-request';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

const MINUTE_MS = 60_000;

describe('what could not be done is tried again', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let app: INestApplicationContext;
  let id: string;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    const worker = await town.run('worker');
    id = (await answeredRequest(carrier, CLARA)).id;
    await worker.stop();
    // The processors with everything they stand on; nothing is taken from the queue.
    app = await NestFactory.createApplicationContext(AppModule.with(loadSettings(town.settings), [WorkerModule]), {
      logger: ['fatal'],
    });
  });
  afterAll(async () => {
    await app?.close();
    await place?.stop();
  });

  const tick = () =>
    carrier.within((entities) =>
      app.get(ClockProcessor).mark(entities, { authorityId: town.authorityId }, { sealed: 0, rescued: 0 }),
    );
  const open = (name: JobName, subjectId: string) =>
    carrier.within(async (entities) => {
      const rows = await entities.findBy(OutboxRow, { name, subjectId });
      return rows.filter((row) => row.completedAt === null).length;
    });
  const endedBefore = (name: JobName, subjectId: string, minutes: number) =>
    carrier.within((entities) =>
      entities.update(OutboxRow, { name, subjectId }, { completedAt: new Date(Date.now() - minutes * MINUTE_MS) }),
    );

  /** How many jobs stand open after the clock has ticked, and ticked twice more when the pause is over. */
  async function openAfterTicks(name: JobName, subjectId: string, pauseMinutes: number): Promise<number[]> {
    await endedBefore(name, subjectId, pauseMinutes - 1);
    await tick();
    const before = await open(name, subjectId);
    await endedBefore(name, subjectId, pauseMinutes + 1);
    await tick();
    await tick();
    return [before, await open(name, subjectId)];
  }

  it('a request whose proposals could not be made is announced again, as its caseworker is told', async () => {
    const attention = await carrier.within(async (entities) => {
      const { id: other, state } = await entities.findOneByOrFail(AccessRequest, { id });
      expect(state).toBe('delivered');
      await entities.update(AccessRequest, { id: other }, { state: 'proposing' });
      const request = await entities.findOneByOrFail(AccessRequest, { id });
      await app.get(ProposeProcessor).giveUp(entities, request, new Error('no memory'));
      return (await entities.findOneByOrFail(AccessRequest, { id })).attention;
    });
    expect(attention).toContain('Det prøves igen af sig selv');
    expect(await openAfterTicks('propose.request', id, 15)).toEqual([0, 1]);
    await carrier.within((entities) => entities.update(AccessRequest, { id }, { state: 'delivered', attention: null }));
    await endedBefore('propose.request', id, 60);
    await tick();
    expect(await open('propose.request', id)).toBe(0);
  });

  it('an entry that the journal did not take is announced again after an hour, and never one that it took', async () => {
    const [entry, taken] = await carrier.within(async (entities) => {
      const rows = await entities.find(JournalEntryRow, { where: { requestId: id }, order: { kind: 'ASC' } });
      await entities.update(JournalEntryRow, { requestId: id }, { state: 'journalised' });
      await entities.update(JournalEntryRow, { id: rows[0].id }, { state: 'failed', errorText: 'closed' });
      return rows;
    });
    await endedBefore('journal.entry', taken.id, 120);
    expect(await openAfterTicks('journal.entry', entry.id, 60)).toEqual([0, 1]);
    expect(await open('journal.entry', taken.id)).toBe(0);
    const now = await carrier.within((entities) => entities.findOneByOrFail(JournalEntryRow, { id: entry.id }));
    expect({ state: now.state, errorText: now.errorText }).toEqual({ state: 'pending', errorText: 'closed' });
  });

  it('a notice that waits without a job is announced again, and never one that was sent', async () => {
    const notice = await carrier.within((entities) =>
      entities.save(
        entities.create(NoticeMailRow, {
          authorityId: town.authorityId,
          requestId: id,
          kind: 'received' as const,
          messageId: `<${randomUUID()}@aktindsigt>`,
          state: 'pending' as const,
        }),
      ),
    );
    await tick();
    expect(await open('deliver.notice', notice.id)).toBe(1);
    expect(await openAfterTicks('deliver.notice', notice.id, 15)).toEqual([0, 1]);
    await endedBefore('deliver.notice', notice.id, 60);
    await carrier.within((entities) => entities.update(NoticeMailRow, { id: notice.id }, { state: 'sent' }));
    await tick();
    expect(await open('deliver.notice', notice.id)).toBe(0);
  });

  it('a receipt that cannot be stored does not stop those after it, and stays with Digital Post', async () => {
    const [{ messageUuid }] = await carrier.messagesOf(id);
    const receipt = (receiptId: string, raw: string): DigitalPostReceipt => ({
      receiptId,
      messageUUID: messageUuid,
      status: 'RECEIVED',
      at: new Date().toISOString(),
      raw,
    });
    const confirmed: string[] = [];
    const gateway = app.get<Gateway>(GATEWAY);
    const processor = app.get(ReceiptsProcessor);
    // PostgreSQL takes no NUL character in a text.
    gateway.pullReceipts = async () => [receipt('holds-nul', 'a\0b'), receipt('as-it-should-be', 'ab')];
    gateway.confirmReceipt = async (receiptId) => void confirmed.push(receiptId);
    const run = processor.run(
      { authorityId: town.authorityId, isExpected: true },
      { authorityId: town.authorityId, signal: new AbortController().signal },
    );
    await expect(run).rejects.toThrow('1 of 2 receipts were not stored; 1 were.');
    expect(confirmed).toEqual(['as-it-should-be']);
    const stored = await carrier.within((entities) => entities.findBy(Receipt, { messageUuid }));
    const ids = stored.map((each) => each.receiptId);
    expect(ids).toContain('as-it-should-be');
    expect(ids).not.toContain('holds-nul');
  });
});
