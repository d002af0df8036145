import { CookieJar, fetchAsBrowser, logInByFetch, type Arrival } from '../login';

/** A person at the pages without a screen: follows links, fills in forms, keeps cookies. */
export class Browser {
  private readonly jar = new CookieJar();
  private html = '';

  constructor(private readonly home: string) {}

  /** The page that is open. */
  get page(): string {
    return this.html;
  }

  async logIn(path: '/log-ind' | '/medarbejder', user: string): Promise<number> {
    return this.arrive(await logInByFetch(`${this.home}${path}`, user, this.jar));
  }

  async open(path: string): Promise<number> {
    return this.arrive(await fetchAsBrowser(new URL(path, this.home), this.jar));
  }

  /** Sends a form of the open page: its hidden token goes along, as in a browser. */
  async send(path: string, fields: Record<string, string> | [string, string][] = {}): Promise<number> {
    const body = new URLSearchParams(fields);
    body.set('_csrf', this.token());
    return this.arrive(await fetchAsBrowser(new URL(path, this.home), this.jar, { method: 'POST', body }));
  }

  /** Sends a form of the open page that may bring a file along. */
  async sendWithFile(
    path: string,
    fields: Record<string, string>,
    file?: { name: string; bytes: Buffer },
  ): Promise<number> {
    const body = new FormData();
    body.set('_csrf', this.token());
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    body.set('fil', new Blob(file ? [Uint8Array.from(file.bytes)] : []), file?.name ?? '');
    return this.arrive(await fetchAsBrowser(new URL(path, this.home), this.jar, { method: 'POST', body }));
  }

  async download(path: string): Promise<Buffer> {
    const { response } = await fetchAsBrowser(new URL(path, this.home), this.jar);
    if (!response.ok) throw new Error(`The file at ${path} was answered with ${response.status}.`);
    return Buffer.from(await response.arrayBuffer());
  }

  /** Every value of an attribute on the open page that fits. */
  links(pattern: RegExp): string[] {
    return [
      ...new Set(
        [...this.html.matchAll(/(?:href|action)="([^"]+)"/g)]
          .map((match) => unescaped(match[1]))
          .filter((link) => pattern.test(link)),
      ),
    ];
  }

  field(name: string): string {
    const input = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(this.html)?.[0] ?? '';
    return unescaped(/value="([^"]*)"/.exec(input)?.[1] ?? '');
  }

  /** The readable text of the main part of the page, for messages. */
  text(): string {
    const main = /<main[\s\S]*<\/main>/.exec(this.html)?.[0] ?? this.html;
    return unescaped(main.replace(/<[^>]+>/g, ' '))
      .replace(/\s+/g, ' ')
      .trim();
  }

  private async arrive({ response }: Arrival): Promise<number> {
    this.html = await response.text();
    return response.status;
  }

  private token(): string {
    const token = this.field('_csrf');
    if (token === '') throw new Error(`The open page has no form to send. It says: ${this.text().slice(0, 300)}`);
    return token;
  }
}

function unescaped(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
