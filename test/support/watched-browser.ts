import { Browser } from '../../src/sandbox/demo/browser';

/** A browser that remembers every page it was shown, so that a test can look through all of them. */
export class WatchedBrowser extends Browser {
  constructor(
    home: string,
    private readonly seen: string[],
  ) {
    super(home);
  }

  override async logIn(path: '/log-ind' | '/medarbejder', user: string): Promise<number> {
    return this.remember(await super.logIn(path, user));
  }

  override async open(path: string): Promise<number> {
    return this.remember(await super.open(path));
  }

  override async send(path: string, fields?: Record<string, string> | [string, string][]): Promise<number> {
    return this.remember(await super.send(path, fields));
  }

  /** The readable text of the row of a table, or of the item of a list, that holds some words. */
  part(tag: 'tr' | 'li', words: string): string {
    const parts = this.page.split(new RegExp(`<${tag}[ >]`)).slice(1);
    const found = parts.filter((part) => part.includes(words)).map((part) => part.split(`</${tag}>`)[0]);
    if (found.length === 0) throw new Error(`The open page has no <${tag}> with "${words}". It says: ${this.text()}`);
    return found
      .join(' ')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
  }

  private remember(status: number): number {
    this.seen.push(this.page);
    return status;
  }
}
