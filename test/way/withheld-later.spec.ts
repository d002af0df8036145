import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { WorkerModule } from '../../src/worker.module';
import { Carrier } from '../support/carry-request';

describe('passages of a document that was withheld after they were decided', () => {
  let folder: string;
  let town: Town;
  let carrier: Carrier;
  let caseworker: Staff;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aktindsigt-withheld-'));
    town = await Town.start({
      folder,
      adminUrl: process.env['TEST_POSTGRES_ADMIN_URL'],
      secretsFolder: process.env['TEST_POSTGRES_SECRETS'],
    });
    carrier = await Carrier.start(town.settings, town.authorityId);
    caseworker = await carrier.staff('mette', ['sagsbehandler']);
    await town.run('worker');
  });
  afterAll(async () => {
    await carrier?.stop();
    await town?.stop();
    await rm(folder, { recursive: true, force: true });
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
