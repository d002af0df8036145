import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { Town } from '../../src/sandbox/demo/town';
import { HOME } from '../../src/sandbox/municipality/filing';
import { hashGroups } from '../../src/web/pages/amounts';
import { until } from '../support/until';
import { chromiumArguments, chromiumPath } from './chromium';
import { NO_FAULTS, Person } from './person';
import { pdfText } from './pdf-text';
import { ReviewScreen, type Place } from './review-screen';

const executablePath = chromiumPath();
const UNDER_REVIEW = 'En sagsbehandler gennemgår dokumenterne.';
/** Where the letter of 5 May quotes the neighbour; no rule proposes it. */
const QUOTATION: Place = { x: 66, y: 198, width: 100, height: 17 };
const CONSIDERATION = 'oplysningerne er private forhold om andre end dig';

(executablePath ? describe : describe.skip)('a request in the browsers of four people', () => {
  let folder: string;
  let town: Town;
  let browser: Browser;
  let clara: Person;
  let downloaded: Buffer;
  /** The citizen's page of the request, and the caseworker's. */
  let own: string;
  let casework: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aktindsigt-browser-'));
    town = await Town.start({ folder, adminUrl: process.env['TEST_POSTGRES_ADMIN_URL'], receiptDelayMs: 200 });
    await town.run('all');
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: chromiumArguments });
  });
  afterAll(async () => {
    await browser?.close();
    await town?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The sentence on top of the citizen's page. */
  const sentence = (person: Person) => person.page.locator('#forloeb .font-lead').innerText();
  const sees = (person: Person, wanted: string) =>
    until(
      `the page says »${wanted}«`,
      () => sentence(person),
      (now) => now === wanted,
    );

  it('is asked for in three steps by the citizen', async () => {
    clara = await Person.sitDown(browser, town.publicUrl);
    await clara.open('/');
    expect(await clara.faults('borger-forside', true)).toEqual(NO_FAULTS);
    await clara.logIn('/log-ind', 'clara');
    expect(await clara.heading()).toContain('Dine sager i Solby Kommune');
    expect(await clara.faults('borger-mine-sager', true)).toEqual(NO_FAULTS);

    await clara.open('/anmodning/ny');
    await clara.page.getByLabel('Alt, hvad kommunen har om mig').check();
    expect(await clara.faults('borger-trin-1', true)).toEqual(NO_FAULTS);
    await clara.press('Næste');
    await clara.page.getByText('Trin 2 af 3').waitFor();
    await clara.page.locator('#ordlyd').fill('Jeg vil gerne se, hvad min nabo har skrevet.');
    expect(await clara.faults('borger-trin-2', true)).toEqual(NO_FAULTS);
    await clara.press('Næste');
    await clara.page.getByText('Trin 3 af 3').waitFor();
    expect(await clara.text()).toContain('Du vil se alle dokumenter, som Solby Kommune har om dig.');
    expect(await clara.faults('borger-trin-3', true)).toEqual(NO_FAULTS);
  });

  it('shows how it goes without being read again, and by reading it again where there is no JavaScript', async () => {
    const plain = await Person.sitDown(browser, town.publicUrl, { javaScriptEnabled: false });
    await plain.logIn('/log-ind', 'clara');
    await clara.press('Send anmodningen');
    await clara.page.waitForURL(/\/anmodninger\//);
    own = new URL(clara.page.url()).pathname;
    casework = `/sagsbehandling/${own.split('/').at(-1)}`;
    await clara.page.evaluate('document.body.dataset.opened = "once"');
    const first = await sentence(clara);
    await plain.open(own);
    const plainFirst = await sentence(plain);
    expect([first, plainFirst]).not.toContain(UNDER_REVIEW);

    await sees(clara, UNDER_REVIEW);
    expect(await clara.page.locator('body').getAttribute('data-opened')).toBe('once');
    expect(await sentence(plain)).toBe(plainFirst);
    await plain.follow('Opdater siden');
    await sees(plain, UNDER_REVIEW);
    await plain.leave();
    expect(await clara.faults('borger-anmodning', true)).toEqual(NO_FAULTS);
  });

  it('is reviewed by keys, mouse and forms, while the citizen’s page follows', async () => {
    const mette = await Person.sitDown(browser, town.publicUrl);
    await mette.logIn('/medarbejder', 'mette');
    await mette.open('/sagsbehandling?vis=alle');
    expect(await mette.faults('sagsbehandler-koe')).toEqual(NO_FAULTS);
    await mette.follow('Clara Overby Sand');
    await mette.page.waitForURL(`**${casework}`);
    expect(await mette.faults('sagsbehandler-sag')).toEqual(NO_FAULTS);

    await mette.follow('Gennemgå');
    const screen = new ReviewScreen(mette);
    await screen.isReady();
    expect(await mette.heading()).toContain('Clara Overby Sand');
    expect(await screen.chosen()).toBe('Clara Overby Sand');
    await mette.page.keyboard.press('j');
    expect(await screen.chosen()).toBe('110392-1414');
    await mette.page.keyboard.press('k');
    expect(await screen.chosen()).toBe('Clara Overby Sand');
    await screen.decideByKey('Inga', 'f');
    await screen.decideByKey('Min bror', 'b');
    await screen.decideWithGround('har skizofreni', 'FVL-15B-3');
    await screen.lookToTheEnd();
    await mette.page.reload();
    expect([await screen.state('Inga'), await screen.state('Min bror')]).toEqual(['remove', 'keep']);
    expect(await screen.proposal('har skizofreni').locator('select').inputValue()).toBe('FVL-15B-3');
    expect(await mette.faults('sagsbehandler-gennemgang')).toEqual(NO_FAULTS);
    await screen.followTheRest();
    expect(await screen.state('Min bror')).toBe('keep');

    await mette.follow(/^Næste uafklarede/);
    await mette.page.getByRole('heading', { name: '2 Foto og forklaring' }).waitFor();
    await screen.lookToTheEnd();
    await screen.followTheRest();

    await mette.follow(/^Næste uafklarede/);
    await mette.page.getByRole('heading', { name: '3 Telefonnotat' }).waitFor();
    await screen.lookToTheEnd();
    await screen.withhold('FVL-12', 'Notatet er kun til internt brug og rummer ingen oplysninger om faktiske forhold.');
    expect(await mette.text()).toContain('Hele dokumentet udelades');
    expect(await mette.faults('sagsbehandler-udeladt')).toEqual(NO_FAULTS);

    await mette.follow(/^Næste uafklarede/);
    await mette.page.getByRole('heading', { name: '4 Svar på ansøgning' }).waitFor();
    const proposed = await mette.page.locator('li.forslag').count();
    await screen.draw(QUOTATION, 'henvender', 'FVL-15B-5');
    expect(await mette.page.locator('li.forslag').count()).toBe(proposed + 1);
    await screen.undo();
    expect(await mette.page.locator('li.forslag').count()).toBe(proposed);
    await screen.draw(QUOTATION, 'henvender', 'FVL-15B-5');
    expect(await mette.faults('sagsbehandler-tegnet')).toEqual(NO_FAULTS);
    for (const side of [1, 2, 3]) {
      await screen.lookToTheEnd();
      if (side < 3) await mette.follow('Næste side');
      await mette.page.getByText(`side ${Math.min(side + 1, 3)} af 3`, { exact: true }).waitFor();
    }
    await screen.followTheRest();

    await mette.press('Afslut gennemgangen');
    await mette.page.waitForURL(/\/afgoerelse$/);
    expect(await mette.faults('sagsbehandler-afgoerelse')).toEqual(NO_FAULTS);
    for (const field of await mette.page.locator('textarea[name^="hensyn_"]').all()) await field.fill(CONSIDERATION);
    await mette.press('Gem, og dan pakken');
    await mette.page.waitForURL(/\/godkend$/);
    await mette.leave();
    await sees(clara, 'Svaret er klar og skal godkendes.');
    expect(await clara.page.locator('body').getAttribute('data-opened')).toBe('once');
  });

  it('is signed by another, who sees the hashes and the verification', async () => {
    const jens = await Person.sitDown(browser, town.publicUrl);
    await jens.logIn('/medarbejder', 'jens');
    await jens.open(casework);
    await jens.follow('Se og godkend');
    await jens.page.waitForURL(/\/godkend$/);
    expect(await jens.heading()).toBe('Skriver du under på dette?');
    expect(await jens.faults('godkender-godkend')).toEqual(NO_FAULTS);
    const text = await jens.text();
    expect(text).toMatch(/Samlet pakke.*( [0-9a-f]{8}){8}/);
    expect(text).toContain('Intet slap igennem');
    expect(text).toContain('Alle sider er vist for en medarbejder.');
    await jens.page.getByLabel('Jeg har set pakken, som borgeren vil se den').check();
    await jens.press('Godkend og send');
    await jens.page.getByText('Godkendt af Jens Peter Rosendal').waitFor();
    expect(await jens.faults('godkender-godkendt')).toEqual(NO_FAULTS);
    await jens.leave();
  });

  it('gives the citizen a package without what was removed, with what was kept', async () => {
    await clara.page.getByRole('link', { name: 'Se svaret og dokumenterne' }).waitFor();
    await sees(clara, 'Du har fået svaret.');
    expect(await clara.faults('borger-anmodning-afgjort', true)).toEqual(NO_FAULTS);
    await clara.follow('Se svaret og dokumenterne');
    await clara.page.waitForURL(/\/svar$/);
    expect(await clara.faults('borger-svar', true)).toEqual(NO_FAULTS);
    const [download] = await Promise.all([clara.page.waitForEvent('download'), clara.follow(/Hent alle dokumenter/)]);
    downloaded = await readFile(await download.path());
    const text = await pdfText(downloaded);
    for (const kept of ['Clara Overby Sand', 'mere end 50 meter', 'Min bror', 'Lone Winther', 'midlertidige kort'])
      expect(text).toContain(kept);
    const letter = await pdfText(await readFile(join(HOME, 'files', 'clara', 'brev.pdf')));
    expect(letter).toMatch(/Holger.*230865.*maraton.*Inga/);
    for (const removed of ['Inga', 'skizofreni', 'Holger', '230865', 'maraton', 'opereret', 'Emil', 'CX 30'])
      expect(text).not.toContain(removed);
    await clara.leave();
  });

  it('is found again by the records officer, with receipt, equal hash and an unbroken log', async () => {
    const lone = await Person.sitDown(browser, town.publicUrl);
    await lone.logIn('/medarbejder', 'lone');
    expect(await lone.faults('arkiv-forside')).toEqual(NO_FAULTS);
    await lone.open('/arkiv/leverancer');
    expect(await lone.faults('arkiv-leverancer')).toEqual(NO_FAULTS);
    await lone.follow('Clara Overby Sand');
    await lone.page.waitForURL(/\/leverancer\/./);
    expect(await lone.faults('arkiv-leverance')).toEqual(NO_FAULTS);
    const story = await lone.text();
    expect(story).toContain(hashGroups(createHash('sha256').update(downloaded).digest('hex')));
    expect(story).toMatch(/Kontrol Bestået .*Lagt i borgerens postkasse/);
    expect(story).toContain('Godkendt af Jens Peter Rosendal');
    await lone.page.locator('summary', { hasText: 'Lagt i borgerens postkasse' }).click();
    expect(await lone.text()).toContain('"receiptStatus":"COMPLETED"');

    await lone.open('/arkiv/log');
    expect(await lone.page.locator('tbody').count()).toBe(0);
    expect(await lone.faults('arkiv-log-begrundelse')).toEqual(NO_FAULTS);
    await lone.page.locator('#begrundelse').fill('Stikprøve af leverancer i november');
    await lone.press('Vis loggen');
    await lone.page.locator('tbody').waitFor();
    await lone.press('Kontroller seglet nu');
    await lone.page.locator('.segl').getByText('Ubrudt', { exact: true }).waitFor();
    expect(await lone.faults('arkiv-log')).toEqual(NO_FAULTS);
    expect(await lone.text()).toContain('Clara Overby Sand');
    await lone.leave();
  });
});
