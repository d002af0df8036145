import { chromium, type Browser, type Locator } from 'playwright-core';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { TestTown } from '../support/test-town';
import { chromiumArguments, chromiumPath } from './chromium';
import { NO_FAULTS, Person } from './person';

const executablePath = chromiumPath();

(executablePath ? describe : describe.skip)('the persons panel in a browser', () => {
  let place: TestTown;
  let town: Town;
  let browser: Browser;
  let mette: Person;
  let panel: string;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town } = place);
    await town.run('all');
    const { id } = await place.carrier.ask(CLARA);
    await place.carrier.waitFor(id, ['review']);
    panel = `/sagsbehandling/${id}/personer`;
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: chromiumArguments });
    mette = await Person.sitDown(browser, town.publicUrl);
    await mette.logIn('/medarbejder', 'mette');
  });
  beforeEach(() => mette.open(panel));
  afterAll(async () => {
    await browser?.close();
    await place?.stop();
  });

  const row = (name: string): Locator => mette.page.locator('table.personer tr').filter({ hasText: name });
  const told = (): Promise<string> => mette.page.locator('.seneste-aendring').innerText();

  async function choose(name: string): Promise<void> {
    await row(name).getByRole('link').click();
    await mette.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  async function unfold(summary: string): Promise<void> {
    await mette.page.locator('summary', { hasText: summary }).click();
  }

  async function pressAndWait(name: string): Promise<void> {
    await Promise.all([
      mette.page.waitForEvent('framenavigated', (frame) => frame === mette.page.mainFrame()),
      mette.press(name),
    ]);
    await mette.page.waitForLoadState('load');
  }

  it('lists who is in the file, with role, how we know and places', async () => {
    expect(await row('Holger Frandsen').innerText()).toMatch(/Beskyttet/);
    expect(await row('Lone Winther').innerText()).toMatch(/læge · i sit arbejde[\s\S]*titel[\s\S]*1 sted i 1 dokument/);
    expect(await mette.faults('personer')).toEqual(NO_FAULTS);
  });

  it('changes a role with the keyboard alone, tells the effect, and takes it back', async () => {
    await choose('Lone Winther');
    await mette.page.locator('#rolleform summary').focus();
    await mette.page.keyboard.press('Enter');
    await mette.page.getByLabel('Fagperson, i sit arbejde').focus();
    await mette.page.keyboard.press('ArrowDown');
    await mette.page.keyboard.press('ArrowDown');
    expect(await mette.page.getByLabel('Underretter eller anmelder (beskyttet)').isChecked()).toBe(true);
    await mette.page.getByRole('button', { name: 'Gem rollen' }).focus();
    await Promise.all([mette.page.waitForURL(/personer\/P/), mette.page.keyboard.press('Enter')]);
    await mette.page.locator('.seneste-aendring').waitFor();
    expect(await told()).toMatch(/Lone Winther har fået en anden rolle\. 1 forslag ændret i 1 dokument/);
    expect(await mette.text()).toMatch(/underretter · beskyttet Beskyttet/);
    expect(await mette.faults('person')).toEqual(NO_FAULTS);
    await pressAndWait('Fortryd seneste ændring');
    expect(await told()).toMatch(/Fortrudt: Lone Winther har fået en anden rolle\. 1 forslag ændret/);
    expect(await row('Lone Winther').innerText()).toMatch(/læge · i sit arbejde/);
  });

  it('merges two names into one person, and splits one name into two', async () => {
    await choose('Emil Vang');
    await unfold('Det er den samme som en anden');
    const others = mette.page.getByLabel('Samme person som');
    const inga = await others
      .locator('option')
      .filter({ hasText: /^Inga Sand,/ })
      .getAttribute('value');
    await others.selectOption(inga);
    await pressAndWait('Saml til én person');
    expect(await mette.heading()).toBe('Inga Sand');
    expect(await told()).toMatch(/Emil Vang er samlet med Inga Sand\. \d+ forslag ændret i \d+ dokument/);
    await unfold('Navnet dækker over to personer');
    await mette.page.locator('#sted-1').check();
    await mette.page.getByLabel('Den andens navn').fill('Inga Sand, klasselærer');
    await mette.page.getByLabel('Den andens rolle').selectOption({ label: 'Fagperson, i sit arbejde' });
    expect(await mette.faults('person-del')).toEqual(NO_FAULTS);
    await pressAndWait('Skil den anden ud');
    expect(await told()).toMatch(/Inga Sand, klasselærer er skilt ud fra Inga Sand/);
    await mette.open(panel);
    expect(await row('Inga Sand, klasselærer').innerText()).toMatch(/fagperson · i sit arbejde/);
    expect(await row('Emil Vang').count()).toBe(0);
  });

  it('removes a person everywhere, and the page of the document shows it as decided', async () => {
    await choose('Holger Frandsen');
    await pressAndWait('Fjern personen overalt');
    expect(await told()).toMatch(/Holger Frandsen fjernes overalt\. \d+ forslag ændret/);
    await mette.page.locator('section[aria-labelledby="steder-titel"] a').first().click();
    await mette.page.locator('li.forslag').first().waitFor();
    const own = mette.page.locator('li.forslag').filter({ hasText: 'Holger Frandsen' });
    expect(await own.first().getAttribute('data-tilstand')).toBe('remove');
  });

  it('removes words everywhere, also without a script', async () => {
    const plain = await Person.sitDown(browser, town.publicUrl, { javaScriptEnabled: false });
    await plain.logIn('/medarbejder', 'mette');
    await plain.open(panel);
    await plain.page.getByLabel('Tekst', { exact: true }).fill('parkeringskort');
    await plain.press('Fjern teksten overalt');
    await plain.page.getByText('En tekst fjernes overalt').waitFor();
    expect(await plain.text()).toMatch(/En tekst fjernes overalt\. \d+ forslag ændret i \d dokumenter/);
  });

  it('says what to do when the words stand nowhere', async () => {
    await mette.page.getByLabel('Tekst', { exact: true }).fill('Hubertus');
    await pressAndWait('Fjern teksten overalt');
    expect(await mette.page.getByRole('alert').innerText()).toMatch(/Teksten står ikke sådan/);
  });
});
