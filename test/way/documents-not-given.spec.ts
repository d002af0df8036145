import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module';
import { CloseReview } from '../../src/decisions/close-review';
import { DecisionContents } from '../../src/decisions/decision-content';
import { Decision } from '../../src/decisions/decision.entity';
import { DocumentRow } from '../../src/gathering/document.entity';
import { FileRow } from '../../src/gathering/file.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { loadSettings } from '../../src/platform/settings';
import { Proposal } from '../../src/redaction/proposal.entity';
import { DocumentReview } from '../../src/redaction/document-review';
import { Review } from '../../src/redaction/review';
import { AccessRequest } from '../../src/requests/request.entity';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { WorkerModule } from '../../src/worker.module';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

describe('documents that are not given', () => {
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

  it("are decided anew when another basis is chosen for their case, and a file without an end stops the review's close", async () => {
    const { id } = await carrier.ask(CLARA);
    await carrier.waitFor(id, ['review']);
    const review = carrier.app.get(DocumentReview);
    const found = await carrier.within(async (entities) => {
      const document = await entities.findOneByOrFail(DocumentRow, { requestId: id });
      await review.withhold(
        entities,
        id,
        document.id,
        caseworker.id,
        'FVL-15B-5',
        'Andres private forhold vejer tungest.',
      );
      await review.chooseBasis(entities, id, document.recordsCaseId, 'OFL_EGENACCES', caseworker.id);
      return entities.findOneByOrFail(DocumentRow, { id: document.id });
    });
    expect(found).toMatchObject({ outcome: 'open', withheldGround: null, withheldReasonSealed: null });
    const obstacles = await carrier.within(async (entities) => {
      await entities.update(FileRow, { documentId: found.id }, { state: 'listed' });
      return carrier.app.get(CloseReview).obstacles(entities, await entities.findOneByOrFail(AccessRequest, { id }));
    });
    expect(obstacles).toContain('En fil kunne ikke åbnes. Tag stilling til dokumentet.');
  });

  it("tell nothing of another citizen's document in aktliste and letter", async () => {
    const { id } = await carrier.ask(CLARA);
    await carrier.waitFor(id, ['review']);
    const documentId = await carrier.within(async (entities) => {
      const proposal = await entities.findOneByOrFail(Proposal, { requestId: id, redact: true });
      const file = await entities.findOneByOrFail(FileRow, { id: proposal.fileId });
      await carrier.app.get(Review).followProposals(entities, id, caseworker.id, file.documentId);
      await entities.update(DocumentRow, { id: file.documentId }, { finding: 'Kan høre til en anden.' });
      return file.documentId;
    });
    await carrier.review(id, caseworker);
    await carrier.waitFor(id, ['ready']);
    const app = await NestFactory.createApplicationContext(
      AppModule.with(loadSettings(town.settings), [WorkerModule]),
      {
        logger: ['error'],
      },
    );
    try {
      const decision = await carrier.within((entities) => entities.findOneByOrFail(Decision, { requestId: id }));
      const { documents } = await app.get(DecisionContents).of(decision);
      const document = documents.find(({ row }) => row.id === documentId);
      expect(document).toMatchObject({ outcome: 'outside', title: 'Dokument, der ikke handler om dig', grounds: [] });
    } finally {
      await app.close();
    }
  });
});
