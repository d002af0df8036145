import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const DESK = { width: 1280, height: 900 };
const TELEPHONE = { width: 360, height: 740 };
/** Where pictures of the pages are laid for people to look at; none are taken without it. */
const { SCREENSHOTS } = process.env;

/** What one person's browser found wrong with a page. */
export interface Faults {
  accessibility: string[];
  complaints: string[];
  /** Pixels that the page is wider than the screen of a desk, and of a telephone. */
  tooWide: { desk: number; telephone: number };
}

export const NO_FAULTS: Faults = { accessibility: [], complaints: [], tooWide: { desk: 0, telephone: 0 } };

/** A person at a browser of her own, with everything that the browser complained about. */
export class Person {
  private complaints: string[] = [];

  private constructor(
    private readonly home: string,
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (message) => {
      // The login page belongs to another, and says what it likes.
      if (message.type() === 'error' && message.location().url.startsWith(home)) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  static async sitDown(browser: Browser, home: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Person> {
    const context = await browser.newContext({
      viewport: DESK,
      locale: 'da-DK',
      timezoneId: 'Europe/Copenhagen',
      acceptDownloads: true,
      ...options,
    });
    return new Person(home, context, await context.newPage());
  }

  /** Through the real login page, by pressing the own name. */
  async logIn(path: '/log-ind' | '/medarbejder', login: string): Promise<void> {
    await this.page.goto(`${this.home}${path}`);
    await this.page.locator(`button[value="${login}"]`).click();
    await this.page.waitForURL(`${this.home}/**`);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.home).href);
  }

  press(name: string | RegExp): Promise<void> {
    return this.page.getByRole('button', { name }).first().click();
  }

  follow(name: string | RegExp): Promise<void> {
    return this.page.getByRole('link', { name }).first().click();
  }

  heading(): Promise<string> {
    return this.page.locator('h1').innerText();
  }

  /** The readable text of the main part of the page, on one line. */
  async text(): Promise<string> {
    return (await this.page.locator('main').innerText()).replace(/\s+/g, ' ');
  }

  /** Everything wrong with the open page. Only citizens' pages must fit a telephone. */
  async faults(name: string, mustFitTelephone = false): Promise<Faults> {
    await this.page.waitForLoadState('load');
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(LEVELS).analyze();
    await this.picture(name);
    const desk = await this.overflow();
    let telephone = 0;
    if (mustFitTelephone) {
      await this.page.setViewportSize(TELEPHONE);
      telephone = await this.overflow();
      await this.picture(`${name}-telefon`);
      await this.page.setViewportSize(DESK);
    }
    return {
      accessibility: violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
      complaints: this.complaints.splice(0),
      tooWide: { desk, telephone },
    };
  }

  leave(): Promise<void> {
    return this.context.close();
  }

  private overflow(): Promise<number> {
    return this.page.evaluate<number>('Math.max(0, document.documentElement.scrollWidth - window.innerWidth)');
  }

  private async picture(name: string): Promise<void> {
    if (SCREENSHOTS) await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
  }
}
