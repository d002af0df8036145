import type { EntityManager } from 'typeorm';
import { Delivery } from '../../src/delivery/delivery.entity';
import { IncidentLetter } from '../../src/delivery/incidents/incident-letter.entity';
import { Incident } from '../../src/delivery/incidents/incident.entity';
import { IncidentWatch } from '../../src/delivery/incidents/incident-watch';
import { JournalEntryRow } from '../../src/delivery/journal-entry.entity';
import { planRetention } from '../../src/delivery/retention/retention-plan';
import { FileRow } from '../../src/gathering/file.entity';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { PackageFile } from '../../src/decisions/package-file.entity';
import { Vault } from '../../src/platform/vault/vault';
import type { AccessRequest } from '../../src/requests/request.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA, HOLGER } from '../../src/sandbox/municipality/citizens';
import { pdfPages } from '../browser/pdf-text';
import { answeredRequest } from '../support/answered-request';
import type { Carrier } from '../support/carry-request';
import { danishDayAndClock } from '../support/danish-clock';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

const WHY = 'Hændelse 1: en borger ringede om en adresse, der stod i svaret';
const WHAT = 'En adresse på en tredje person stod i et svar på en anmodning om aktindsigt.';
const CPR = CLARA.cpr.replace('-', '');

describe('a breach that is noticed after the answer was sent', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let request: AccessRequest;
  let delivery: Delivery;
  let lone: Browser;
  let here: string;
  const within = <T>(work: (entities: EntityManager) => Promise<T>): Promise<T> => carrier.within(work);
  const incident = () => within((entities) => entities.findOneByOrFail(Incident, {}));
  const letters = () => within((entities) => entities.find(IncidentLetter, { order: { position: 'ASC' } }));
  const newest = async () => (await letters()).at(-1) as IncidentLetter;
  const entries = (action: string) => within((entities) => entities.findBy(AuditEntry, { action }));
  const hasFailed = async (path: string, fields: Record<string, string>, sentence: string) => {
    expect(await lone.send(path, fields)).toBe(422);
    expect(lone.text()).toContain(sentence);
  };

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    await town.run('all');
    request = await answeredRequest(carrier, CLARA);
    delivery = await within((entities) => entities.findOneByOrFail(Delivery, { requestId: request.id }));
    lone = new Browser(town.publicUrl);
    await lone.logIn('/medarbejder', 'lone');
  }, 180_000);
  afterAll(() => place?.stop());

  it('is opened from the delivery, and 72 hours count from when it was noticed', async () => {
    await lone.open(`/arkiv/leverancer/${delivery.id}`);
    const [open] = lone.links(/haendelser\/ny/);
    await lone.open(open);
    expect(lone.text()).toContain('Leverancen til Clara Overby Sand');
    const form = { leverance: delivery.id, aarsag: 'not-redacted', hvad: WHAT, hvem: 'En borger ringede' };
    const post = '/arkiv/haendelser/ny';
    await hasFailed(post, { ...form, dag: '2099-01-01', kl: '09:00' }, 'Tidspunktet er ikke kommet endnu');
    await hasFailed(post, { ...form, dag: '2026-02-31', kl: '09:00' }, 'Skriv både dag og klokkeslæt');
    await hasFailed(post, { ...form, hvad: `${WHAT} ${CPR}`, dag: '2026-11-20', kl: '09:00' }, 'personnummer');
    await hasFailed(post, { ...form, aarsag: '', dag: '2026-11-20', kl: '09:00' }, 'Vælg, hvad der er sket');
    await hasFailed(post, { ...form, hvad: 'Kort', dag: '2026-11-20', kl: '09:00' }, 'hvad der er sket');
    const noticed = new Date(Date.now() - 50 * 3_600_000);
    const [dag, kl] = danishDayAndClock(noticed);
    expect(await lone.send(post, { ...form, dag, kl })).toBe(200);
    const { id, noticedAt, dueAt } = await incident();
    here = `/arkiv/haendelser/${id}`;
    expect(Math.abs(noticedAt.getTime() - noticed.getTime())).toBeLessThan(60_000);
    expect(dueAt.getTime() - noticedAt.getTime()).toBe(72 * 3_600_000);
    expect(lone.text()).toMatch(/Hvad mangler, før hændelse 1 kan afsluttes\? (21|22) timer tilbage/);
  });

  it('is told on the front page and with the request before the 72 hours are over', async () => {
    await lone.open('/arkiv');
    expect(lone.text()).toContain('1 hvor der er under 24 timer til at anmelde et brud til Datatilsynet');
    await within((entities) => carrier.app.get(IncidentWatch).warn(entities));
    expect((await carrier.request(request.id)).attention).toContain('72 timer');
  });

  it('stops the deletion of working copies while it is open', async () => {
    const [plan] = await within((entities) => planRetention(entities, new Date(), request.id));
    expect(plan.staysBecause).toContain('held-breach');
  });

  describe('who got which page', () => {
    const ask = async (fields: Record<string, string>) => {
      await lone.open('/arkiv/haendelser/hvem');
      return lone.send('/arkiv/haendelser/hvem', { haendelse: '', begrundelse: WHY, ...fields });
    };

    it('is asked with a reason only', async () => {
      expect(await ask({ slags: 'dokument', anmodning: request.number, dokument: '1', begrundelse: 'kort' })).toBe(422);
      expect(lone.text()).toContain('Skriv, hvorfor du skal vide det');
    });

    it('is answered for a document with the pages that it really stands on in the package', async () => {
      const places: { position: number; first_page: number; pages: number; text: string }[] = await within((entities) =>
        entities.query(
          `select d.position, p.first_page, p.pages from package_place p join document d on d.id = p.document_id
           where p.first_page is not null order by p.first_page`,
        ),
      );
      expect(places.length).toBeGreaterThan(2);
      const bytes = await within(async (entities) => {
        const file = await entities.findOneByOrFail(PackageFile, { decisionId: delivery.decisionId, kind: 'package' });
        return carrier.app.get(Vault).readBytes(request.authorityId, file.vaultKey, {
          actor: { kind: 'system' },
          action: 'vault.read',
          subject: { kind: 'package_file', id: file.id },
          reason: 'A test looks at the package.',
        });
      });
      const pages = await pdfPages(bytes);
      expect(places.reduce((sum, each) => sum + each.pages, 0)).toBe(pages.length);
      // The stamp below each page says which document it is of.
      for (const { position, first_page: first, pages: count } of places)
        for (let page = first; page < first + count; page += 1)
          expect(pages[page - 1]).toMatch(new RegExp(`Dokument ${position}\\b`));
      const [, second] = places;
      expect(await ask({ slags: 'dokument', anmodning: request.number, dokument: String(second.position) })).toBe(200);
      expect(lone.text()).toContain('1 leverance har det.');
      expect(lone.text()).toMatch(new RegExp(`Dokument ${second.position} side(rne)? ${second.first_page}\\b`));
    });

    it('is answered for a file that was gathered or sent, by its hash', async () => {
      const file = await within((entities) =>
        entities.findOneByOrFail(FileRow, { requestId: request.id, state: 'converted' }),
      );
      expect(await ask({ slags: 'fil', aftryk: (file.sha256 as string).toUpperCase() })).toBe(200);
      expect(lone.text()).toContain('Samme fil.');
      const sent = await within((entities) =>
        entities.findOneByOrFail(PackageFile, { decisionId: delivery.decisionId, kind: 'letter' }),
      );
      await ask({ slags: 'fil', aftryk: sent.sha256 });
      expect(lone.text()).toContain('Filen er en del af svaret.');
      await ask({ slags: 'fil', aftryk: '0'.repeat(64) });
      expect(lone.text()).toContain('Ingen leverance har det.');
      expect(await ask({ slags: 'fil', aftryk: 'abc' })).toBe(422);
    });

    it('is answered for a person by a number that stands in no address, no page and no log', async () => {
      expect(await ask({ slags: 'person', cpr: HOLGER.cpr as string })).toBe(200);
      expect(lone.text()).toContain('Personen er nævnt.');
      expect(lone.text()).toContain('Fjernet på side');
      await ask({ slags: 'person', cpr: CLARA.cpr });
      expect(lone.text()).toContain('Svaret er sendt til personen.');
      expect(lone.page).not.toContain(CLARA.cpr.slice(0, 6));
      const asked = await entries('archive.who-got');
      expect(asked.length).toBe(6);
      expect(new Set(asked.map(({ reason }) => reason))).toEqual(new Set([WHY]));
      expect(JSON.stringify(asked)).not.toMatch(
        new RegExp(`${CLARA.cpr.slice(0, 6)}|${String(HOLGER.cpr).slice(0, 6)}`),
      );
    });

    it('leaves out, without counting it, what lies in a case whose existence is protected or outside the areas', async () => {
      const set = (sql: string) => within((entities) => entities.query(sql, [request.id]));
      const found = async () => {
        await ask({ slags: 'person', cpr: HOLGER.cpr as string });
        return lone.text().includes('Ingen leverance har det.');
      };
      expect(await found()).toBe(false);
      await set(`update records_case set existence = 'protected' where request_id = $1`);
      expect(await found()).toBe(true);
      await set(`update records_case set existence = 'open' where request_id = $1`);
      await within((entities) => entities.query(`update staff set areas = '{99}' where subject = 'lone'`));
      expect(await found()).toBe(true);
      await within((entities) => entities.query(`update staff set areas = null where subject = 'lone'`));
    });
  });

  it('cannot be closed before the law has had its due', async () => {
    await lone.open(here);
    expect(await lone.send(`${here}/afslut`, { tekst: 'Alt er i orden nu, og det sker ikke igen.' })).toBe(422);
    for (const missing of ['hvor alvorligt', 'Datatilsynet har fået besked', 'er underrettet'])
      expect(lone.text()).toContain(missing);
    const close = within((entities) => entities.query(`update incident set state = 'closed'`));
    await expect(close).rejects.toThrow('violates check constraint');
  });

  it('is assessed with how serious it is and about how many it concerns', async () => {
    await hasFailed(`${here}/alvor`, { alvor: 'high', personer: '1', registreringer: '1' }, 'Vælg mindst én slags');
    expect(
      await lone.send(`${here}/alvor`, { alvor: 'high', personer: '1', registreringer: '2', oplysninger: 'addresses' }),
    ).toBe(200);
    expect(lone.text()).toContain('Høj risiko. Cirka 1 person og 2 registreringer: adresser.');
  });

  it('cannot be called back from Digital Post, and says what to do instead', async () => {
    expect(await lone.send(`${here}/leverancer/${delivery.id}/stands`)).toBe(422);
    expect(lone.text()).toContain('kan ikke kaldes tilbage');
  });

  it('is told to the one who got it, in one message that stands on the citizen’s page and in the journal', async () => {
    await lone.open(`${here}/breve`);
    expect(await lone.send(`${here}/breve`, { leverance: delivery.id })).toBe(200);
    const draft = await newest();
    expect(lone.text()).toContain(`svar på din anmodning om aktindsigt, ${request.number}`);
    await hasFailed(`${here}/breve`, { leverance: delivery.id }, 'Der er allerede et brev');
    const tekst =
      'Du fik ved en fejl en adresse, du ikke skulle have haft.\n\nSlet siden, og giv ikke oplysningen videre. Ring til os.';
    const post = `${here}/breve/${draft.id}`;
    expect(await lone.send(post, { tekst: `${tekst} Den er ${HOLGER.name}s.`, handling: 'send' })).toBe(200);
    const stopped = await until(
      'the gate stops the letter',
      newest,
      ({ state, errorText }) => state === 'draft' && errorText !== null,
    );
    expect(stopped).toMatchObject({ attempts: 0, approvedBy: null });
    await lone.open(`${here}/breve`);
    expect(lone.text()).toContain('noget, som modtageren ikke må få at vide');
    const before = (await town.digitalPost.control.messages()).length;
    expect(await lone.send(post, { tekst, handling: 'send' })).toBe(200);
    const sent = await until('the letter is delivered', newest, ({ state }) => state === 'delivered');
    const messages = await town.digitalPost.control.messages();
    expect(messages.slice(before)).toMatchObject([
      { messageUUID: sent.messageUuid, sha256: sent.contentSha256, recipientCpr: CPR },
    ]);
    const clara = new Browser(town.publicUrl);
    await clara.logIn('/log-ind', 'clara');
    await clara.open(`/anmodninger/${request.id}`);
    expect(clara.text()).toContain('Vi har skrevet til dig om en fejl i det svar, du fik.');
    const [link] = clara.links(/breve\/[0-9a-f-]+\.pdf$/);
    expect((await pdfPages(await clara.download(link))).join(' ')).toContain('giv ikke oplysningen videre');
    const dagmar = new Browser(town.publicUrl);
    await dagmar.logIn('/log-ind', 'dagmar');
    expect(await dagmar.open(link)).toBe(404);
    const entry = () => within((entities) => entities.findOneByOrFail(JournalEntryRow, { incidentLetterId: sent.id }));
    await until('the journal has the letter', entry, ({ state }) => state === 'journalised');
    const held = town.sbsys.journalEntries().find(({ kind }) => kind === 'incident-letter');
    expect(held?.files).toMatchObject([{ name: 'brev-om-fejl.pdf', sha256: sent.letterSha256 }]);
  });

  it('is told to the one it is about, without the name of the one who asked for access', async () => {
    await lone.open(`${here}/breve`);
    expect(lone.text()).toContain(HOLGER.name);
    const person = lone.page.match(/name="person" value="([^"]+)"/)?.[1] as string;
    expect(await lone.send(`${here}/breve`, { person })).toBe(200);
    const draft = await newest();
    expect(draft.kind).toBe('concerned');
    await lone.open(`${here}/breve`);
    const text = (/<textarea[^>]*name="tekst"[^>]*>([\s\S]*?)<\/textarea>/.exec(lone.page)?.[1] ?? '').trim();
    expect(text).toContain('Det drejer sig om adresser.');
    const post = `${here}/breve/${draft.id}`;
    await lone.send(post, { tekst: `${text}\n\nDet var ${CLARA.name}, der fik dem.`, handling: 'send' });
    await until('the gate stops the letter', newest, ({ state, errorText }) => state === 'draft' && errorText !== null);
    await town.digitalPost.control.contact(String(HOLGER.cpr).replace('-', ''), 'EXEMPT');
    await lone.open(`${here}/breve`);
    await lone.send(post, { tekst: text, handling: 'send' });
    // On paper the letter goes by an employee's hand, who attests it.
    await until('the letter waits for paper', newest, ({ state }) => state === 'not_registered');
    await lone.open(`${here}/breve`);
    expect((await pdfPages(await lone.download(post))).join(' ')).toContain(
      'Oplysninger om dig er kommet i forkerte hænder',
    );
    await hasFailed(`${post}/udlevering`, { udlevering: 'nej' }, 'Skriv, hvordan og hvornår');
    expect(await lone.send(`${post}/udlevering`, { udlevering: 'Sendt med PostNord i dag kl. 14.' })).toBe(200);
    expect((await newest()).state).toBe('handed_over');
    expect(await lone.send(`${here}/breve/underretning`, { svar: 'ja' })).toBe(200);
    expect(lone.text()).toContain('er underrettet');
  });

  it('is written up for Datatilsynet from what is known, in versions, with no name that was removed', async () => {
    const page = `${here}/datatilsynet`;
    await lone.open(page);
    const parts = Object.fromEntries(
      [
        ...lone.page.matchAll(
          /<textarea[^>]*name="(nature|contact|consequences|measures)"[^>]*>([\s\S]*?)<\/textarea>/g,
        ),
      ].map(([, part, text]) => [part, text.trim()]),
    );
    expect(parts['nature']).toContain('cirka 1 person');
    expect(parts['contact']).toContain('databeskyttelse@solby.example');
    expect(parts['measures']).toContain('Vi har skrevet til 1 modtager');
    expect(parts['measures']).toContain('underrettet 1 person');
    await hasFailed(
      `${page}/anmeldt`,
      { kvittering: 'ABC-1', anmeldt: '2026-11-22', kl: '10:00' },
      'Gem teksten til Datatilsynet først',
    );
    await hasFailed(
      page,
      { ...parts, measures: `${parts['measures']} Det var ${HOLGER.name}.` },
      'fjernet i dokumenterne',
    );
    expect(await lone.send(page, parts)).toBe(200);
    expect(await lone.send(page, { ...parts, consequences: 'Personen kan blive opsøgt på sin adresse.' })).toBe(200);
    const first = (await lone.download(`${page}/udgave/1/anmeldelse.txt`)).toString();
    const second = (await pdfPages(await lone.download(`${page}/udgave/2/anmeldelse.pdf`))).join(' ');
    expect(first).not.toContain('opsøgt');
    expect(second).toContain('opsøgt på sin adresse');
    expect((await entries('incident.fetch')).length).toBe(2);
  });

  it('is noted as notified, and a notification that is late says why', async () => {
    const post = `${here}/datatilsynet/anmeldt`;
    const set = (hours: number) =>
      within((entities) =>
        entities.update(Incident, { number: 1 }, { dueAt: new Date(Date.now() + hours * 3_600_000) }),
      );
    const [anmeldt, kl] = danishDayAndClock(new Date());
    await lone.open(`${here}/datatilsynet`);
    await set(-1);
    await hasFailed(post, { kvittering: 'DT-2026-881', anmeldt, kl, forsinket: '' }, 'senere end 72 timer');
    await set(10);
    expect(await lone.send(post, { kvittering: 'DT-2026-881', anmeldt, kl, forsinket: '' })).toBe(200);
    expect(lone.text()).toContain('kvittering DT-2026-881');
    expect((await carrier.request(request.id)).attention).toBeNull();
    expect(await within((entities) => carrier.app.get(IncidentWatch).runningOut(entities))).toEqual({
      late: 0,
      soon: 0,
    });
  });

  it('is read and commented by the data protection officer, who decides nothing', async () => {
    const dorte = new Browser(town.publicUrl);
    await dorte.logIn('/medarbejder', 'dorte');
    expect(await dorte.open(here)).toBe(200);
    expect(await dorte.send(`${here}/bemaerkninger`, { tekst: 'Overvej, om flere har fået samme side.' })).toBe(200);
    expect(dorte.text()).toContain('Overvej, om flere har fået samme side.');
    expect(await dorte.send(`${here}/afslut`, { tekst: 'Alt er i orden nu, og det sker ikke igen.' })).toBe(403);
    await dorte.open(`${here}/breve`);
    expect(dorte.page).not.toContain('value="send"');
  });

  it('is closed with what was learnt, and stands as it was; the record holds it all', async () => {
    await lone.open(here);
    expect(
      await lone.send(`${here}/afslut`, { tekst: 'Adresser i bilag gennemgås nu af to, før svaret sendes.' }),
    ).toBe(200);
    expect(lone.text()).toContain('Hændelse 1 er afsluttet');
    const record = (await lone.download(`${here}/fortegnelse.txt`)).toString();
    for (const part of [
      WHAT,
      'Clara Overby Sand',
      'DT-2026-881',
      'Overvej, om flere',
      'gennemgås nu af to',
      'Oprettede en hændelse',
    ])
      expect(record).toContain(part);
    expect((await lone.download(`${here}/fortegnelse.pdf`)).subarray(0, 5).toString()).toBe('%PDF-');
    await hasFailed(
      `${here}/alvor`,
      { alvor: 'low', personer: '1', registreringer: '1', oplysninger: 'names' },
      'er afsluttet',
    );
    const [plan] = await within((entities) => planRetention(entities, new Date(), request.id));
    expect(plan.staysBecause).not.toContain('held-breach');
  });

  it('of no risk is closed with reasons alone', async () => {
    const [dag, kl] = danishDayAndClock(new Date());
    await lone.open('/arkiv/haendelser/ny');
    await lone.send('/arkiv/haendelser/ny', {
      aarsag: 'other',
      hvad: 'Et svar lå kortvarigt åbent på en skærm i receptionen.',
      hvem: 'Jeg selv',
      dag,
      kl,
    });
    const second = await within((entities) => entities.findOneByOrFail(Incident, { number: 2 }));
    const there = `/arkiv/haendelser/${second.id}`;
    await lone.send(`${there}/alvor`, { alvor: 'low', personer: '1', registreringer: '1', oplysninger: 'names' });
    await lone.open(`${there}/breve`);
    await hasFailed(`${there}/breve/underretning`, { svar: 'ja' }, 'Ingen af dem');
    await hasFailed(
      `${there}/breve/underretning`,
      { svar: 'nej', underretning: 'Nej' },
      'hvorfor de ikke skal underrettes',
    );
    const reason = 'Skærmen var låst inden for et minut, og ingen var i lokalet.';
    expect(await lone.send(`${there}/breve/underretning`, { svar: 'nej', underretning: reason })).toBe(200);
    await lone.open(`${there}/datatilsynet`);
    await hasFailed(`${there}/datatilsynet/ikke-anmeldt`, { begrundelse: '' }, 'hvorfor bruddet ikke skal anmeldes');
    expect(await lone.send(`${there}/datatilsynet/ikke-anmeldt`, { begrundelse: reason })).toBe(200);
    await lone.open(there);
    expect(await lone.send(`${there}/afslut`, { tekst: 'Skærme låses nu af sig selv efter et minut.' })).toBe(200);
    expect(lone.text()).toContain('Hændelse 2 er afsluttet');
  });

  it('does not open for a caseworker', async () => {
    const mette = new Browser(town.publicUrl);
    await mette.logIn('/medarbejder', 'mette');
    expect(await mette.open('/arkiv/haendelser/hvem')).toBe(403);
    expect(await mette.open(here)).toBe(403);
  });
});
