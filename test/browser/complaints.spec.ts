import { readFile } from 'node:fs/promises';
import { chromium, type Browser } from 'playwright-core';
import type { EntityManager } from 'typeorm';
import { RecordsCaseRow } from '../../src/gathering/records-case.entity';
import { danishDay, inWorkingDays, longDate } from '../../src/law';
import { DocumentReview } from '../../src/redaction/document-review';
import { Retention } from '../../src/delivery/retention/retention';
import { RetentionItem } from '../../src/delivery/retention/retention.entities';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';
import { chromiumArguments, chromiumPath } from './chromium';
import { NO_FAULTS, Person } from './person';

const executablePath = chromiumPath();
const WORDS = 'Jeg vil vide, hvem der har skrevet om min mor.';
const STATEMENT =
  'Kommunen fastholder svaret. Oplysningerne handler om andres helbred og har ingen betydning for sagen.';

(executablePath ? describe : describe.skip)('a complaint in browsers', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let browser: Browser;
  let clara: Person;
  let lone: Person;
  let requestId: string;
  let file: string;
  const within = <T>(work: (entities: EntityManager) => Promise<T>): Promise<T> => carrier.within(work);

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    await town.run('all');
    requestId = await answered();
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: chromiumArguments });
    clara = await sitDown('/log-ind', 'clara');
    lone = await sitDown('/medarbejder', 'lone');
  });
  afterAll(async () => {
    await browser?.close();
    await place?.stop();
  });

  async function sitDown(door: '/log-ind' | '/medarbejder', login: string): Promise<Person> {
    const person = await Person.sitDown(browser, town.publicUrl);
    await person.logIn(door, login);
    return person;
  }

  /** Under offentlighedsloven, so that the municipality looks at its answer again. */
  async function answered(): Promise<string> {
    const [mette, jens] = [await carrier.staff('mette', ['sagsbehandler']), await carrier.staff('jens', ['godkender'])];
    const { id } = await carrier.ask(CLARA);
    await carrier.waitFor(id, ['review']);
    await carrier.review(id, mette, async (_documents, entities) => {
      for (const { id: caseId } of await entities.findBy(RecordsCaseRow, { requestId: id }))
        await carrier.app.get(DocumentReview).chooseBasis(entities, id, caseId, 'OFL_EGENACCES', mette.id);
    });
    await carrier.waitFor(id, ['ready']);
    await carrier.sign(id, jens);
    await carrier.waitFor(id, ['delivered']);
    return id;
  }

  it('is sent by the citizen, who sees that it is registered and where it is', async () => {
    await clara.open(`/anmodninger/${requestId}/svar`);
    await clara.follow('Klag over svaret');
    expect(await clara.faults('klage-ny', true)).toEqual(NO_FAULTS);
    await clara.press('Send klagen');
    await clara.page.getByRole('link', { name: 'Vælg, hvad klagen handler om.' }).waitFor();
    expect((await clara.faults('klage-ny-fejl')).accessibility).toEqual([]);
    await clara.page.getByLabel('Ét dokument').check();
    await clara.page.getByLabel(/Hvilket dokument/).selectOption('1');
    await clara.page.getByLabel('Hvad er du uenig i?').fill(WORDS);
    await clara.press('Send klagen');
    await clara.page.getByText('Klage over dokument 1').waitFor();
    const due = inWorkingDays(danishDay(new Date()), 7).strict;
    expect(await clara.text()).toContain(`sender vi klagen til Vejdirektoratet, normalt senest ${longDate(due)}`);
    expect(await clara.text()).toContain('Vi har registreret din klage.');
    expect(await clara.faults('anmodning-klage', true)).toEqual(NO_FAULTS);
  });

  it('holds the working copies until it has an outcome, by itself', async () => {
    const officer = await carrier.staff('lone', ['arkivar']);
    const item = await within(async (entities) => {
      const run = await carrier.app.get(Retention).plan(entities, town.authorityId, officer.id);
      return entities.findOneByOrFail(RetentionItem, { runId: run.id, requestId });
    });
    expect(item.staysBecause).toContain('held-complaint');
  });

  it('is not reconsidered by the one who decided', async () => {
    const mette = await sitDown('/medarbejder', 'mette');
    await mette.open(`/sagsbehandling/${requestId}`);
    await mette.follow(/1 klage og sager til klageinstanser/);
    expect(await mette.faults('klager')).toEqual(NO_FAULTS);
    await mette.follow('Klage 1 over dokument 1');
    expect(await mette.text()).toContain(WORDS);
    await mette.page.getByLabel('Udtalelse').fill(STATEMENT);
    await mette.press('Gem genvurderingen');
    await mette.page.getByRole('link', { name: /Du har selv afgjort eller godkendt svaret/ }).waitFor();
    expect(await mette.page.getByLabel('Udtalelse').inputValue()).toBe(STATEMENT);
  });

  it('is reconsidered by another, who finds it on the delivery', async () => {
    await lone.open('/arkiv/leverancer');
    await lone.page.locator('table.register a').first().click();
    await lone.follow('Klage 1 over dokument 1');
    await lone.page.getByLabel('Udtalelse').fill(STATEMENT);
    expect(await lone.faults('klage')).toEqual(NO_FAULTS);
    await lone.press('Gem genvurderingen');
    await lone.page.getByText('Kommunen så på svaret igen').waitFor();
    expect(await lone.text()).toContain('Skal sendes videre');
  });

  it('gets the file for its body in one click, fetched with a reason and a confirmation only', async () => {
    await lone.press('Lav sagen til Vejdirektoratet');
    await lone.page.getByRole('link', { name: 'Sagen til Vejdirektoratet' }).waitFor();
    const ready = async (): Promise<string> => {
      await lone.page.reload();
      return lone.text();
    };
    await until('the file is ready', ready, (text) => text.includes('Klar'));
    await lone.follow('Sagen til Vejdirektoratet');
    await lone.page.getByRole('heading', { name: 'Hent filen' }).waitFor();
    file = new URL(lone.page.url()).pathname;
    expect(await lone.faults('klagesag-fil')).toEqual(NO_FAULTS);
    await lone.page.getByLabel(/Hvad skal du bruge den til/).fill('Sendes til Vejdirektoratet med sikker forbindelse.');
    await lone.press('Hent filen');
    await lone.page.getByRole('link', { name: /Sæt kryds ved/ }).waitFor();
    expect((await lone.faults('klagesag-fil-fejl')).accessibility).toEqual([]);
    await lone.page.getByLabel(/Jeg ved, at filen rummer/).check();
    const [download] = await Promise.all([lone.page.waitForEvent('download'), lone.press('Hent filen')]);
    expect(download.suggestedFilename()).toBe('FORTROLIGT-sag-til-klageinstans.pdf');
    expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-');
    await lone.open(file);
    expect(await lone.text()).toMatch(/Hvem har hentet den\?.*Sendes til Vejdirektoratet med sikker forbindelse/);
  });

  it('is read by the data protection officer, who can do nothing and fetch nothing', async () => {
    const dorte = await sitDown('/medarbejder', 'dorte');
    await dorte.open(`/sagsbehandling/${requestId}/klager`);
    expect(await dorte.text()).toContain('Klage 1 over dokument 1');
    expect(await dorte.page.locator('main form').count()).toBe(0);
    await dorte.open(file);
    expect(await dorte.text()).toContain('Hvem har hentet den?');
    expect(await dorte.page.locator('main form').count()).toBe(0);
    const status = await dorte.page.evaluate<number>(
      `fetch('${file}/hent', { method: 'POST', body: new URLSearchParams({ bekraeft: 'ja', begrundelse: 'En begrundelse' }) }).then((r) => r.status)`,
    );
    expect(status).toBe(403);
    // The citizen finds no such address.
    await clara.open(file);
    expect(await clara.heading()).not.toContain('Sagen til');
  });

  it('is forwarded and gets its outcome, which the citizen reads and the statistics count', async () => {
    await lone.open('/arkiv/klager');
    await lone.follow(/Klage 1 over/);
    await lone.press('Klagen er sendt videre');
    await lone.page.getByText('Hvad har Vejdirektoratet afgjort?').waitFor();
    expect(await lone.faults('klage-udfald')).toEqual(NO_FAULTS);
    await lone.page.getByLabel('Hjemvist').check();
    await lone.press('Gem udfaldet');
    await lone.page.getByText('Hjemvist af Vejdirektoratet').waitFor();
    expect(await lone.text()).toContain('Nyt svar senest');
    await clara.open(`/anmodninger/${requestId}`);
    expect(await clara.text()).toContain('Vejdirektoratet har bedt os om at svare dig igen.');
    await lone.open('/arkiv/statistik');
    expect(await lone.text()).toContain('1 klage er kommet i perioden, og 0 er ikke afgjort.');
    await lone.open('/arkiv/klager');
    expect(await lone.text()).toContain('Alle klager er afgjort.');
  });
});
