import { chromium, type Browser, type Page, type Request } from 'playwright-core';
import { Pages } from '../../src/web/pages';
import { allPages } from '../web/fixtures';
import { chromiumArguments, chromiumPath } from './chromium';
import { open, ORIGIN } from './page-server';

const executablePath = chromiumPath();
const here = '/sagsbehandling/a7c1/gennemgang/d2/1';
const stored = {
  state: 'remove',
  statusHtml: '<span>Fjernes</span>',
  pageStatus: 'Alt på siden er afklaret',
  savedAt: '10.15',
};

(executablePath ? describe : describe.skip)('the review screen', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: chromiumArguments });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const review = allPages.find(({ name }) => name === 'gennemgang');
    await open(page, review?.render(new Pages()) ?? '');
  });
  afterEach(() => page.close());

  async function answering(path: string, status: number): Promise<Request[]> {
    const asked: Request[] = [];
    await page.route(`${ORIGIN}${path}`, (route) => {
      asked.push(route.request());
      return route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(stored) });
    });
    return asked;
  }

  it('sends the chosen proposal with its ground and token when F is pressed', async () => {
    await answering(`${here}/set`, 200);
    const asked = await answering(`${here}/forslag/f1`, 200);
    await page.waitForSelector('li.forslag.er-valgt');
    await Promise.all([
      page.waitForRequest((request) => request.url().endsWith('/forslag/f1')),
      page.keyboard.press('f'),
    ]);
    const fields = new URLSearchParams(asked[0]?.postData() ?? '');
    expect(Object.fromEntries(fields)).toEqual({ _csrf: 'csrf-prøve', hjemmel: 'FVL-15B-5', afgoerelse: 'fjern' });
  });

  it('moves between proposals with J and K, and marks the box on the page', async () => {
    await page.waitForSelector('li.forslag.er-valgt');
    await page.keyboard.press('j');
    expect(await page.locator('g.er-valgt').getAttribute('data-forslag')).toBe('f2');
    await page.keyboard.press('k');
    expect(await page.locator('g.er-valgt').getAttribute('data-forslag')).toBe('f1');
  });

  it('leaves the keys alone while one writes in a field', async () => {
    const asked = await answering(`${here}/forslag/f1`, 200);
    await page.locator('#tilfoej summary').click();
    await page.locator('#tekst').pressSequentially('Birgit fb');
    expect(await page.locator('#tekst').inputValue()).toBe('Birgit fb');
    expect(asked).toHaveLength(0);
  });

  it('sends the plain form when the server does not confirm, so that no decision is lost', async () => {
    await answering(`${here}/set`, 200);
    const asked = await answering(`${here}/forslag/f1`, 500);
    await page.waitForSelector('li.forslag.er-valgt');
    await page.keyboard.press('b');
    await page.waitForURL(`${ORIGIN}${here}/forslag/f1`);
    expect(asked.map((request) => new URLSearchParams(request.postData() ?? '').get('afgoerelse'))).toEqual([
      'behold',
      'behold',
    ]);
  });

  it('gives a drawn box in points of the page as it is shown', async () => {
    await page.locator('#tilfoej summary').click();
    await page.locator('#tegn').click();
    await page.locator('#side').scrollIntoViewIfNeeded();
    const frame = await page.locator('#side').boundingBox();
    if (!frame) throw new Error('The picture of the page is not shown.');
    const scale = 595 / frame.width;
    await page.mouse.move(frame.x + 50, frame.y + 60);
    await page.mouse.down();
    await page.mouse.move(frame.x + 150, frame.y + 90);
    await page.mouse.up();
    const field = (name: string) => page.locator(`#tegneform input[name="${name}"]`).inputValue().then(Number);
    expect(await field('x')).toBeCloseTo(50 * scale, 0);
    expect(await field('y')).toBeCloseTo(60 * scale, 0);
    expect(await field('bredde')).toBeCloseTo(100 * scale, 0);
    expect(await field('hoejde')).toBeCloseTo(30 * scale, 0);
  });
});
