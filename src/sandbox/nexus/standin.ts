import type { Answer } from '../records/answer';
import { RecordsStandIn, type StandInCall, type StandInRoute } from '../records/records-stand-in';
import { Tokens } from '../records/tokens';
import * as objects from './objects';

const TOKEN_PATH = '/authx/realms/solby/protocol/openid-connect/token';
const ROOT = '/api/core/mobile/solby/v2/';
const CLIENT = { clientId: 'aktindsigt', clientSecret: 'klient-i-solby' };
const MESSAGES_A_PAGE = 3;

/**
 * Speaks as the API of KMD Nexus does, on loopback: client credentials, one root with links, a citizen's pathways through
 * the view "- Alt", an inbox in pages whose messages are XML in base64. Not the vendor's software.
 */
export class NexusStandIn extends RecordsStandIn {
  private readonly tokens = new Tokens();
  private readonly closed = new Set<string>();

  protected readonly routes: StandInRoute[] = [
    {
      method: 'POST',
      path: new RegExp(`^${TOKEN_PATH}$`),
      route: 'token',
      open: true,
      answer: (call) => this.grant(call),
    },
    this.reads('', 'states', () => ({
      json: { _links: { patientDetailsSearch: this.link('patients/details/search') } },
    })),
    { ...this.reads('patients/details/search', 'search', (call) => this.search(call)), method: 'POST' },
    this.reads('patients/(\\d+)/preferences', 'search', ({ params }) => this.views(params[0])),
    this.reads('patients/(\\d+)/views/1', 'search', ({ params }) => this.view(params[0])),
    this.reads('patients/(\\d+)/views/1/references', 'search', (call) => this.tree(call)),
    this.reads('patients/(\\d+)/programs/active', 'parts', ({ params }) => this.programs(params[0])),
    this.reads('patients/(\\d+)/views/1/activities', 'caseless', () => ({ json: [] })),
    this.reads('patients/(\\d+)/inbox', 'caseless', ({ params }) => this.inbox(params[0])),
    this.reads('patients/(\\d+)/inbox/(\\d+)', 'caseless', (call) => this.inboxPage(call)),
    this.reads('messages/(\\d+)', 'caseless', ({ params }) => this.message(params[0])),
    this.reads('patientPathways/(\\d+)', 'case', ({ params }) => this.pathway(params[0])),
    this.reads('patientPathways/(\\d+)/references', 'documents', (call) => this.references(call)),
    this.reads('documents/(\\d+)', 'parts', ({ params }) => this.document(params[0])),
    this.reads('formData/(\\d+)', 'parts', ({ params }) => this.form(params[0])),
    this.reads('files/(\\d+)', 'file', ({ params }) => this.bytes(params[0])),
    { method: 'PUT', path: new RegExp(`^${ROOT}.+$`), route: 'case', writes: true, answer: () => DENIED },
    {
      method: 'POST',
      path: new RegExp(`^${ROOT}(documents|messages).*$`),
      route: 'case',
      writes: true,
      answer: () => DENIED,
    },
  ];

  readerSettings(): Record<string, unknown> {
    return { baseUrl: this.address + ROOT, tokenUrl: this.address + TOKEN_PATH, ...CLIENT };
  }

  expireTokens(): void {
    this.tokens.expire();
  }

  /** From here on the citizen's record is there and may not be opened (`isPatientAccessible` false). */
  closeRecordOf(cpr: string): void {
    this.closed.add(cpr.replace('-', ''));
  }

  protected refusal({ authorization }: StandInCall): Answer | undefined {
    return this.tokens.holder(authorization) ? undefined : { status: 401, json: { error: 'unauthorized' } };
  }

  private reads(path: string, route: StandInRoute['route'], answer: StandInRoute['answer']): StandInRoute {
    return { method: 'GET', path: new RegExp(`^${ROOT}${path}$`), route, answer };
  }

  private grant({ body }: StandInCall): Answer {
    const form = new URLSearchParams(body.toString());
    const isClient = form.get('client_id') === CLIENT.clientId && form.get('client_secret') === CLIENT.clientSecret;
    const isKnown = isClient && form.get('grant_type') === 'client_credentials';
    return isKnown ? { json: this.tokens.give('reader') } : { status: 401, json: { error: 'invalid_client' } };
  }

