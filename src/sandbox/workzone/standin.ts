import type { Answer } from '../records/answer';
import type { Route } from '../records/faults';
import { RecordsStandIn, type StandInCall, type StandInRoute } from '../records/records-stand-in';
import { Tokens } from '../records/tokens';
import { chosen, filtered } from './filter';
import { tablesOf, type Row } from './tables';

const TOKEN_PATH = '/tenant/oauth2/v2.0/token';
const CLIENT = { clientId: 'aktindsigt', clientSecret: 'klient-i-solby', scope: 'api://workzone/.default' };
/** What WorkZone gives when nobody asks for another number. */
const ROWS_A_PAGE = 50;

/**
 * Speaks as the OData v4 service of KMD WorkZone does, on loopback: client credentials, sets with `$filter`, `$select`,
 * `$expand` and `$count`, 50 rows a page and a link to the next one, bytes by `$value`. Not the vendor's software.
 */
export class WorkZoneStandIn extends RecordsStandIn {
  private readonly tokens = new Tokens();

  protected readonly routes: StandInRoute[] = [
    {
      method: 'POST',
      path: new RegExp(`^${TOKEN_PATH}$`),
      route: 'token',
      open: true,
      answer: (call) => this.grant(call),
    },
    this.set('Contacts', 'search'),
    this.set('FileContacts', 'parts'),
    this.set('FileRefs', 'parts'),
    this.set('Files', 'states'),
    this.set('Records', 'documents'),
    this.set('RecordContacts', 'caseless'),
    { method: 'GET', path: /^\/odata\/(Files)\('(\w+)'\)$/, route: 'case', answer: (call) => this.row(call) },
    { method: 'GET', path: /^\/odata\/(Records)\('([\w-]+)'\)$/, route: 'documents', answer: (call) => this.row(call) },
    {
      method: 'GET',
      path: /^\/odata\/Documents\('(\d+)'\)\/\$value$/,
      route: 'file',
      answer: (call) => this.bytes(call),
    },
    {
      method: 'POST',
      path: /^\/odata\/(Files|Records|Documents|\$batch)$/,
      route: 'case',
      writes: true,
      answer: () => DENIED,
    },
    { method: 'DELETE', path: /^\/odata\/\w+\('\w+'\)$/, route: 'case', writes: true, answer: () => DENIED },
  ];

  readerSettings(): Record<string, unknown> {
    return { baseUrl: `${this.address}/odata/`, tokenUrl: this.address + TOKEN_PATH, ...CLIENT };
  }

  expireTokens(): void {
    this.tokens.expire();
  }

  protected refusal({ authorization }: StandInCall): Answer | undefined {
    return this.tokens.holder(authorization) ? undefined : { status: 401, json: { error: { code: 'unauthorized' } } };
  }

  private grant({ body }: StandInCall): Answer {
    const form = new URLSearchParams(body.toString());
    const isClient = form.get('client_id') === CLIENT.clientId && form.get('client_secret') === CLIENT.clientSecret;
    const isKnown = form.get('grant_type') === 'client_credentials' && isClient && form.get('scope') === CLIENT.scope;
    return isKnown ? { json: this.tokens.give('reader') } : { status: 400, json: { error: 'invalid_client' } };
  }

  private set(name: string, route: Route): StandInRoute {
    return { method: 'GET', path: new RegExp(`^/odata/(${name})$`), route, answer: (call) => this.page(call) };
  }

  private page({ path, params, query, headers, list }: StandInCall): Answer {
    const rows = filtered(this.rows(params[0]), query.get('$filter'));
    const asked = /odata\.maxpagesize=(\d+)/.exec(String(headers.prefer))?.[1];
    const size = Number(query.get('$top') ?? asked ?? ROWS_A_PAGE);
    const from = Number(query.get('$skiptoken') ?? 0);
    const next = new URLSearchParams([...query].filter(([name]) => name !== '$skiptoken'));
    next.set('$skiptoken', String(from + size));
    const hasMore = from + size < rows.length && !query.has('$top');
    return {
      json: {
        ...(query.get('$count') === 'true' ? { '@odata.count': rows.length } : {}),
        value: list(rows.slice(from, from + size).map((row) => chosen(row, query))),
        ...(hasMore ? { '@odata.nextLink': `${this.address}${path}?${next}` } : {}),
      },
    };
  }

  private row({ params, query }: StandInCall): Answer {
    const [set, id] = params;
    if (set === 'Files' && this.caseOf(id)?.forbidden) return DENIED;
    const row = this.rows(set).find((candidate) => candidate.ID === id);
    return row ? { json: chosen(row, query) } : { status: 404, json: { error: { code: 'not found' } } };
  }

  private bytes({ params }: StandInCall): Answer {
    const file = this.fileOf(params[0]);
    const documents = this.cases.flatMap((held) => held.documents);
    if (documents.some((held) => held.forbidden && held.files.some(({ id }) => id === file?.id))) return DENIED;
    return file ? { file } : { status: 404, json: { error: { code: 'not found' } } };
  }

  private rows(set: string): Row[] {
    return tablesOf(this.cases, this.caseless)[set] ?? [];
  }
}

const DENIED: Answer = { status: 403, json: { error: { code: 'forbidden' } } };
