import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser } from 'playwright-core';
import { Pages } from '../../src/web/pages';
import { allPages } from '../web/fixtures';
import { chromiumArguments, chromiumPath } from './chromium';
import { open } from './page-server';

const executablePath = chromiumPath();
const pages = new Pages();
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

(executablePath ? describe : describe.skip)('pages in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: chromiumArguments });
  });
  afterAll(() => browser?.close());

  it.each(allPages.map((page) => [page.name, page] as const))(
    '%s fulfils WCAG 2.1 AA, obeys its own content security policy and fits a telephone',
    async (_name, fixture) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'da-DK' });
      const page = await context.newPage();
      const complaints = await open(page, fixture.render(pages));
      const { violations, passes } = await new AxeBuilder({ page }).withTags(levels).analyze();
      await page.setViewportSize({ width: 360, height: 740 });
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      await context.close();

      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
      expect(passes.length).toBeGreaterThan(10);
      expect(complaints).toEqual([]);
      expect(overflow).toBeLessThanOrEqual(0);
    },
  );
});
