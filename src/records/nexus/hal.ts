import { contractError, type Asked } from '../http/source-errors';
import type { SourceHttp } from '../http/source-http';
import { isWire, type Wire } from '../http/wire';

/** A link as this connector remembers it: below the root of the API, as the API itself gave it. */
export type LinkId = string;

/** An API that is read by its links only. Links are given by the system and never built. */
export class Hal {
  private readonly root: URL;

  constructor(
    private readonly http: SourceHttp,
    root: string,
  ) {
    this.root = new URL(root);
  }

  async get(link: LinkId, asked: Asked, signal: AbortSignal): Promise<unknown> {
    return this.http.json({ method: 'GET', path: link, asked }, signal);
  }

  /** For a search that is asked by POST and changes nothing. */
  async search(link: LinkId, body: object, asked: Asked, signal: AbortSignal): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return this.http.json({ method: 'POST', path: link, asked, headers, body: JSON.stringify(body) }, signal);
  }

  /** Where `relation` leads from `item`. */
  link(item: Wire, relation: string, asked: Asked): LinkId {
    const found = this.linkIfAny(item, [relation], asked);
    if (found === undefined) throw contractError(asked, `gave no link "${relation}"`);
    return found;
  }

  /** Where the first of `relations` that is there leads from `item`; undefined when none is. */
  linkIfAny(item: Wire, relations: string[], asked: Asked): LinkId | undefined {
    const links = isWire(item._links) ? item._links : {};
    const relation = relations.find((name) => links[name] !== undefined && links[name] !== null);
    if (relation === undefined) return undefined;
    const link = links[relation];
    if (!isWire(link) || typeof link.href !== 'string') throw contractError(asked, `gave a broken link "${relation}"`);
    return this.remembered(link.href, asked);
  }

  private remembered(href: string, asked: Asked): LinkId {
    const url = new URL(href, this.root);
    if (url.origin !== this.root.origin) throw contractError(asked, 'pointed at another host, which is never asked');
    const path = url.pathname + url.search;
    return path.startsWith(this.root.pathname) ? path.slice(this.root.pathname.length) : path;
  }
}
