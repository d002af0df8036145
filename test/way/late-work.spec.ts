import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module';
import { CloseReview } from '../../src/decisions/close-review';
import { ClockProcessor } from '../../src/delivery/clock.processor';
import { Delivery } from '../../src/delivery/delivery.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { FileRow } from '../../src/gathering/file.entity';
import { GatherProcessor } from '../../src/gathering/gather.processor';
import { SourceRun } from '../../src/gathering/source-run.entity';
import { OutboxRow } from '../../src/platform/outbox/outbox-row.entity';
import { loadSettings } from '../../src/platform/settings';
import { ApplyProcessor } from '../../src/redaction/apply.processor';
import { AccessRequest } from '../../src/requests/request.entity';
import { Requests } from '../../src/requests/requests';
import type { Town } from '../../src/sandbox/demo/town';
import type { Program } from '../../src/sandbox/demo/program';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { WorkerModule } from '../../src/worker.module';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

/** No receipt tells anything unless a test asks for it. */
const NEVER_BY_ITSELF = '600000';

describe('work that ends late', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let worker: Program;
  let caseworker: Staff;
  let approver: Staff;
  const runWorker = () => town.run('worker', { CLOCK_TICK_MS: NEVER_BY_ITSELF });

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    caseworker = await carrier.staff('mette', ['sagsbehandler']);
    approver = await carrier.staff('jens', ['godkender']);
    worker = await runWorker();
  });
  afterAll(async () => {
    await place?.stop();
  });

  it('does not call a message undelivered that may have come in, when the citizen left Digital Post after it', async () => {
    const { id } = await carrier.ask(CLARA);
    await carrier.waitFor(id, ['review']);
    await carrier.review(id, caseworker);
    await carrier.waitFor(id, ['ready']);
    await town.digitalPost.control.scenario({ kind: 'broken-after-acceptance' });
    await carrier.sign(id, approver);
    const delivery = () => carrier.within((entities) => entities.findOneByOrFail(Delivery, { requestId: id }));
    await until('the first attempt has no known end', delivery, ({ state }) => state === 'unknown');
    await town.digitalPost.control.contact(CLARA.cpr.replace('-', ''), 'EXEMPT');
    const messages = () => carrier.messagesOf(id);
    await until('the same bytes were sent again', messages, ([{ attempts }]) => attempts === 2);
    expect((await carrier.waitFor(id, ['submitted', 'undeliverable'])).state).toBe('submitted');
    expect((await town.digitalPost.control.messages()).map((each) => each.messageUUID)).toEqual([
      (await messages())[0].messageUuid,
    ]);
  });

  it('announces a message again whose attempts were used up, once', async () => {
    const app = await workerWithoutQueues();
    try {
      const tick = () =>
        carrier.within((entities) =>
          app.get(ClockProcessor).mark(entities, { authorityId: town.authorityId }, { sealed: 0, rescued: 0 }),
        );
      const [delivery] = await carrier.within((entities) => entities.find(Delivery));
      const announced = () =>
        carrier.within((entities) => entities.countBy(OutboxRow, { name: 'deliver.package', subjectId: delivery.id }));
      await carrier.within(async (entities) => {
        await entities.update(Delivery, { id: delivery.id }, { state: 'unknown' });
        await entities.update(OutboxRow, { subjectId: delivery.id }, { completedAt: new Date() });
      });
      await tick();
      expect(await announced()).toBe(1);
      await carrier.within((entities) =>
        entities.update(OutboxRow, { subjectId: delivery.id }, { completedAt: new Date(Date.now() - 16 * 60_000) }),
      );
      await tick();
      await tick();
      expect(await announced()).toBe(2);
    } finally {
      await app.close();
    }
  });

  it('gathers nothing more for a request that was withdrawn', async () => {
    const { id, personRefId } = await carrier.ask(CLARA);
    const app = await workerWithoutQueues();
    try {
      const run = await carrier.within((entities) => entities.findOneByOrFail(SourceRun, { requestId: id }));
      const load = () => carrier.within((entities) => app.get(GatherProcessor).load(entities, run.id, true));
      expect(await load()).not.toBeNull();
      await carrier.within((entities) => carrier.app.get(Requests).withdraw(entities, id, personRefId));
      expect(await load()).toBeNull();
    } finally {
      await app.close();
    }
  });

  it('does not keep a file that was redacted by the decisions of a review that was opened again', async () => {
    const { id } = await carrier.ask(CLARA);
    await carrier.waitFor(id, ['review']);
    await worker.stop();
    await carrier.review(id, caseworker);
    const app = await workerWithoutQueues();
    try {
      const processor = app.get(ApplyProcessor);
      const file = await carrier.within((entities) =>
        entities.findOneByOrFail(FileRow, { requestId: id, state: 'converted' }),
      );
      const started = await carrier.within((entities) => processor.load(entities, file.id, false));
      const applied = await processor.run(started!);
      await carrier.within((entities) => carrier.app.get(CloseReview).reopen(entities, id, caseworker.id));
      await carrier.review(id, caseworker);
      const summary = await carrier.within(async (entities) => {
        const now = await processor.load(entities, file.id, true);
        expect(processor.isExpected(now!)).toBe(true);
        return processor.mark(entities, now!, applied);
      });
      expect(summary).toBe('discarded: round 1 of the review is void');
      const [kept, request] = await carrier.within(async (entities) => [
        await entities.findOneByOrFail(FileRow, { id: file.id }),
        await entities.findOneByOrFail(AccessRequest, { id }),
      ]);
      expect({ round: request.reviewRound, redacted: kept.redactedRound }).toEqual({ round: 2, redacted: null });
    } finally {
      await app.close();
    }
  });

  /** The processors with everything they stand on; nothing is taken from the queue. */
  function workerWithoutQueues(): Promise<INestApplicationContext> {
    return NestFactory.createApplicationContext(AppModule.with(loadSettings(town.settings), [WorkerModule]), {
      logger: ['error'],
    });
  }
});