  private search({ body }: StandInCall): Answer {
    const { businessKey, keyType } = JSON.parse(body.toString()) as { businessKey: string; keyType: string };
    const found = this.patients().find(({ party }) => party.cpr?.replace('-', '') === businessKey);
    if (!found || keyType !== 'CPR') return NOTHING;
    if (this.closed.has(businessKey)) return { json: { isPatientAccessible: false, patient: null } };
    return { json: { isPatientAccessible: true, patient: objects.patientOnWire(found, this.link) } };
  }

  private views(id: string): Answer {
    const active = { name: 'Aktive forløb', _links: { self: this.link(`patients/${id}/views/2`) } };
    const all = { name: '- Alt', _links: { self: this.link(`patients/${id}/views/1`) } };
    return { json: { CITIZEN_PATHWAY: [active, all] } };
  }

  private view(id: string): Answer {
    const pathwayReferences = this.link(`patients/${id}/views/1/references`);
    const patientActivities = this.link(`patients/${id}/views/1/activities`);
    return { json: { name: '- Alt', _links: { pathwayReferences, patientActivities } } };
  }

  private tree({ params, list }: StandInCall): Answer {
    const held = this.patient(params[0])?.cases ?? [];
    const roots = held.filter(({ parentId }) => parentId === undefined);
    return { json: list(roots.map((root) => objects.pathwayNode(root, held, this.link))) };
  }

  private programs(id: string): Answer {
    const held = this.patient(id)?.cases.filter(({ closedAt }) => closedAt === undefined) ?? [];
    return { json: held.map((each) => objects.pathwayOnWire(each, this.link)) };
  }

  private pathway(id: string): Answer {
    const held = this.caseOf(id);
    if (held?.forbidden) return DENIED;
    return held ? { json: objects.pathwayOnWire(held, this.link) } : NOTHING;
  }

  private references({ params, list }: StandInCall): Answer {
    const held = this.caseOf(params[0]);
    if (!held) return NOTHING;
    const below = this.cases.filter(({ parentId }) => parentId === held.id);
    const nodes = below.map((part) => objects.pathwayNode(part, this.cases, this.link));
    return { json: [...list(objects.elementNodes(held, this.link)), ...nodes] };
  }

  private document(id: string): Answer {
    const held = this.documentOf(id);
    if (held?.forbidden) return DENIED;
    return held ? { json: objects.documentOnWire(held, this.link) } : NOTHING;
  }

  private form(id: string): Answer {
    const held = this.cases.flatMap(({ notes }) => notes).find((note) => note.id === Number(id));
    return held ? { json: objects.formOnWire(held) } : NOTHING;
  }

  private inbox(id: string): Answer {
    const total = this.patient(id)?.caseless.length ?? 0;
    const numbers = Array.from({ length: Math.ceil(total / MESSAGES_A_PAGE) }, (_, nth) => nth);
    const pages = numbers.map((nth) => ({ _links: { self: this.link(`patients/${id}/inbox/${nth}`) } }));
    return { json: { totalItems: total, pages } };
  }

  private inboxPage({ params, list }: StandInCall): Answer {
    const from = Number(params[1]) * MESSAGES_A_PAGE;
    const held = this.patient(params[0])?.caseless.slice(from, from + MESSAGES_A_PAGE) ?? [];
    return { json: list(held.map((each) => ({ id: each.id, _links: { self: this.link(`messages/${each.id}`) } }))) };
  }

  private message(id: string): Answer {
    const held = this.caseless.find((each) => each.id === Number(id));
    return held ? { json: objects.messageOnWire(held) } : NOTHING;
  }

  private bytes(id: string): Answer {
    const file = this.fileOf(id);
    return file ? { file } : NOTHING;
  }

  private patients(): objects.HeldPatient[] {
    return objects.patientsOf(this.cases, this.caseless);
  }

  private patient(id: string): objects.HeldPatient | undefined {
    return this.patients().find((each) => each.id === Number(id));
  }

  private readonly link = (path: string): { href: string } => ({ href: this.address + ROOT + path });
}

const NOTHING: Answer = { status: 404, json: { message: 'not found' } };
const DENIED: Answer = { status: 403, json: { message: 'forbidden' } };
