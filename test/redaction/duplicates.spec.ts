import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { EntityManager } from 'typeorm';
import { AppModule } from '../../src/app.module';
import { DecisionContents } from '../../src/decisions/decision-content';
import type { Decision } from '../../src/decisions/decision.entity';
import { documentList } from '../../src/decisions/document-list';
import { DocumentRow } from '../../src/gathering/document.entity';
import { DocumentRelationRow } from '../../src/gathering/duplicates/document-relation.entity';
import { RecordsCaseRow } from '../../src/gathering/records-case.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { Database } from '../../src/platform/database/database';
import { KeyRing } from '../../src/platform/keys/authority-keys';
import { loadSettings } from '../../src/platform/settings';
import { ProtectedExistence } from '../../src/redaction/protected-existence';
import type { AccessRequest } from '../../src/requests/request.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import { fileRequest } from '../../src/sandbox/demo/filed-request';
import { WorkerModule } from '../../src/worker.module';
import { TestTown } from '../support/test-town';

const LETTER = [
  'Kære Mona Fristrup',
  'Vi har modtaget din ansøgning om hjælp til flytning til en større lejlighed, og vi har behandlet den efter reglerne.',
  'Vi mangler en kopi af din nye lejekontrakt og et budget for din husstand, før vi kan træffe en afgørelse.',
];
const VERSION = [...LETTER.slice(0, 2), LETTER[2].replace('et budget for din husstand', 'de tre seneste lønsedler')];

describe('documents that are the same', () => {
  let place: TestTown;
  let app: INestApplicationContext;
  let mette: Staff;
  let request: AccessRequest;
  let browser: Browser;
  let here: string;
  const within = <T>(work: (entities: EntityManager) => Promise<T>): Promise<T> =>
    app.get(Database).inAuthority(place.town.authorityId, work);
  const documents = () =>
    within((entities) => entities.find(DocumentRow, { where: { requestId: request.id }, order: { position: 'ASC' } }));
  const relation = (kind: DocumentRelationRow['kind']) =>
    within((entities) => entities.findOneByOrFail(DocumentRelationRow, { requestId: request.id, kind }));

  beforeAll(async () => {
    place = await TestTown.start();
    const settings = loadSettings(place.town.settings);
    app = await NestFactory.createApplicationContext(AppModule.with(settings, [WorkerModule]), { logger: ['error'] });
    mette = await place.carrier.staff('mette', ['sagsbehandler']);
    request = await fileRequest(app, place.town.authorityId, {
      requester: { name: 'Mona Fristrup', cpr: '120380-1236' },
      parties: [],
      kle: '27.24.00',
      documents: [
        { title: 'Brev', pages: [LETTER.join('\n')] },
        { title: 'Brev, udkast', pages: [VERSION.join('\n')] },
      ],
      otherCase: { kle: '32.18.00', documents: [{ title: 'Kopi af brev', pages: [LETTER.join(' ')] }] },
    });
    await place.town.run('web');
    browser = new Browser(place.town.publicUrl);
    await browser.logIn('/medarbejder', 'mette');
    here = `/sagsbehandling/${request.id}/dubletter`;
  });
  afterAll(async () => {
    await app?.close();
    await place?.stop();
  });

  /** The aktliste as the citizen gets it. */
  async function aktliste() {
    const keys = await app.get(KeyRing).of(place.town.authorityId);
    const decision = {
      requestId: request.id,
      authorityId: request.authorityId,
      round: 1,
      reviewedBy: mette.id,
      reviewedAt: new Date('2026-11-23T10:00:00Z'),
      considerationsSealed: keys.seal('decision.considerations', '{}'),
    };
    return documentList(await app.get(DecisionContents).preview(decision as Decision)).rows;
  }

  it('are put together without asking when their text is the same, and keep their lines in the aktliste', async () => {
    const [first, second, third] = await documents();
    expect([first.outcome, second.outcome, third.outcome]).toEqual(['open', 'duplicate', 'open']);
    expect(second.duplicateOf).toBe(first.id);
    const rows = await aktliste();
    expect(rows.map(({ number, access }) => [number, access])).toEqual([
      ['1', 'Ja'],
      ['2', 'Dublet'],
      ['3', 'Ja'],
    ]);
    expect(rows[1].ground).toBe('se nr. 1');
  });

  it('are shown with every place where they were found', async () => {
    expect(await browser.open(here)).toBe(200);
    expect(browser.text()).toMatch(/Samme tekst/);
    expect(browser.text()).toMatch(/Sag egen/);
    expect(browser.text()).toMatch(/Sag anden/);
  });

  it('are only proposed when one is a version of the other, with the difference', async () => {
    const version = await relation('near-same');
    expect(version.state).toBe('proposed');
    expect(await browser.open(`${here}/${version.id}`)).toBe(200);
    expect(browser.text()).toMatch(/kun det første: .*budget for din husstand/);
    expect(browser.text()).toMatch(/kun det andet: .*lønsedler/);
  });

  it('get one decision when a caseworker says so, and two again when that was wrong', async () => {
    const version = await relation('near-same');
    await browser.send(`${here}/${version.id}`, { svar: 'sammen' });
    expect((await documents()).map(({ outcome }) => outcome)).toEqual(['open', 'duplicate', 'duplicate']);
    await browser.send(`${here}/${version.id}`, { svar: 'hver-for-sig' });
    expect((await documents()).map(({ outcome }) => outcome)).toEqual(['open', 'duplicate', 'open']);
    const log = await within((entities) => entities.findBy(AuditEntry, { requestId: request.id }));
    expect(log.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['review.duplicate', 'review.not-duplicate']),
    );
  });

  it('are decided on one by one when other rules apply to one of them', async () => {
    const copy = await relation('same-text');
    const { recordsCaseId } = await within((entities) =>
      entities.findOneByOrFail(DocumentRow, { id: copy.documentId }),
    );
    const setBasis = (basis: 'FVL_PART' | 'OFL_EGENACCES') =>
      within((entities) => entities.update(RecordsCaseRow, { id: recordsCaseId }, { basis }));
    await browser.send(`${here}/${copy.id}`, { svar: 'hver-for-sig' });
    await setBasis('OFL_EGENACCES');
    expect(await browser.send(`${here}/${copy.id}`, { svar: 'sammen' })).toBe(422);
    expect(browser.text()).toContain('forskellige regler');
    await setBasis('FVL_PART');
    await browser.send(`${here}/${copy.id}`, { svar: 'sammen' });
    expect((await documents())[1].outcome).toBe('duplicate');
  });

  it('stand alone again when the other one is in a case that does not exist for the citizen', async () => {
    const copy = await relation('same-text');
    const standing = await within((entities) => entities.findOneByOrFail(DocumentRow, { id: copy.relatedTo }));
    await within((entities) =>
      app
        .get(ProtectedExistence)
        .protect(entities, request.id, standing.recordsCaseId, mette.id, 'Sagen må ikke kendes endnu.'),
    );
    const rows = await aktliste();
    expect(rows.map(({ access, ground }) => [access, ground])).not.toContainEqual(['Dublet', expect.anything()]);
    expect(rows.length).toBeGreaterThan(0);
  });
});
