import { IsNull } from 'typeorm';
import { searchBalance } from '../../src/gathering/balance';
import { DocumentRow } from '../../src/gathering/document.entity';
import { FileRow } from '../../src/gathering/file.entity';
import { GatherAgain } from '../../src/gathering/gather-again';
import { Gathering } from '../../src/gathering/gathering';
import { GatheringWatch } from '../../src/gathering/gathering-watch';
import { HandSearch } from '../../src/gathering/hand-search';
import { NewItem } from '../../src/gathering/new-item.entity';
import { RecordsCaseRow } from '../../src/gathering/records-case.entity';
import { SearchActs } from '../../src/gathering/search-acts';
import { searchObstacles } from '../../src/gathering/search-obstacles';
import { searchStatements } from '../../src/gathering/search-statement';
import { SourceGapRow } from '../../src/gathering/source-gap.entity';
import { SourceRun } from '../../src/gathering/source-run.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { Vault } from '../../src/platform/vault/vault';
import { AccessRequest } from '../../src/requests/request.entity';
import { PersonRegisterStandIn } from '../../src/sandbox/person-register/person-register-stand-in';
import { CaseIndexStandIn } from '../../src/sandbox/sf1470/case-index-stand-in';
import { GatheringDesk } from '../support/gathering-desk';
import { textDocuments } from '../support/listed-system';

const CPR = '1404861216';
const FORMER = '1404861217';
const BEFORE_ADOPTION = '1404869918';

