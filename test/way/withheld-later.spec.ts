import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module';
import { CloseReview } from '../../src/decisions/close-review';
import { DecisionContents } from '../../src/decisions/decision-content';
import { Decision } from '../../src/decisions/decision.entity';
import { LetterWriter } from '../../src/decisions/letter-writer';
import { DocumentRow } from '../../src/gathering/document.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { loadSettings } from '../../src/platform/settings';
import { DocumentReview } from '../../src/redaction/document-review';
import { Redaction } from '../../src/redaction/redaction.entity';
import { Review } from '../../src/redaction/review';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { WorkerModule } from '../../src/worker.module';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

describe('passages of a document that was withheld after they were decided', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let caseworker: Staff;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    caseworker = await carrier.staff('mette', ['sagsbehandler']);
    await town.run('worker');
  });
  afterAll(async () => {
    await place?.stop();
  });

  it('count in neither the facts, the letter nor the words that a review needs before it is closed', async () => {
    const { id } = await carrier.ask(CLARA);
    await carrier.waitFor(id, ['review']);
    const decided = await carrier.within(async (entities) => {
      await carrier.app.get(Review).followProposals(entities, id, caseworker.id);
      const removed = await entities.findBy(Redaction, { requestId: id, decision: 'remove' });
      const documents = await entities.findBy(DocumentRow, { requestId: id });
      for (const document of documents)
        await carrier.app
          .get(DocumentReview)
          .withhold(entities, id, document.id, caseworker.id, 'FVL-15B-5', 'Andres private forhold vejer tungest.');
      return { removed: removed.length, documents: documents.length };
    });
    expect(decided.removed).toBeGreaterThan(0);
    await carrier.within((entities) => carrier.app.get(CloseReview).close(entities, id, caseworker.id, {}));
    await carrier.waitFor(id, ['ready']);
    const app = await NestFactory.createApplicationContext(
      AppModule.with(loadSettings(town.settings), [WorkerModule]),
      { logger: ['error'] },
    );
    try {
      const decision = await carrier.within((entities) => entities.findOneByOrFail(Decision, { requestId: id }));
      expect(decision.facts).toMatchObject({ redactions: 0, pages: 0, documents: { withheld: decided.documents } });
      const letter = app.get(LetterWriter).write(await app.get(DecisionContents).of(decision));
      expect(letter.markExample).toBeUndefined();
      expect(letter.grounds).toMatchObject([
        {
          information: 'Oplysninger om andre personers forhold.',
          consideration: 'At andres private forhold vejer tungest.',
        },
      ]);
    } finally {
      await app.close();
    }
  });
});
