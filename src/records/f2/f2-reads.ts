import type { Readable } from 'node:stream';
import type { ExpectedFile } from '../http/checked-stream';
import { contractError, type Asked } from '../http/source-errors';
import { SourceHttp } from '../http/source-http';
import { isWire, requiredId, requiredText, wiresOf, type Wire } from '../http/wire';
import { childrenOf, type XmlElement } from '../http/xml-element';
import { F2Index, relOf } from './f2-index';
import { F2Login } from './f2-login';
import type { F2Settings } from './f2-settings';

const XML = { accept: 'application/vnd.cbrain.casefile+xml' };
const JSON_ROWS = { accept: 'application/json' };

export type Filter = 'case-search-filter' | 'matter-search-filter';

/** What a search finds: an id and the address of the thing itself. */
export interface Hit {
  id: string;
  href: string;
  row: Wire;
}

/** The reading requests to F2. Every address comes from the service index or from an answer; none is made up. */
export class F2Reads {
  readonly index: F2Index;
  private readonly login: F2Login;
  private readonly http: SourceHttp;

  constructor(settings: F2Settings) {
    this.index = new F2Index(settings.serviceIndexUrl, settings);
    this.login = new F2Login(this.index, settings);
    this.http = new SourceHttp(settings.serviceIndexUrl, settings, this.login);
  }

  async search(filter: Filter, by: Record<string, string>, asked: Asked, signal: AbortSignal): Promise<Hit[]> {
    const url = await this.index.link(filter, signal);
    const rows = await this.rows(url, by, asked, signal);
    return rows.map((row) => ({
      id: requiredId(row, 'Id', asked),
      href: requiredText(row, 'alternate', asked),
      row,
    }));
  }

  /** Ids that a custom query of the municipality finds. */
  async query(name: string, by: Record<string, string>, asked: Asked, signal: AbortSignal): Promise<string[]> {
    const url = await this.index.link('custom-query-index', signal);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${name}`;
    return (await this.rows(url, by, asked, signal)).map((row) => requiredId(row, 'Id', asked));
  }

  xml(href: string, asked: Asked, signal: AbortSignal): Promise<XmlElement> {
    return this.http.xml({ method: 'GET', path: href, asked, headers: XML }, signal);
  }

  file(
    href: string,
    expected: ExpectedFile,
    asked: Asked,
    signal: AbortSignal,
  ): Promise<{ stream: Readable; mediaType?: string }> {
    return this.http.file({ method: 'GET', path: href, asked }, expected, signal);
  }

  /** A login and a look at the index. */
  async greet(signal: AbortSignal): Promise<void> {
    await this.index.refresh(signal);
    await this.login.token(signal);
  }

  async close(): Promise<void> {
    await Promise.all([this.http.close(), this.index.close(), this.login.close()]);
  }

  private async rows(url: URL, by: Record<string, string>, asked: Asked, signal: AbortSignal): Promise<Wire[]> {
    for (const [name, value] of Object.entries(by)) url.searchParams.set(name, value);
    const answer = await this.http.json({ method: 'GET', path: url.href, asked, headers: JSON_ROWS }, signal);
    // The searches give a bare list, custom queries a list in `value`.
    return wiresOf(isWire(answer) ? answer.value : answer, asked);
  }
}

/** The address of a link of an element; undefined when the element has no such link. */
export function linkOf(element: XmlElement, rel: string): string | undefined {
  const names = [rel, relOf(rel)];
  const link = childrenOf(element, 'Link').find(({ attributes }) => names.includes(attributes.rel));
  return link?.attributes.href;
}

export function requiredLink(element: XmlElement, rel: string, asked: Asked): string {
  const href = linkOf(element, rel);
  if (!href) throw contractError(asked, `left out the link "${rel}"`);
  return href;
}
