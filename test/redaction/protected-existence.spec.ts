import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { EntityManager } from 'typeorm';
import { AppModule } from '../../src/app.module';
import { CloseReview } from '../../src/decisions/close-review';
import { DecisionContents } from '../../src/decisions/decision-content';
import type { Decision } from '../../src/decisions/decision.entity';
import { documentList } from '../../src/decisions/document-list';
import { LetterWriter } from '../../src/decisions/letter-writer';
import { RecordsCaseRow } from '../../src/gathering/records-case.entity';
import { searchStatements } from '../../src/gathering/search-statement';
import type { Staff } from '../../src/identity/staff.entity';
import { Database } from '../../src/platform/database/database';
import { KeyRing } from '../../src/platform/keys/authority-keys';
import { loadSettings } from '../../src/platform/settings';
import { DocumentReview } from '../../src/redaction/document-review';
import { ProtectedExistence } from '../../src/redaction/protected-existence';
import { Review } from '../../src/redaction/review';
import { fileRequest, type FiledCase } from '../../src/sandbox/demo/filed-request';
import type { AccessRequest } from '../../src/requests/request.entity';
import { WorkerModule } from '../../src/worker.module';
import { asSuperuser } from '../support/as-superuser';
import { TestTown } from '../support/test-town';

const REASON = 'Kontrolsag; borgeren må ikke kende den endnu.';
const ORDINARY: FiledCase = {
  requester: { name: 'Mona Fristrup', cpr: '120380-1236' },
  parties: [],
  kle: '32.30.04',
  documents: [
    { title: 'Ansøgning', direction: 'ind', pages: ['Mona Fristrup søger om sygedagpenge.'] },
    { title: 'Afgørelse', direction: 'ud', pages: ['Mona Fristrup får sygedagpenge. Læge Lone Winther er spurgt.'] },
  ],
};
const WITH_CONTROL: FiledCase = {
  ...ORDINARY,
  otherCase: {
    kle: '32.45.04',
    documents: [
      { title: 'Anmeldelse', direction: 'ind', pages: ['Gerda Overmark har set Mona Fristrup arbejde sort.'] },
      { title: 'Kontrolnotat', direction: 'intern', pages: ['Mona Fristrup observeres i uge 12.'] },
    ],
  },
};

const WITH_TIP: FiledCase = {
  ...ORDINARY,
  otherCase: {
    kle: '32.45.04',
    documents: [
      {
        title: 'Notat',
        direction: 'intern',
        pages: ['Kontrolteamet har modtaget et anonymt tip om Mona Fristrup.', 'Politiet har bedt os vente.'],
      },
    ],
  },
};
const OWN_LETTER: FiledCase = {
  ...ORDINARY,
  documents: [
    {
      title: 'Brev',
      direction: 'ind',
      pages: ['Jeg hører, at I har fået et anonymt tip om mig.\nVenlig hilsen\nMona Fristrup'],
    },
  ],
};