describe('a search', () => {
  let desk: GatheringDesk;
  let mette: Staff;
  let jens: Staff;
  const endings: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    desk = await GatheringDesk.start();
    mette = await desk.staff('sagsbehandler');
    jens = await desk.staff('sagsbehandler', 'godkender');
  });
  afterEach(async () => {
    await desk.disconnectAll();
    for (const end of endings.splice(0)) await end();
  });
  afterAll(() => desk?.close());

  const gaps = (requestId: string) =>
    desk.within((entities) => entities.find(SourceGapRow, { where: { requestId }, order: { kind: 'ASC' } }));
  const obstacles = (requestId: string) => desk.within((entities) => searchObstacles(entities, requestId));
  const statements = (requestId: string) => desk.within((entities) => searchStatements(entities, requestId));
  const documents = (requestId: string) =>
    desk.within((entities) => entities.find(DocumentRow, { where: { requestId }, order: { sourceDocumentId: 'ASC' } }));

  async function withRegister(name = 'Ida Lindskov') {
    const persons = await new PersonRegisterStandIn([
      {
        name,
        cpr: CPR,
        former: [
          { cpr: FORMER, reason: 'rettet' },
          { cpr: BEFORE_ADOPTION, reason: 'adoption' },
        ],
      },
    ]).start();
    endings.push(() => persons.stop());
    await desk.addSource({ key: 'cpr', kind: 'person-register', name: 'CPR', settings: persons.settings() });
    return persons;
  }

  it('takes in what belongs to no case, and counts cases without it', async () => {
    const mail = await desk.connect('post');
    mail.caseless = textDocuments('mail', 3);
    const { id } = await desk.ask(CPR);
    await desk.gather(id);
    expect((await desk.runs(id))[0]).toMatchObject({ state: 'complete', cases: 0, documents: 3, files: 3 });
    expect((await statements(id))[0]).toMatch(/^Vi søgte den .+ i system post, .+: 3 dokumenter\.$/);
  });

  it('reports every planted gap, and is in the way of an answer until somebody has answered for it', async () => {
    const system = await desk.connect('esdh', { indexNames: ['ESDH'] });
    const [first, refused, lost, ...rest] = textDocuments('a', 5);
    const documents = [
      first,
      { ...refused, refused: 'forbidden' as const },
      { ...lost, refused: 'not_found' as const },
      ...rest,
    ];
    system.cases = [{ id: '1', cpr: CPR, number: '27.24.00-G01-1-24', documents, expected: { documents: 6 } }];
    system.claims = [{ of: 'cases', count: 2 }];
    system.gaps = [
      { kind: 'pointer', sourceCaseId: '1', sourceDocumentId: 'a-1', sentence: `Peger på et dokument om 140486-1216.` },
    ];
    const index = await new CaseIndexStandIn([
      {
        ...{
          id: '00000000-0000-4000-8000-000000000001',
          system: 'ESDH',
          parties: [CPR],
          caseNumber: '27.24.00-G01-9-24',
        },
        ...{ kle: '27.24.00', title: 'Skjult for kontoen', documents: ['Notat'] },
      },
    ]).start();
    endings.push(() => index.stop());
    await desk.addSource({ key: 'sagsindeks', kind: 'sf1470', name: 'sagsindekset', settings: index.settings() });
    const { id } = await desk.ask(CPR);
    await desk.gather(id);
    const found = await gaps(id);
    // A page left out of the listing and a case left out of the search, a case that only the index knows of, two files
    // that are not given, and a pointer.
    expect(found.map(({ kind, sourceCaseId }) => `${kind} ${sourceCaseId.replace(/:.*/, '')}`).sort()).toEqual(
      ['count_mismatch 1', 'count_mismatch cases', 'forbidden ', 'forbidden index', 'not_found ', 'pointer 1'].sort(),
    );
    expect(JSON.stringify(found)).not.toMatch(/140486-?1216/);
    expect((await obstacles(id))[0]).toBe('6 huller i søgningen er ikke forklaret. Se dem under »Søgningen«.');
    const acts = desk.app.get(SearchActs);
    for (const [number, gap] of found.entries())
      await desk.within((entities) =>
        acts.settleGap(entities, id, gap.id, mette.id, `Undersøgt som nummer ${number}`, gap.kind === 'pointer'),
      );
    expect(await obstacles(id)).toEqual([]);
    const told = (await statements(id)).filter((each) => each.startsWith('Om '));
    expect(told).toEqual([expect.stringMatching(/^Om system esdh: Undersøgt som nummer \d\.$/)]);
  });

  it('goes on where it was stopped and fetches nothing twice', async () => {
    const system = await desk.connect('stopper');
    system.cases = [{ id: '1', cpr: CPR, documents: textDocuments('s', 60) }];
    const { id } = await desk.ask(CPR);
    for (const stop of [7, 30, 52]) {
      system.failsAfter = stop;
      await expect(desk.gather(id)).rejects.toThrow('The system is gone.');
    }
    system.failsAfter = Infinity;
    await desk.gather(id);
    expect(system.fetched).toHaveLength(60);
    expect(new Set(system.fetched).size).toBe(60);
    expect((await desk.runs(id))[0]).toMatchObject({ state: 'complete', documents: 60, files: 60 });
  });

  it('gathers nothing before CPR has said who the citizen is, and stops with words when it is somebody else', async () => {
    await withRegister('Eva Holm');
    const system = await desk.connect('a');
    system.cases = [{ id: '1', cpr: CPR, documents: textDocuments('i', 1) }];
    const { id } = await desk.ask(CPR);
    const [register] = await desk.runs(id);
    await desk.search(register);
    expect((await desk.request(id)).attention).toMatch(/^Der er ikke hentet noget\. Navnet i anmodningen er et andet/);
    expect((await desk.runs(id)).map(({ state }) => state)).toEqual(['failed', 'pending']);
    expect(system.fetched).toEqual([]);
    await desk.within((entities) =>
      desk.app.get(Gathering).attest(entities, register.id, mette.id, 'Borgeren har vist pas; hun har skiftet navn.'),
    );
    await desk.gather(id);
    expect(system.fetched).toHaveLength(1);
  });

  it('searches former numbers too, tells of it, and holds what came before an adoption for a jurist', async () => {
    await withRegister();
    const system = await desk.connect('a');
    system.cases = [
      { id: 'nu', cpr: CPR, documents: textDocuments('nu', 1) },
      { id: 'foer', cpr: FORMER, documents: textDocuments('foer', 2) },
      { id: 'adoption', cpr: BEFORE_ADOPTION, documents: textDocuments('adoption', 3) },
    ];
    const { id } = await desk.ask(CPR);
    await desk.gather(id);
    expect(system.fetched).toHaveLength(3);
    expect((await gaps(id)).map(({ kind, sourceCaseId }) => [kind, sourceCaseId])).toEqual(
      expect.arrayContaining([['former_identity', 'foer']]),
    );
    expect((await statements(id))[0]).toContain('også under 2 tidligere personnumre');
    const held = await desk.within((entities) =>
      entities.findOneByOrFail(RecordsCaseRow, { requestId: id, heldForJurist: true }),
    );
    expect(held).toMatchObject({ sourceCaseId: 'adoption', existence: 'proposed' });
    await desk.toReview(id);
    const again = desk.app.get(GatherAgain);
    const letIn = (staff: Staff) =>
      desk.within((entities) => again.letIn(entities, id, held.id, { staffId: staff.id, roles: staff.roles }));
    await expect(letIn(mette)).rejects.toThrow('Kun en jurist');
    await letIn(jens);
    await desk.gather(id);
    expect(system.fetched).toHaveLength(6);
    expect(new Set(system.fetched).size).toBe(6);
  });

  it('names a system that claims a case and that nobody searches, until somebody has answered for it', async () => {
    const index = await new CaseIndexStandIn([
      {
        ...{
          id: '00000000-0000-4000-8000-000000000002',
          system: 'Cura',
          parties: [CPR],
          caseNumber: 'C-1',
          kle: '27.36.12',
        },
        ...{ title: 'Hjælpemiddel', documents: [] },
      },
    ]).start();
    endings.push(() => index.stop());
    await desk.addSource({ key: 'sagsindeks', kind: 'sf1470', name: 'sagsindekset', settings: index.settings() });
    const { id } = await desk.ask(CPR);
    await desk.gather(id);
    expect(await obstacles(id)).toEqual([
      'Cura har en sag om borgeren og er ikke søgt. Tag stilling til det under »Søgningen«.',
    ]);
    expect((await statements(id)).join(' ')).toContain('Det nævner Cura, som vi ikke kan søge i automatisk.');
    const settle = (state: 'hidden' | 'left_out') =>
      desk.within(async (entities) => {
        const [{ id: system }] = await entities.query('select id from claimed_system where request_id = $1', [id]);
        const words = 'Leverandøren kan ikke levere før i januar';
        await desk.app.get(SearchActs).settleSystem(entities, id, system, mette.id, state, words);
      });
    await settle('left_out');
    expect((await statements(id)).at(-1)).toBe(
      'Cura er ikke søgt, og svaret er derfor ikke fuldstændigt. Leverandøren kan ikke levere før i januar.',
    );
    await settle('hidden');
    expect((await statements(id)).join(' ')).not.toMatch(/Cura|Leverandøren/);
  });

  it('waits for what is searched by hand, takes the files in, and says so with a name to it', async () => {
    await desk.addSource({ key: 'ky', kind: 'manual', name: 'KY' });
    await desk.addSource({ key: 'kaelder', kind: 'paper', name: 'kælderarkivet' });
    const { id } = await desk.ask(CPR);
    await desk.gather(id);
    expect((await desk.request(id)).state).toBe('gathering');
    const [paper, ky] = await desk.runs(id);
    const hand = desk.app.get(HandSearch);
    const gathering = desk.app.get(Gathering);
    const { address, size } = await desk.app.get(Vault).put(desk.platform.authorityId, Buffer.from('Bevilling'));
    const upload = { address, size, sha256: 'a'.repeat(64), name: 'bevilling.txt' };
    for (const _twice of [1, 2])
      await desk.within((entities) =>
        hand.addFile(entities, ky.id, mette.id, { title: '', date: '2024-04-29' }, upload),
      );
    await desk.within((entities) => gathering.attest(entities, ky.id, mette.id, 'Jeg søgte på personnummeret'));
    expect(await documents(id)).toHaveLength(1);
    const order = { medium: 'paper' as const, box: '114', number: '27', pagesEstimated: 120 };
    await desk.within((entities) => hand.order(entities, paper.id, mette.id, order));
    const leave = () =>
      desk.within((entities) => gathering.leaveOut(entities, paper.id, mette.id, 'Kassen er udlånt til arkivet'));
    await expect(
      desk.within((entities) => gathering.attest(entities, paper.id, mette.id, 'Der var intet i kassen')),
    ).rejects.toThrow('ikke er meldt skannet');
    await leave();
    expect((await desk.request(id)).state).toBe('converting');
    const said = await statements(id);
    expect(said[0]).toBe(
      'Vi har ikke søgt færdigt i kælderarkivet, og svaret er derfor ikke fuldstændigt. Kassen er udlånt til arkivet.',
    );
    expect(said[1]).toMatch(/^En medarbejder søgte den .+ manuelt i KY: Jeg søgte .+\. Søgningen gav 1 dokument\.$/);
  });

  it('shows what has come, changed and gone since, and takes in what somebody wants', async () => {
    const system = await desk.connect('a');
    const [kept, changed, gone] = textDocuments('n', 3);
    system.cases = [{ id: '1', cpr: CPR, documents: [kept, { ...changed, version: '1' }, gone] }];
    const { id } = await desk.ask(CPR);
    await desk.gather(id);
    await desk.toReview(id);
    const [fresh] = textDocuments('ny', 1);
    system.cases = [
      { id: '1', cpr: CPR, documents: [kept, { ...changed, version: '2', content: Buffer.from('Rettet') }, fresh] },
      { id: '2', cpr: CPR, documents: textDocuments('sag2', 1) },
    ];
    const again = desk.app.get(GatherAgain);
    await desk.within((entities) => again.look(entities, id, mette.id));
    await desk.gather(id);
    const found = await desk.within((entities) => entities.findBy(NewItem, { requestId: id }));
    expect(found.map(({ kind, sourceDocumentId }) => `${kind} ${sourceDocumentId}`).sort()).toEqual(
      ['case ', 'changed n-2', 'document ny-1', 'gone n-3'].sort(),
    );
    expect(system.fetched).toHaveLength(3);
    expect(await desk.within((entities) => again.obstacles(entities, id))).toEqual([
      'Der er kommet nyt i kilderne, siden der blev hentet. Tag stilling til det.',
    ]);
    await desk.within((entities) => again.take(entities, id, mette.id));
    const missing = found.find(({ kind }) => kind === 'gone') as NewItem;
    await desk.gather(id);
    await desk.toReview(id);
    await desk.within((entities) => again.leave(entities, id, missing.id, mette.id, 'Slettet efter fejl'));
    expect(await desk.within((entities) => again.obstacles(entities, id))).toEqual([]);
    expect(system.fetched.slice(3).sort()).toEqual(['n-2.txt', 'ny-1.txt', 'sag2-1.txt']);
    expect((await documents(id)).map(({ sourceDocumentId }) => sourceDocumentId)).toEqual([
      'n-1',
      'n-2',
      'n-2@n-2.txt@2',
      'n-3',
      'ny-1',
      'sag2-1',
    ]);
    const unread = await desk.within((entities) => entities.countBy(FileRow, { requestId: id, originalKey: IsNull() }));
    expect(unread).toBe(0);
  });

  it('shows the citizen nothing of a case that is hidden, and lets nobody release it', async () => {
    const system = await desk.connect('a');
    system.cases = [
      { id: '1', cpr: CPR, documents: textDocuments('aaben', 2), expected: { documents: 2 } },
      { id: '2', cpr: CPR, documents: textDocuments('skjult', 5), expected: { documents: 5 } },
    ];
    const { id } = await desk.ask(CPR);
    await desk.gather(id);
    await desk.within((entities) =>
      entities.update(RecordsCaseRow, { requestId: id, sourceCaseId: '2' }, { existence: 'protected' }),
    );
    expect((await statements(id))[0]).toContain(': 1 sag, 2 dokumenter.');
    const all = (await documents(id)).map(({ recordsCaseId, sourceDocumentId }) => ({
      ...{ recordsCaseId, sourceDocumentId },
      ending: 'full' as const,
    }));
    const balance = await desk.within((entities) => searchBalance(entities, id, all, true));
    expect(balance.sources).toEqual([expect.objectContaining({ claimed: 2, listed: 2, inside: 0, isEven: true })]);
    const hidden = await desk.within((entities) =>
      entities.findOneByOrFail(RecordsCaseRow, { requestId: id, sourceCaseId: '2' }),
    );
    await expect(
      desk.within((entities) => desk.app.get(SearchActs).releaseCase(entities, id, hidden.id, mette.id)),
    ).rejects.toThrow('skjult');
  });

  it('warns well before the deadline of what is not searched, and tries a source that was down again by itself', async () => {
    const system = await desk.connect('a', { name: 'det ene system' });
    system.cases = [{ id: '1', cpr: CPR, documents: textDocuments('w', 1) }];
    const { id } = await desk.ask(CPR);
    const [run] = await desk.runs(id);
    const watch = desk.app.get(GatheringWatch);
    const tick = () => desk.within((entities) => watch.tick(entities));
    await tick();
    expect((await desk.request(id)).attention).toBeNull();
    await desk.within(async (entities) => {
      const longAgo = new Date(Date.now() - 3_600_000);
      await entities.update(
        SourceRun,
        { id: run.id },
        { state: 'failed', errorClass: 'unavailable', finishedAt: longAgo },
      );
      await entities.update(AccessRequest, { id }, { deadlineOn: '2000-01-03' });
    });
    await tick();
    expect((await desk.runs(id))[0].state).toBe('pending');
    expect((await desk.request(id)).attention).toMatch(/^Fristen nærmer sig, og det ene system er ikke søgt færdigt\./);
    await desk.gather(id);
    expect(system.fetched).toHaveLength(1);
  });

  it('leaves a source alone that has failed five times in a row, until its pause is over', async () => {
    const system = await desk.connect('nede');
    system.cases = [{ id: '1', cpr: CPR, documents: textDocuments('b', 1) }];
    system.failsAfter = 0;
    const { id } = await desk.ask(CPR);
    for (const _fault of [1, 2, 3, 4, 5]) await expect(desk.gather(id)).rejects.toThrow('The system is gone.');
    system.failsAfter = Infinity;
    await expect(desk.gather(id)).rejects.toMatchObject({ name: 'LeftAlone', afterMs: expect.any(Number) });
    expect(system.fetched).toEqual([]);
    await desk.within((entities) =>
      entities.query(
        `update source_breaker set open_until = clock_timestamp() - interval '1 second' where failures > 0`,
      ),
    );
    await desk.gather(id);
    expect((await desk.runs(id))[0].state).toBe('complete');
    const [{ failures }] = await desk.within((entities) =>
      entities.query('select max(failures) as failures from source_breaker'),
    );
    expect(failures).toBe(0);
  });
});
