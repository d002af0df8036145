import { sizeOf } from '../records/held-bytes';
import type { HeldDocument, HeldParty } from '../records/holdings';
import { RecordsStandIn, type StandInCall, type StandInRoute } from '../records/records-stand-in';
import { Tokens } from '../records/tokens';

type Answer = Awaited<ReturnType<StandInRoute['answer']>>;

const CLIENT = { clientId: 'aktindsigt', clientSecret: 'hemmelig-klient' };
const CPR_SYSTEM = 'urn:oid:1.2.208.176.1.2';

/**
 * Answers as a FHIR R4 server does, by the specification: patients by identifier, their DocumentReferences page by page,
 * Binary as bytes. Our own stand-in and nobody's product.
 */
export class FhirStandIn extends RecordsStandIn {
  private readonly tokens = new Tokens();

  protected readonly routes: StandInRoute[] = [
    { method: 'POST', path: /^\/token$/, route: 'token', open: true, answer: (call) => this.logIn(call) },
    { method: 'GET', path: /^\/fhir\/metadata$/, route: 'states', answer: () => resource('CapabilityStatement', {}) },
    { method: 'POST', path: /^\/fhir\/Patient\/_search$/, route: 'search', answer: (call) => this.patients(call) },
    {
      method: 'POST',
      path: /^\/fhir\/DocumentReference\/_search$/,
      route: 'documents',
      answer: (call) => this.search(call),
    },
    { method: 'GET', path: /^\/fhir\/pages$/, route: 'documents', answer: (call) => this.page(call, call.query) },
    { method: 'GET', path: /^\/fhir\/Binary\/(\d+)$/, route: 'file', answer: (call) => this.binary(call) },
    {
      method: 'POST',
      path: /^\/fhir\/DocumentReference$/,
      route: 'documents',
      writes: true,
      answer: () => ({ status: 201 }),
    },
  ];

  readerSettings(): Record<string, unknown> {
    return { baseUrl: `${this.address}/fhir/`, tokenUrl: `${this.address}/token`, ...CLIENT };
  }

  expireTokens(): void {
    this.tokens.expire();
  }

  protected refusal({ authorization }: StandInCall): Answer | undefined {
    return this.tokens.holder(authorization) ? undefined : { status: 401, json: { resourceType: 'OperationOutcome' } };
  }

  private logIn({ body }: StandInCall): Answer {
    const form = new URLSearchParams(body.toString());
    const isKnown = form.get('client_id') === CLIENT.clientId && form.get('client_secret') === CLIENT.clientSecret;
    return isKnown ? { json: this.tokens.give('reader') } : { status: 401, json: { error: 'invalid_client' } };
  }

  private patients({ body, list }: StandInCall): Answer {
    const [system, cpr] = (new URLSearchParams(body.toString()).get('identifier') ?? '').split('|');
    const found =
      system === CPR_SYSTEM && this.ofPatient(cpr).length > 0 ? [{ resourceType: 'Patient', id: `p${cpr}` }] : [];
    return bundle(list(found), found.length);
  }

  private search(call: StandInCall): Answer {
    const form = new URLSearchParams(call.body.toString());
    return this.page(
      call,
      new URLSearchParams({ p: form.get('patient') ?? '', n: form.get('_count') ?? '100', at: '0' }),
    );
  }

  /** Pages are addressed by the server as it likes. */
  private page({ list }: StandInCall, query: URLSearchParams): Answer {
    const [patient, count, at] = [query.get('p') ?? '', Number(query.get('n')), Number(query.get('at'))];
    const all = this.ofPatient(patient.replace('Patient/p', ''));
    const rest = new URLSearchParams({ p: patient, n: String(count), at: String(at + count) });
    const next = at + count < all.length ? `${this.address}/fhir/pages?${rest.toString()}` : undefined;
    return bundle(list(all.slice(at, at + count).map(referenceOf)), all.length, next);
  }

  private binary({ params: [id] }: StandInCall): Answer {
    const file = this.fileOf(id);
    if (!file) return { status: 404, json: { resourceType: 'OperationOutcome' } };
    const isForbidden = this.all().some(({ document }) => document.forbidden && document.files.includes(file));
    return isForbidden ? { status: 403, json: { resourceType: 'OperationOutcome' } } : { file };
  }

  private ofPatient(cpr: string): HeldDocument[] {
    const isOf = (party: HeldParty): boolean => party.cpr?.replace('-', '') === cpr;
    return this.all().flatMap(({ document, parties }) => (parties.some(isOf) ? [document] : []));
  }

  private all(): { document: HeldDocument; parties: HeldParty[] }[] {
    const filed = this.cases.flatMap(({ documents, parties }) => documents.map((document) => ({ document, parties })));
    return [...filed, ...this.caseless.map((document) => ({ document, parties: document.parties }))];
  }
}

function referenceOf({ id, name, date, draft, parentId, files }: HeldDocument): object {
  const content = files.map((file) => ({
    attachment: { contentType: 'application/pdf', url: `Binary/${file.id}`, size: sizeOf(file), title: file.name },
  }));
  const relatesTo =
    parentId === undefined ? [] : [{ code: 'appends', target: { reference: `DocumentReference/${parentId}` } }];
  return {
    ...{
      resourceType: 'DocumentReference',
      id: String(id),
      meta: { versionId: '1' },
      status: 'current',
      description: name,
    },
    ...{ docStatus: draft ? 'preliminary' : 'final', date: `${date}T10:00:00+01:00`, relatesTo, content },
  };
}

function resource(resourceType: string, fields: object): Answer {
  return { type: 'application/fhir+json', json: { resourceType, ...fields } };
}

function bundle(resources: object[], total: number, next?: string): Answer {
  const link = next === undefined ? [] : [{ relation: 'next', url: next }];
  // A bundle without entries leaves the list out.
  const entry =
    resources.length === 0 ? undefined : resources.map((each) => ({ resource: each, search: { mode: 'match' } }));
  return resource('Bundle', { type: 'searchset', total, link, entry });
}