describe('a case whose existence is protected', () => {
  let place: TestTown;
  let app: INestApplicationContext;
  let mette: Staff;
  let without: AccessRequest;
  let withCase: AccessRequest;
  const within = <T>(work: (entities: EntityManager) => Promise<T>): Promise<T> =>
    app.get(Database).inAuthority(place.town.authorityId, work);
  const controlCase = () =>
    within((entities) => entities.findOneByOrFail(RecordsCaseRow, { requestId: withCase.id, sourceCaseId: 'anden' }));

  beforeAll(async () => {
    place = await TestTown.start();
    const settings = loadSettings(place.town.settings);
    app = await NestFactory.createApplicationContext(AppModule.with(settings, [WorkerModule]), { logger: ['error'] });
    mette = await place.carrier.staff('mette', ['sagsbehandler']);
    without = await fileRequest(app, place.town.authorityId, ORDINARY);
    withCase = await fileRequest(app, place.town.authorityId, WITH_CONTROL);
    const { id } = await controlCase();
    await within((entities) => app.get(ProtectedExistence).protect(entities, withCase.id, id, mette.id, REASON));
    for (const request of [without, withCase])
      await within((entities) => app.get(Review).followProposals(entities, request.id, mette.id));
  });
  afterAll(async () => {
    await app?.close();
    await place?.stop();
  });

  /** Everything that letter and aktliste say, as the package is made of it; the request's own number taken out. */
  async function answer(request: AccessRequest): Promise<string> {
    const keys = await app.get(KeyRing).of(place.town.authorityId);
    const considerationsSealed = keys.seal('decision.considerations', '{}');
    const { id: requestId, authorityId } = request;
    const decision = {
      requestId,
      authorityId,
      round: 1,
      reviewedBy: mette.id,
      reviewedAt: new Date('2026-11-23T10:00:00Z'),
      considerationsSealed,
    };
    const content = await app.get(DecisionContents).preview(decision as Decision);
    const said = {
      letter: app.get(LetterWriter).write(content),
      list: documentList(content),
      outcome: content.outcome,
    };
    return JSON.stringify(said).replaceAll(request.number, 'NUMMER');
  }

  it('leaves letter, aktliste, sums and numbers exactly as if it were not there', async () => {
    const answered = await answer(withCase);
    expect(answered).toBe(await answer(without));
    expect(answered).toMatch(/"number":"1".*"number":"2"/);
    expect(answered).not.toMatch(/Kontrolnotat|Gerda|32\.45/);
  });

  it('leaves the search statement as if the source had never listed it', async () => {
    const statement = (id: string) => within((entities) => searchStatements(entities, id));
    expect(await statement(withCase.id)).toEqual(await statement(without.id));
    expect((await statement(withCase.id))[0]).toMatch(/1 sag, 2 dokumenter/);
  });

  it('gives no proposal that somebody must decide, and its documents cannot be taken up again', async () => {
    expect(await within((entities) => app.get(Review).openProposals(entities, withCase.id))).toHaveLength(0);
    const { id } = await controlCase();
    const [document]: { id: string }[] = await within((entities) =>
      entities.query('select id from document where records_case_id = $1', [id]),
    );
    await expect(
      within((entities) => app.get(DocumentReview).reopenDocument(entities, withCase.id, document.id, mette.id)),
    ).rejects.toMatchObject({ code: 'existence-protected' });
  });

  it('is opened again only by one who approves', async () => {
    const { id } = await controlCase();
    const open = (roles: Staff['roles']) =>
      within((entities) => app.get(ProtectedExistence).open(entities, withCase.id, id, { staffId: mette.id, roles }));
    await expect(open(['sagsbehandler'])).rejects.toMatchObject({ code: 'approver-needed' });
    await open(['godkender']);
    expect(await answer(withCase)).toMatch(/Kontrolnotat/);
  });

  it('is proposed by the subjects that the authority has named, and keeps the review open until somebody decides', async () => {
    await asSuperuser(place.town, (client) =>
      client.query(`update authority set settings = settings || '{"hiddenKle": ["32.45"]}'`),
    );
    const request = await fileRequest(app, place.town.authorityId, WITH_CONTROL);
    const found = await within((entities) =>
      entities.findOneByOrFail(RecordsCaseRow, { requestId: request.id, sourceCaseId: 'anden' }),
    );
    expect(found.existence).toBe('proposed');
    const obstacles = await within((entities) => app.get(CloseReview).obstacles(entities, request));
    expect(obstacles.join()).toMatch(/En sag er foreslået skjult/);
  });

  describe('by signs in its documents', () => {
    const caseOf = (request: AccessRequest, sourceCaseId: string) =>
      within((entities) => entities.findOneByOrFail(RecordsCaseRow, { requestId: request.id, sourceCaseId }));
    const obstacles = (request: AccessRequest) =>
      within(async (entities) => (await app.get(CloseReview).obstacles(entities, request)).join());

    it('is proposed with the reasons and where they stand, and nothing of the text', async () => {
      const request = await fileRequest(app, place.town.authorityId, WITH_TIP);
      const { existence, existenceReason } = await caseOf(request, 'anden');
      expect(existence).toBe('proposed');
      expect(existenceReason).toMatch(/Dokument \[[0-9a-f-]{36}\]: Teksten tyder på en kontrolsag/);
      expect(existenceReason).toMatch(/Teksten tyder på, at politiet efterforsker/);
      expect(existenceReason).not.toMatch(/Mona|tip/);
      expect(await caseOf(request, 'egen')).toMatchObject({ existence: 'open', existenceReason: null });
    });

    it('is not proposed for an ordinary case, nor by what the citizen has written', async () => {
      for (const filed of [ORDINARY, OWN_LETTER]) {
        const request = await fileRequest(app, place.town.authorityId, filed);
        expect(await caseOf(request, 'egen')).toMatchObject({ existence: 'open', existenceReason: null });
      }
    });

    it('holds the review open until somebody has answered, whatever the answer is', async () => {
      const [known, hidden] = [
        await fileRequest(app, place.town.authorityId, WITH_TIP),
        await fileRequest(app, place.town.authorityId, WITH_TIP),
      ];
      for (const request of [known, hidden]) expect(await obstacles(request)).toMatch(/foreslået skjult/);
      const protection = app.get(ProtectedExistence);
      const { id: knownCase } = await caseOf(known, 'anden');
      const { id: hiddenCase } = await caseOf(hidden, 'anden');
      const anybody = { staffId: mette.id, roles: ['sagsbehandler' as const] };
      await within((entities) => protection.open(entities, known.id, knownCase, anybody));
      await within((entities) => protection.protect(entities, hidden.id, hiddenCase, mette.id, REASON));
      for (const request of [known, hidden]) expect(await obstacles(request)).not.toMatch(/foreslået skjult/);
    });

    it('is proposed again when it was hidden in an earlier request, also without signs', async () => {
      const earlier = await fileRequest(app, place.town.authorityId, WITH_CONTROL);
      const { id } = await caseOf(earlier, 'anden');
      await within((entities) => app.get(ProtectedExistence).protect(entities, earlier.id, id, mette.id, REASON));
      const later = await fileRequest(app, place.town.authorityId, WITH_CONTROL);
      const { existenceReason } = await caseOf(later, 'anden');
      expect(existenceReason).toMatch(/skjult sagen i en tidligere anmodning/);
    });
  });
});
