import { RecordsCaseRow } from '../../src/gathering/records-case.entity';
import { ProtectedExistence } from '../../src/redaction/protected-existence';
import { Browser } from '../../src/sandbox/demo/browser';
import { CLARA, DAGMAR, type Citizen } from '../../src/sandbox/municipality/citizens';
import type { Staff } from '../../src/identity/staff.entity';
import { TestTown } from '../support/test-town';

const REASON = 'Kontrolsag; borgeren må ikke kende den endnu.';

/** Clara's only case is protected; Dagmar has none. What one sees must be what the other sees. */
describe('the pages of a citizen whose only case is protected', () => {
  let place: TestTown;
  let mette: Staff;
  const pages = new Map<Citizen, Browser>();
  const asked = new Map<Citizen, { id: string; number: string }>();

  beforeAll(async () => {
    place = await TestTown.start();
    await place.town.run('all');
    mette = await place.carrier.staff('mette', ['sagsbehandler']);
    for (const citizen of [CLARA, DAGMAR]) {
      const browser = new Browser(place.town.publicUrl);
      await browser.logIn('/log-ind', citizen.login);
      pages.set(citizen, browser);
    }
    expect(await own(CLARA, '/mine-sager')).toContain('Parkering');
    for (const citizen of [CLARA, DAGMAR]) asked.set(citizen, await place.carrier.ask(citizen));
    for (const { id } of asked.values()) await place.carrier.waitFor(id, ['review']);
    const { id } = asked.get(CLARA)!;
    await place.carrier.within(async (entities) => {
      const held = await entities.findOneByOrFail(RecordsCaseRow, { requestId: id });
      await place.carrier.app.get(ProtectedExistence).protect(entities, id, held.id, mette.id, REASON);
    });
  });
  afterAll(() => place?.stop());

  /** What the page says, without what is a person's or a request's own. */
  async function own(citizen: Citizen, path: string): Promise<string> {
    const browser = pages.get(citizen)!;
    expect(await browser.open(path)).toBe(200);
    const { id, number } = asked.get(citizen) ?? { id: 'none', number: 'none' };
    return browser
      .text()
      .replaceAll(id, 'ANMODNING')
      .replaceAll(number, 'NUMMER')
      .replaceAll(citizen.name, 'NAVN')
      .replaceAll(citizen.name.split(' ')[0], 'NAVN')
      .replace(/\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?!\d)/g, 'TID')
      .replace(/(?:[0-9a-f]{8} ?){8}/g, 'HASH')
      .replace(/\d+(?:,\d+)? [kM]?B\b/g, 'STØRRELSE');
  }
  const path = (citizen: Citizen, tail = '') => `/anmodninger/${asked.get(citizen)!.id}${tail}`;

  it('list own cases as if it were not there', async () => {
    const listed = await own(CLARA, '/mine-sager');
    expect(listed).toBe(await own(DAGMAR, '/mine-sager'));
    expect(listed).not.toMatch(/Parkering|05\.09\.12/);
  });

  it('tell the progress as if it were not there', async () => {
    expect(await own(CLARA, path(CLARA))).toBe(await own(DAGMAR, path(DAGMAR)));
  });

  it('give the answer that a citizen without a case gets, and the same progress after it', async () => {
    const jens = await place.carrier.staff('jens', ['godkender']);
    for (const { id } of asked.values()) {
      await place.carrier.review(id, mette);
      await place.carrier.waitFor(id, ['ready']);
      await place.carrier.sign(id, jens);
      await place.carrier.waitFor(id, ['delivered', 'undeliverable']);
    }
    const answer = await own(CLARA, path(CLARA, '/svar'));
    expect(answer).toBe(await own(DAGMAR, path(DAGMAR, '/svar')));
    expect(answer).toMatch(/fandt ingen dokumenter/);
    expect(answer).not.toMatch(/[Pp]arkering|Telefonnotat/);
    expect(await own(CLARA, path(CLARA))).toBe(await own(DAGMAR, path(DAGMAR)));
    expect(await own(CLARA, '/mine-sager')).toBe(await own(DAGMAR, '/mine-sager'));
  });
});
