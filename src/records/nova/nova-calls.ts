import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { SourceError } from '../../contracts';
import type { ExpectedFile } from '../http/checked-stream';
import { OAuthToken } from '../http/oauth-token';
import { sentence, type Asked } from '../http/source-errors';
import { SourceHttp, type Call } from '../http/source-http';
import type { Wire } from '../http/wire';
import type { NovaSettings } from './nova-settings';

/** The reading calls of Nova: each is a PUT with a JSON body, and none of them changes anything. */
export class NovaCalls {
  private readonly token: OAuthToken;
  private readonly http: SourceHttp;

  constructor(private readonly settings: NovaSettings) {
    const { baseUrl, tokenUrl, clientId, clientSecret } = settings;
    const form = {
      grant_type: 'client_credentials',
      scope: 'client',
      client_id: clientId,
      client_secret: clientSecret,
    };
    this.token = new OAuthToken(tokenUrl, form, settings);
    this.http = new SourceHttp(baseUrl, settings, this.token);
  }

  read(what: 'Case/GetList' | 'Document/GetList', body: Wire, asked: Asked, signal: AbortSignal): Promise<unknown> {
    return this.http.json(this.call(what, body, asked), signal);
  }

  /** The bytes of a document. Never checked out: that would lock it for the caseworkers. */
  file(
    uuid: string,
    expected: ExpectedFile,
    asked: Asked,
    signal: AbortSignal,
  ): Promise<{ stream: Readable; mediaType?: string }> {
    return this.http.file(this.call('Document/GetFile', { checkOutDocument: false }, asked, uuid), expected, signal);
  }

  /**
   * All rows of a list, page by page. Nova says `numberOfRows`, and it is not documented whether of the page or of the
   * whole: rows are asked for until a page is not full and no stated number is unmet. `promised` is what the case says.
   */
  async rows(
    page: (paging: { startRow: number; numberOfRows: number }) => Promise<{ rows: Wire[]; stated?: number }>,
    idOf: (row: Wire) => string,
    asked: Asked,
    promised?: number,
  ): Promise<Wire[]> {
    const { pageSize } = this.settings;
    const found = new Map<string, Wire>();
    let most = promised ?? 0;
    let read = 0;
    for (;;) {
      const { rows, stated = 0 } = await page({ startRow: read + 1, numberOfRows: pageSize });
      most = Math.max(most, stated);
      read += rows.length;
      for (const row of rows) found.set(idOf(row), row);
      const isLast = rows.length === 0 || (rows.length < pageSize && read >= most) || read === promised;
      if (isLast) break;
    }
    const isOther = promised !== undefined && found.size !== promised;
    if (found.size < most || found.size < read || isOther) {
      const text = sentence(asked, `stated ${most} rows and listed ${found.size}; the list is not whole`);
      throw new SourceError('truncated', text, true);
    }
    return [...found.values()];
  }

  async close(): Promise<void> {
    await Promise.all([this.http.close(), this.token.close()]);
  }

  private call(what: string, body: Wire, asked: Asked, uuid?: string): Call {
    const common = { transactionId: randomUUID(), uuid, ...(body.common as object | undefined) };
    return {
      method: 'PUT',
      path: `/api/${what}?api-version=${this.settings.apiVersion}`,
      asked,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, common }),
    };
  }
}
