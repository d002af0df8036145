import type { EntityManager } from 'typeorm';
import { JournalEntryRow } from '../../src/delivery/journal-entry.entity';
import { LateNotice } from '../../src/delivery/late-notice/late-notice.entity';
import { Review } from '../../src/redaction/review';
import type { AccessRequest } from '../../src/requests/request.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA, HOLGER } from '../../src/sandbox/municipality/citizens';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

const REASON = 'at der er 812 sider i fire systemer, som skal læses igennem for oplysninger om andre';
const CPR = CLARA.cpr.replace('-', '');

describe('an answer that will be late', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let request: AccessRequest;
  let mette: Browser;
  let here: string;
  /** Well ahead of today. */
  let day: string;
  const within = <T>(work: (entities: EntityManager) => Promise<T>): Promise<T> => carrier.within(work);
  const newest = () =>
    within(async (entities) => {
      const [found] = await entities.find(LateNotice, {
        where: { requestId: request.id },
        order: { position: 'DESC' },
        take: 1,
      });
      return found;
    });

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    await town.run('all');
    request = await carrier.ask(CLARA);
    await carrier.waitFor(request.id, ['review']);
    mette = new Browser(town.publicUrl);
    await mette.logIn('/medarbejder', 'mette');
    here = `/sagsbehandling/${request.id}/fristbrev`;
    day = new Date(Date.now() + 12 * 86_400_000).toISOString().slice(0, 10);
  }, 180_000);
  afterAll(() => place?.stop());

  it('is not excused by being busy, nor without a date that can be kept', async () => {
    expect(await mette.send(here, { begrundelse: 'vi har meget travlt i øjeblikket og beklager', dato: day })).toBe(
      422,
    );
    expect(mette.text()).toContain('Travlhed er ikke grund nok');
    expect(await mette.send(here, { begrundelse: REASON, dato: '2020-01-01' })).toBe(422);
    expect(mette.text()).toContain('Vælg en dato efter i dag');
    expect(await newest()).toBeUndefined();
  });

  it('is told in a letter in Digital Post, once, with the reason and the date', async () => {
    expect(await mette.send(here, { begrundelse: `${REASON}.`, dato: day })).toBe(200);
    const notice = await until('the notice is delivered', newest, ({ state }) => state === 'delivered');
    const messages = await town.digitalPost.control.messages();
    expect(messages.map(({ messageUUID, sha256 }) => [messageUUID, sha256])).toEqual([
      [notice.messageUuid, notice.contentSha256],
    ]);
    await mette.open(here);
    expect(mette.text()).toContain('Lagt i borgerens postkasse');
    const letter = await mette.download(`${here}/${notice.id}`);
    expect(letter.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is shown to the citizen with the date, and to the caseworker as what was promised', async () => {
    const clara = new Browser(town.publicUrl);
    await clara.logIn('/log-ind', 'clara');
    expect(await clara.open(`/anmodninger/${request.id}`)).toBe(200);
    expect(clara.text()).toContain(`Det skyldes, ${REASON}.`);
    await mette.open(`/sagsbehandling/${request.id}`);
    expect(mette.text()).toContain('Lovet i fristbrev');
  });

  it('is journalised like everything that is sent', async () => {
    const entry = () =>
      within((entities) => entities.findOneByOrFail(JournalEntryRow, { requestId: request.id, kind: 'late-notice' }));
    await until('the journal has the notice', entry, ({ state }) => state === 'journalised');
    const { letterSha256 } = await newest();
    const held = town.sbsys.journalEntries().find(({ kind }) => kind === 'late-notice');
    expect(held?.files).toMatchObject([{ name: 'fristbrev.pdf', sha256: letterSha256 }]);
  });

  it('is told on paper to one who has no Digital Post, and an employee attests that it was sent', async () => {
    await town.digitalPost.control.contact(CPR, 'EXEMPT');
    await mette.send(here, { begrundelse: `${REASON}, også i papirarkivet`, dato: day });
    const notice = await until('the notice waits for paper', newest, ({ state }) => state === 'not_registered');
    await mette.open(here);
    expect(mette.text()).toContain('Skal sendes på papir');
    expect(await mette.send(`${here}/${notice.id}`, { udlevering: 'nej' })).toBe(422);
    expect(await mette.send(`${here}/${notice.id}`, { udlevering: 'Sendt med PostNord i dag kl. 14.' })).toBe(200);
    expect((await newest()).state).toBe('handed_over');
    expect((await town.digitalPost.control.messages()).length).toBe(1);
    await town.digitalPost.control.contact(CPR, 'REGISTERED');
  });

  it('is not told with a word that is removed from the documents', async () => {
    const staff = await carrier.staff('mette', ['sagsbehandler']);
    await within((entities) => carrier.app.get(Review).followProposals(entities, request.id, staff.id));
    await mette.send(here, { begrundelse: `${REASON}, især om ${HOLGER.name}`, dato: day });
    const notice = await until('the gate stops the notice', newest, ({ state }) => state === 'failed');
    expect(notice.attempts).toBe(0);
    expect((await carrier.request(request.id)).attention).toContain('Skriv det igen');
    expect((await town.digitalPost.control.messages()).length).toBe(1);
  });
});
