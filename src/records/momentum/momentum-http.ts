import { SourceError } from '../../contracts';
import { sentence, type Asked } from '../http/source-errors';
import type { SourceHttp } from '../http/source-http';
import { requiredCount, requiredId, wireOf, wiresOf, type Wire } from '../http/wire';

/** Where a list of Momentum keeps its items and their number. */
export interface ListShape {
  items: 'results' | 'data';
  total: 'totalCount' | 'totalSearchCount';
}

/** The calls that Momentum's API is read by. A CPR number stands in the address of one of them: it is told nowhere. */
export class MomentumHttp {
  constructor(
    private readonly http: SourceHttp,
    private readonly apiKey: string,
    readonly pageSize: number,
  ) {}

  async get(path: string, asked: Asked, signal: AbortSignal): Promise<unknown> {
    return this.http.json({ method: 'GET', path, asked, headers: { apikey: this.apiKey } }, signal);
  }

  /**
   * Every item of a list that is asked for by POST, page by page until the number that the system states. `bodyOf` makes
   * the question for the page that begins at an item. Rejects with `truncated` when the number is not reached.
   */
  async all(
    path: string,
    bodyOf: (from: number) => object,
    { items, total }: ListShape,
    asked: Asked,
    signal: AbortSignal,
  ): Promise<Wire[]> {
    const found = new Map<string, Wire>();
    let stated = 0;
    let from = 0;
    do {
      const page = await this.post(path, bodyOf(from), asked, signal);
      const said = requiredCount(page, total, asked);
      if (from > 0 && said !== stated) throw notWhole(asked, 'changed its number of items while they were read');
      stated = said;
      for (const item of wiresOf(page, asked, items)) found.set(requiredId(item, 'id', asked), item);
      from += this.pageSize;
    } while (from < stated);
    if (found.size !== stated) throw notWhole(asked, `said ${stated} items and listed ${found.size}`);
    return [...found.values()];
  }

  private async post(path: string, body: object, asked: Asked, signal: AbortSignal): Promise<Wire> {
    const headers = { apikey: this.apiKey, 'content-type': 'application/json' };
    const call = { method: 'POST', path, asked, headers, body: JSON.stringify(body) } as const;
    return wireOf(await this.http.json(call, signal), asked);
  }
}

function notWhole(asked: Asked, found: string): SourceError {
  return new SourceError('truncated', sentence(asked, `${found}; the list is not whole`), true);
}
