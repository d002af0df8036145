import { chromium, type Browser, type Download } from 'playwright-core';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA, HOLGER } from '../../src/sandbox/municipality/citizens';
import { answeredRequest } from '../support/answered-request';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';
import { chromiumArguments, chromiumPath } from './chromium';
import { NO_FAULTS, Person } from './person';

const executablePath = chromiumPath();
const NOTE = 'Retsgrundlaget skulle være egenacces i den ene sag.';

(executablePath ? describe : describe.skip)('the records officer in a browser', () => {
  let place: TestTown;
  let town: Town;
  let browser: Browser;
  let lone: Person;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town } = place);
    await town.run('all');
    await answeredRequest(place.carrier, CLARA);
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: chromiumArguments });
    lone = await Person.sitDown(browser, town.publicUrl);
    await lone.logIn('/medarbejder', 'lone');
  });
  afterAll(async () => {
    await browser?.close();
    await place?.stop();
  });

  async function fetched(link: string | RegExp): Promise<Download> {
    const [download] = await Promise.all([lone.page.waitForEvent('download'), lone.follow(link)]);
    return download;
  }

  it('finds a citizen in the register by number, and reads the whole story of the delivery', async () => {
    await lone.open('/arkiv/leverancer');
    expect(await lone.faults('register')).toEqual(NO_FAULTS);
    await lone.page.getByLabel('Borgerens personnummer').fill(CLARA.cpr);
    await lone.press('Find borger');
    await lone.page.getByText('Viser kun leverancer til').waitFor();
    expect(lone.page.url()).not.toContain(CLARA.cpr.slice(0, 6));
    await lone.page.locator('table.register a').first().click();
    await lone.page.getByRole('heading', { name: 'Fundet siden' }).waitFor();
    expect(await lone.text()).toMatch(/Anmodning og indsamling .*SBSYS.*: søgt.* Afgørelse .*Fundet siden/);
    expect(await lone.faults('leverance')).toEqual(NO_FAULTS);
  });

  it('carries a sample audit from draw to report', async () => {
    await lone.open('/arkiv/stikproever');
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen' }).format(new Date());
    await lone.page.getByLabel('Godkendt fra').fill(today);
    await lone.page.getByLabel('Godkendt til').fill(today);
    await lone.press('Træk stikprøve');
    await lone.page.getByRole('heading', { name: 'Hvor langt er stikprøven?' }).waitFor();
    await lone.follow('Clara Overby Sand');
    await lone.page.locator('#punkt-11').waitFor();
    expect(await lone.faults('stikproeve-punkter')).toEqual(NO_FAULTS);
    for (let point = 1; point <= 11; point += 1) await lone.page.locator(`#svar-${point}-right`).check();
    await lone.page.locator('#svar-2-wrong').check();
    await lone.page.locator('#note-2').fill(NOTE);
    await lone.press('Gem');
    await lone.page.getByText(NOTE).waitFor();
    await lone.page.getByLabel('Hvad er der gjort ved det?').fill('Sagsbehandleren har sendt en ny afgørelse.');
    await lone.press('Gem opfølgning');
    await lone.page.getByText('Fulgt op').waitFor();
    await lone.page.getByLabel('Hvad viser stikprøven?').fill('Én fejl i retsgrundlaget, ellers i orden.');
    await lone.press('Afslut stikprøven');
    await lone.page.getByRole('heading', { name: 'Hvad viste stikprøven?' }).waitFor();
    expect(await lone.faults('stikproeve-rapport')).toEqual(NO_FAULTS);
    expect((await fetched('som CSV')).suggestedFilename()).toMatch(/^stikproeve-.*\.csv$/);
  });

  it('sees how it goes in plots with tables behind them, and takes the numbers along', async () => {
    await lone.open('/arkiv/statistik');
    expect(await lone.page.locator('figure svg').count()).toBeGreaterThan(3);
    await lone.page.locator('summary', { hasText: 'Vis tallene' }).first().click();
    expect(await lone.page.locator('#tabel-omfang').isVisible()).toBe(true);
    expect(await lone.faults('statistik')).toEqual(NO_FAULTS);
    expect((await fetched(/regneark/)).suggestedFilename()).toBe('statistik.xlsx');
    await lone.follow(/Tal til byrådet/);
    await lone.page.getByRole('heading', { name: 'Hvilke tal kan byrådet få?' }).waitFor();
    const told = await lone.page.locator('td.tal').allInnerTexts();
    expect(told).toContain('skjult');
    expect(told.filter((text) => /^[0-4]$/.test(text))).toEqual([]);
    expect(await lone.faults('byraad')).toEqual(NO_FAULTS);
  });

  it('prepares an extract of the log, decides, and fetches it', async () => {
    await lone.open('/arkiv/logudtraek');
    await lone.page.getByLabel('Borgerens personnummer').fill(CLARA.cpr);
    await lone.press('Gør udtræk klar');
    await lone.page.getByRole('heading', { name: /Kan Clara Overby Sand få dette udtræk/ }).waitFor();
    expect(await lone.faults('logudtraek')).toEqual(NO_FAULTS);
    expect(await lone.page.locator('tbody').innerText()).not.toMatch(/Mette|Jens|Lone|mette|jens/);
    await lone.press('Giv udtrækket');
    await lone.page.getByText('Hent som PDF').waitFor();
    expect((await fetched(/Hent som PDF/)).suggestedFilename()).toBe('logudtraek.pdf');
  });

  it('carries an incident from the delivery to its closing', async () => {
    await lone.open('/arkiv/leverancer');
    await lone.page.locator('table.register a').first().click();
    await lone.follow('Opret en hændelse for denne leverance');
    await lone.page.getByLabel('En oplysning skulle have været fjernet').check();
    await lone.page.getByLabel('Beskriv det').fill('En adresse stod i et svar på en anmodning om aktindsigt.');
    expect(await lone.faults('haendelse-ny')).toEqual(NO_FAULTS);
    await lone.press('Opret hændelsen');
    await lone.page.getByRole('heading', { name: 'Hvad mangler, før hændelse 1 kan afsluttes?' }).waitFor();
    expect(await lone.text()).toMatch(/7[12] timer tilbage/);
    await lone.page.getByLabel('Høj risiko').check();
    await lone.page.getByLabel('Cirka hvor mange personer').fill('1');
    await lone.page.getByLabel('Cirka hvor mange registreringer').fill('1');
    await lone.page.getByLabel('Adresser').check();
    await lone.press('Gem vurderingen');
    await lone.page.getByText('Sendt: kan ikke kaldes tilbage').waitFor();
    expect(await lone.faults('haendelse')).toEqual(NO_FAULTS);
    await lone.follow('Søg, hvem der fik en side');
    await lone.page.getByLabel('Personnummer').fill(HOLGER.cpr as string);
    await lone.page.getByLabel('Noget om en person').check();
    await lone.page.getByLabel('Hvorfor skal du vide det?').fill('Hændelse 1: hans adresse stod i svaret');
    await lone.press('Søg');
    await lone.page.getByText('1 leverance har det.').waitFor();
    expect(await lone.faults('haendelse-hvem')).toEqual(NO_FAULTS);
    await lone.press(/Føj til/);
    await lone.page.getByRole('heading', { name: /Hvad mangler/ }).waitFor();
    await lone.follow('Breve om hændelsen');
    await lone.press(/Skriv et brev til Clara/);
    await lone.page.getByRole('heading', { name: 'Brev til Clara Overby Sand' }).waitFor();
    expect(await lone.faults('haendelse-breve')).toEqual(NO_FAULTS);
    await lone.press('Godkend og send');
    await until(
      'the letter lies in the mailbox',
      async () => (await lone.open(new URL(lone.page.url()).pathname), lone.text()),
      (text) => text.includes('Lagt i modtagerens postkasse'),
    );
    await lone.page
      .getByLabel('Hvis de ikke skal underrettes: hvorfor?')
      .fill('Modtageren har slettet siden uden at læse den.');
    await lone.press('De skal ikke underrettes');
    await lone.page.getByText('er ikke underrettet').waitFor();
    await lone.follow('Tilbage til hændelse 1');
    await lone.follow('Tekst og anmeldelse til Datatilsynet');
    expect(await lone.faults('haendelse-datatilsynet')).toEqual(NO_FAULTS);
    await lone.press('Gem teksten');
    await lone.page.getByRole('link', { name: 'PDF af udgave 1' }).waitFor();
    expect((await fetched(/PDF af udgave 1/)).suggestedFilename()).toBe('haendelse-1-anmeldelse-1.pdf');
    await lone.page.getByLabel('Kvitteringens nummer').fill('DT-2026-881');
    await lone.press('Datatilsynet har fået besked');
    await lone.page.getByText('kvittering DT-2026-881').waitFor();
    await lone.follow('Tilbage til hændelse 1');
    await lone.page
      .getByLabel('Hvad er gjort, for at det ikke sker igen?')
      .fill('Adresser i bilag gennemgås nu af to.');
    expect(await lone.faults('haendelse-klar')).toEqual(NO_FAULTS);
    await lone.press('Afslut hændelsen');
    await lone.page.getByRole('heading', { name: 'Hændelse 1 er afsluttet' }).waitFor();
    expect(await lone.faults('haendelse-afsluttet')).toEqual(NO_FAULTS);
    expect((await fetched(/Hent som PDF/)).suggestedFilename()).toBe('haendelse-1-fortegnelse.pdf');
    await lone.open('/arkiv/haendelser');
    expect(await lone.faults('haendelser')).toEqual(NO_FAULTS);
  });
});
