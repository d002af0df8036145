import type { EntityManager } from 'typeorm';
import { CloseReview } from '../../src/decisions/close-review';
import { DocumentRow } from '../../src/gathering/document.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { BreachAssessment } from '../../src/redaction/checks/breach-assessment.entity';
import { Breaches } from '../../src/redaction/checks/breaches';
import { ConsistencyCheck } from '../../src/redaction/checks/consistency-check';
import { MisfiledDocuments } from '../../src/redaction/checks/misfiled-documents';
import { SecondReading } from '../../src/redaction/checks/second-reading';
import { SettleFindings } from '../../src/redaction/checks/settle-findings';
import { Proposal } from '../../src/redaction/proposal.entity';
import { Redaction } from '../../src/redaction/redaction.entity';
import { Review } from '../../src/redaction/review';
import { AccessRequest } from '../../src/requests/request.entity';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

describe('the checks of a whole request', () => {
  let place: TestTown;
  let carrier: Carrier;
  let mette: Staff;
  let jens: Staff;
  let request: AccessRequest;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ carrier } = place);
    await place.town.run('worker');
    mette = await carrier.staff('mette', ['sagsbehandler']);
    jens = await carrier.staff('jens', ['godkender']);
    request = await carrier.ask(CLARA);
    await carrier.waitFor(request.id, ['review']);
    await carrier.within((entities) => carrier.app.get(Review).followProposals(entities, request.id, mette.id));
  });
  afterAll(() => place?.stop());

  const within = <T>(work: (entities: EntityManager) => Promise<T>): Promise<T> => carrier.within(work);
  const get = <T>(type: new (...all: never[]) => T): T => carrier.app.get(type);
  const open = () =>
    within(async (entities) => {
      const found = await get(ConsistencyCheck).upToDate(
        entities,
        await entities.findOneByOrFail(AccessRequest, { id: request.id }),
      );
      return found.filter(({ state }) => state === 'open');
    });
  const obstacles = () =>
    within(async (entities) =>
      get(CloseReview).obstacles(entities, await entities.findOneByOrFail(AccessRequest, { id: request.id })),
    );
  const actions = () =>
    within(async (entities) =>
      (await entities.findBy(AuditEntry, { requestId: request.id })).map(({ action }) => action),
    );

  /** The number of the notifier stands in a note and is proposed to go: one place is kept instead. */
  async function keepOneOf(text: 'NAME' | 'PHONE'): Promise<Redaction> {
    return within(async (entities) => {
      const all = await entities.findBy(Redaction, { requestId: request.id, decision: 'remove', type: text });
      // Whole names: a first name alone says less than the name that stays.
      const whole: { id: string }[] = await entities.query(
        'select id from proposal where request_id = $1 and span_end - span_start >= 9',
        [request.id],
      );
      const rows = all.filter(
        ({ partyKey, proposalId }) => partyKey !== null && whole.some(({ id }) => id === proposalId),
      );
      const byParty = new Map<string, Redaction[]>();
      for (const row of rows) byParty.set(row.partyKey ?? '', [...(byParty.get(row.partyKey ?? '') ?? []), row]);
      const twice = [...byParty.values()].find((each) => new Set(each.map(({ fileId }) => fileId)).size > 1);
      // What the citizen has sent in is not asked about.
      const own: { id: string }[] = await entities.query(
        'select f.id from file f join document d on d.id = f.document_id where d.request_id = $1 and d.sent_in',
        [request.id],
      );
      const kept = twice?.find(({ fileId }) => own.every(({ id }) => id !== fileId));
      if (!kept) throw new Error('Nobody is removed in two documents.');
      await get(Review).decide(entities, request.id, [kept.proposalId as string], mette.id, { decision: 'keep' });
      return kept;
    });
  }

  it('raise no alarm when every proposal was followed', async () => {
    expect(await open()).toEqual([]);
    expect(await obstacles()).not.toContainEqual(expect.stringContaining('på tværs'));
  });

  it('stop the closing when a name goes in one document and stays in another, until it goes there too', async () => {
    const kept = await keepOneOf('NAME');
    const [finding] = await open();
    expect(finding.places.map(({ fileId }) => fileId)).toContain(kept.fileId);
    expect(await obstacles()).toContainEqual(expect.stringContaining('Kontrol på tværs'));
    await within((entities) => get(SettleFindings).removeThereToo(entities, request.id, finding.id, mette.id));
    expect(await open()).toEqual([]);
    const again = await within((entities) =>
      entities.findOneByOrFail(Redaction, { proposalId: kept.proposalId as string }),
    );
    expect(again.decision).toBe('remove');
  });

  it('let it stay with a reason, and not without one', async () => {
    await keepOneOf('NAME');
    const [finding] = await open();
    const keep = (reason: string) =>
      within((entities) => get(SettleFindings).keepThere(entities, request.id, finding.id, mette.id, reason));
    await expect(keep(' ')).rejects.toThrow(/hvorfor/);
    await keep('Navnet står på borgerens eget skilt.');
    expect(await open()).toEqual([]);
    expect(await actions()).toEqual(expect.arrayContaining(['check.consistency', 'check.removed', 'check.kept']));
  });

  it('hold no words in their tables', async () => {
    const rows: unknown[] = await within((entities) =>
      entities.query(
        'select row_to_json(f)::text as f from check_finding f union all select row_to_json(r)::text from check_run r',
      ),
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toMatch(/Holger|Frandsen|Inga|skilt/);
  });

  it('start the assessment of a breach with 72 hours when a document is somebody else’s', async () => {
    const document = await within(async (entities) => {
      const [first] = await entities.find(DocumentRow, {
        where: { requestId: request.id },
        order: { position: 'ASC' },
      });
      await entities.update(DocumentRow, { id: first.id }, { finding: 'Kan være lagt på en forkert borger.' });
      return first;
    });
    expect(await obstacles()).toContainEqual(expect.stringContaining('forkert borger'));
    const misfiled = get(MisfiledDocuments);
    await within((entities) =>
      misfiled.ask(entities, request.id, document.id, mette.id, { colleagueId: jens.id, words: 'Kender du hende?' }),
    );
    expect(await obstacles()).toContainEqual(expect.stringContaining('forkert borger'));
    await within((entities) => misfiled.belongsElsewhere(entities, request.id, document.id, mette.id));
    expect(await obstacles()).not.toContainEqual(expect.stringContaining('forkert borger'));
    const breach = await within((entities) => entities.findOneByOrFail(BreachAssessment, { documentId: document.id }));
    expect(breach.dueAt.getTime() - breach.noticedAt.getTime()).toBe(72 * 3_600_000);
    expect(breach).toMatchObject({ state: 'open', unit: 'Borgerservice' });
    const conclude = (words: string) =>
      within((entities) => get(Breaches).conclude(entities, breach.id, jens.id, 'not_reported', words));
    await expect(conclude('Nej')).rejects.toThrow(/lagt vægt på/);
    await conclude('Ingen uden for afdelingen har set dokumentet, og det er flyttet.');
    await expect(conclude('Noget andet, som ikke må stå der.')).rejects.toThrow(/allerede afsluttet/);
    expect(await actions()).toEqual(expect.arrayContaining(['review.ask', 'breach.start', 'breach.conclude']));
  });

  it('have pages drawn once and read by somebody who decided nothing, and bound what may be missed', async () => {
    const reading = get(SecondReading);
    await within((entities) => reading.draw(entities, request.id, jens.id));
    await expect(within((entities) => reading.draw(entities, request.id, jens.id))).rejects.toThrow(/allerede trukket/);
    const sample = () => within((entities) => reading.of(entities, request));
    const drawn = (await sample())?.pages ?? [];
    expect(drawn.length).toBeGreaterThan(0);
    const read = (staff: Staff, pageId: string) =>
      within((entities) => reading.record(entities, request.id, pageId, staff.id, 0));
    await expect(read(mette, drawn[0].pageId)).rejects.toThrow(/selv taget stilling/);
    for (const { pageId } of drawn) await read(jens, pageId);
    const after = await sample();
    expect(after).toMatchObject({ read: drawn.length, faulty: 0 });
    expect(after?.bound).toBeCloseTo(1 - Math.pow(0.05, 1 / drawn.length), 6);
    expect(await actions()).toEqual(expect.arrayContaining(['sample.draw', 'sample.read']));
  });

  it('are gone through again when a decision changed since', async () => {
    await within(async (entities) => {
      const proposals = await entities.findBy(Proposal, { requestId: request.id });
      await get(Review).decide(entities, request.id, [proposals[0].id], mette.id, { decision: 'keep' });
    });
    const before = (await actions()).filter((action) => action === 'check.consistency').length;
    await open();
    expect((await actions()).filter((action) => action === 'check.consistency')).toHaveLength(before + 1);
    await open();
    expect((await actions()).filter((action) => action === 'check.consistency')).toHaveLength(before + 1);
  });
});
