import type { Answer } from '../records/answer';
import type { HeldCase, HeldCaseless } from '../records/holdings';
import { RecordsStandIn, type StandInCall, type StandInRoute } from '../records/records-stand-in';
import { Tokens } from '../records/tokens';
import { caseOnWire, documentOnWire, noteOnWire, onlyAsked, uuidOf, idOf } from './wire-format';

const TOKEN_PATH = '/realms/NovaIntegration/protocol/openid-connect/token';
const CLIENT = { clientId: 'aktindsigt', clientSecret: 'nova-i-solby' };
/** Nova gives no more rows than this, whatever is asked for. */
const MOST_ROWS = 500;

/**
 * Speaks as the API of KMD Nova does: client credentials, reads by PUT with a JSON body, only the fields that are asked
 * for, paging by rows, every party whatever its role. A contract stand-in, written from published clients.
 */
export class NovaStandIn extends RecordsStandIn {
  private readonly tokens = new Tokens();
  /** `checkOutDocument` of each file that was asked for. */
  readonly checkOuts: (boolean | undefined)[] = [];

  /** It is not documented whether `numberOfRows` is that of the page or of the whole list. */
  constructor(
    cases: HeldCase[],
    caseless: HeldCaseless[] = [],
    private readonly rowsAre: 'of the whole' | 'of the page' = 'of the whole',
  ) {
    super(cases, caseless);
  }

  protected readonly routes: StandInRoute[] = [
    {
      method: 'POST',
      path: new RegExp(`^${TOKEN_PATH}$`),
      route: 'token',
      open: true,
      answer: (call) => this.grant(call),
    },
    {
      method: 'PUT',
      path: /^\/api\/Case\/GetList$/,
      route: (call) => (isNotes(call) ? 'notes' : 'search'),
      answer: (call) => (isNotes(call) ? this.notes(call) : this.search(call)),
    },
    { method: 'PUT', path: /^\/api\/Document\/GetList$/, route: 'documents', answer: (call) => this.documents(call) },
    {
      method: 'PUT',
      path: /^\/api\/Document\/GetFile$/,
      route: 'file',
      // A document that is checked out is locked for everybody else.
      writes: (call) => asked(call).checkOutDocument !== false,
      answer: (call) => this.file(call),
    },
  ];

  readerSettings(): Record<string, unknown> {
    return { baseUrl: this.address, tokenUrl: this.address + TOKEN_PATH, ...CLIENT };
  }

  expireTokens(): void {
    this.tokens.expire();
  }

  protected refusal({ authorization, query }: StandInCall): Answer | undefined {
    if (!this.tokens.holder(authorization)) return { status: 401, json: { message: 'no valid token' } };
    return query.get('api-version') === '2.0-Case' ? undefined : { status: 400, json: { message: 'unknown version' } };
  }

  private grant({ body }: StandInCall): Answer {
    const form = new URLSearchParams(body.toString());
    const isClient = form.get('client_id') === CLIENT.clientId && form.get('client_secret') === CLIENT.clientSecret;
    const isGrant = form.get('grant_type') === 'client_credentials' && form.get('scope') === 'client';
    return isClient && isGrant
      ? { json: this.tokens.give('reader') }
      : { status: 401, json: { error: 'invalid_client' } };
  }

  private search(call: StandInCall): Answer {
    const { caseParty, paging, caseGetOutput = {} } = asked(call);
    const isTheirs = ({ parties }: HeldCase): boolean =>
      parties.some(({ cpr }) => cpr !== undefined && cpr.replace('-', '') === caseParty?.identification);
    const found = caseParty ? this.cases.filter(isTheirs) : [];
    const rows = onPage(found, paging).map((held) => onlyAsked(caseOnWire(held), caseGetOutput));
    const numberOfRows = this.rowsAre === 'of the whole' ? found.length : rows.length;
    return { json: { pagingInformation: { numberOfRows }, cases: call.list(rows) } };
  }

  private notes(call: StandInCall): Answer {
    const { common, paging } = asked(call);
    const held = this.caseOf(idOf(common?.uuid));
    if (held?.forbidden) return FORBIDDEN;
    const notes = call.list(onPage(held?.notes ?? [], paging).map(noteOnWire));
    const cases = held ? [{ common: { uuid: common?.uuid }, journalNotes: { journalNotes: notes } }] : [];
    return { json: { pagingInformation: { numberOfRows: cases.length }, cases } };
  }

  private documents(call: StandInCall): Answer {
    const { caseUuid, paging, getOutput = {} } = asked(call);
    const held = this.caseOf(idOf(caseUuid));
    if (held?.forbidden) return FORBIDDEN;
    const rows = onPage(held?.documents ?? [], paging).map((document) => ({
      documentUuid: uuidOf(document.id),
      documentNumber: document.number,
      ...onlyAsked(documentOnWire(document), getOutput),
    }));
    return { json: { documents: call.list(rows) } };
  }

  private file(call: StandInCall): Answer {
    const { common, checkOutDocument } = asked(call);
    this.checkOuts.push(checkOutDocument);
    const document = this.documentOf(idOf(common?.uuid));
    if (document?.forbidden) return FORBIDDEN;
    return document ? { file: document.files[0] } : { status: 404, json: { message: 'no such document' } };
  }
}

const FORBIDDEN: Answer = { status: 403, json: { message: 'no rights' } };

interface Asked {
  common?: { transactionId: string; uuid?: string };
  paging?: { startRow: number; numberOfRows: number };
  caseParty?: { identificationType: string; identification: string };
  caseGetOutput?: Record<string, unknown>;
  getOutput?: Record<string, unknown>;
  caseUuid?: string;
  checkOutDocument?: boolean;
}

function asked({ body }: StandInCall): Asked {
  return JSON.parse(body.toString()) as Asked;
}

function isNotes(call: StandInCall): boolean {
  return asked(call).caseGetOutput?.journalNotes !== undefined;
}

function onPage<T>(items: T[], { startRow, numberOfRows } = { startRow: 1, numberOfRows: 100 }): T[] {
  return items.slice(startRow - 1, startRow - 1 + Math.min(numberOfRows, MOST_ROWS));
}
