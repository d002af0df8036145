import { SourceError } from '../../contracts';
import { contractError, sentence, type Asked } from '../http/source-errors';
import type { SourceHttp } from '../http/source-http';
import { optionalText, requiredCount, requiredId, wireOf, wiresOf, type Wire } from '../http/wire';

/** A question to one set of an OData v4 service. Without `select` WorkZone gives ids only. */
export interface ODataQuery {
  set: string;
  select: string[];
  filter: string;
  expand?: string;
  asked: Asked;
}

/** One OData v4 service, read to the end. */
export class OData {
  constructor(
    private readonly http: SourceHttp,
    private readonly pageSize: number,
  ) {}

  /**
   * All rows that answer `query`, by `@odata.nextLink` to the end (WorkZone gives 50 rows a page), reconciled with
   * `@odata.count`. Rejects with `truncated` when the two differ.
   */
  async all(query: ODataQuery, signal: AbortSignal): Promise<Wire[]> {
    const { asked } = query;
    const rows = new Map<string, Wire>();
    const visited = new Set<string>();
    let total: number | undefined;
    for (let path: string | undefined = pathOf(query); path !== undefined;) {
      if (visited.has(path)) throw contractError(asked, 'gave a next page that leads back to a former one');
      visited.add(path);
      const page = await this.get(path, asked, signal);
      total ??= requiredCount(page, '@odata.count', asked);
      for (const row of wiresOf(page, asked, 'value')) rows.set(requiredId(row, 'ID', asked), row);
      path = optionalText(page, '@odata.nextLink', asked);
    }
    if (rows.size !== total) {
      const text = sentence(asked, `counted ${total} rows and listed ${rows.size}; the list is not whole`);
      throw new SourceError('truncated', text, true);
    }
    return [...rows.values()];
  }

  /** The one row of `set` with this id. */
  async one(
    { set, select, expand, asked }: Omit<ODataQuery, 'filter'>,
    id: string,
    signal: AbortSignal,
  ): Promise<Wire> {
    const path = `${set}(${literal(id)})?${options({ $select: select.join(','), $expand: expand })}`;
    const row = await this.get(path, asked, signal);
    if (requiredId(row, 'ID', asked) !== id) throw contractError(asked, 'answered with another row');
    return row;
  }

  private async get(path: string, asked: Asked, signal: AbortSignal): Promise<Wire> {
    const headers = { accept: 'application/json', prefer: `odata.maxpagesize=${this.pageSize}` };
    return wireOf(await this.http.json({ method: 'GET', path, asked, headers }, signal), asked);
  }
}

/** A text as OData writes it in a filter. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `field` is one of `values`. */
export function isOneOf(field: string, values: string[]): string {
  return `(${values.map((value) => `${field} eq ${literal(value)}`).join(' or ')})`;
}

function pathOf({ set, select, filter, expand }: ODataQuery): string {
  // Ordered, so that rows do not change pages while they are read.
  const asked = { $select: select.join(','), $filter: filter, $expand: expand, $orderby: 'ID', $count: 'true' };
  return `${set}?${options(asked)}`;
}

function options(given: Record<string, string | undefined>): string {
  const parts = Object.entries(given).filter((part): part is [string, string] => part[1] !== undefined);
  return parts.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}
