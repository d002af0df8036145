import type { HeldCase, HeldCaseless, HeldDocument, HeldNote, HeldParty } from '../records/holdings';

/** A link as HAL writes it. */
export type Links = Record<string, { href: string }>;
export type Link = (path: string) => { href: string };

/** One citizen, what hangs on pathways and what hangs on none. */
export interface HeldPatient {
  id: number;
  party: HeldParty;
  cases: HeldCase[];
  caseless: HeldCaseless[];
}

export function patientsOf(cases: HeldCase[], caseless: HeldCaseless[]): HeldPatient[] {
  const patients = new Map<string, HeldPatient>();
  const patientOf = (party: HeldParty | undefined): HeldPatient | undefined => {
    if (!party?.cpr) return undefined;
    const held = patients.get(party.cpr) ?? { id: 5000 + patients.size, party, cases: [], caseless: [] };
    patients.set(party.cpr, held);
    return held;
  };
  for (const held of cases) patientOf(held.parties.find(({ primary }) => primary))?.cases.push(held);
  for (const held of caseless) patientOf(held.parties.find(({ cpr }) => cpr))?.caseless.push(held);
  return [...patients.values()];
}

export function patientOnWire({ id, party }: HeldPatient, link: Link): object {
  return {
    id,
    fullName: party.name,
    patientIdentifier: { type: 'cpr', identifier: party.cpr },
    _links: {
      patientPreferences: link(`patients/${id}/preferences`),
      activePrograms: link(`patients/${id}/programs/active`),
      inboxMessages: link(`patients/${id}/inbox`),
    },
  };
}

/** A pathway of the tree, with what is filed on it and the pathways below it. */
export function pathwayNode(held: HeldCase, all: HeldCase[], link: Link): object {
  const below = all.filter(({ parentId }) => parentId === held.id);
  return {
    type: 'patientPathwayReference',
    name: held.title,
    date: `${held.openedAt}T08:00:00.000+0000`,
    pathwayStatus: held.closedAt ? 'CLOSED' : 'ACTIVE',
    patientPathwayId: held.id,
    children: [...elementNodes(held, link), ...below.map((part) => pathwayNode(part, all, link))],
    _links: { referencedObject: link(`patientPathways/${held.id}`) },
  };
}

export function elementNodes(held: HeldCase, link: Link): object[] {
  const node = (type: string, name: string, path: string): object => ({
    type,
    name,
    children: [],
    _links: { referencedObject: link(path) },
  });
  return [
    ...held.documents.map(({ id, name }) => node('documentReference', name, `documents/${id}`)),
    ...held.notes.map(({ id, title }) => node('formDataReference', title, `formData/${id}`)),
  ];
}

export function pathwayOnWire(held: HeldCase, link: Link): object {
  const _links = { pathwayReferences: link(`patientPathways/${held.id}/references`) };
  return { id: held.id, name: held.title, pathwayStatus: held.closedAt ? 'CLOSED' : 'ACTIVE', _links };
}

export function documentOnWire({ id, name, date, files }: HeldDocument, link: Link): object {
  const [file] = files;
  const _links: Links = file ? { file: link(`files/${file.id}`) } : {};
  return {
    id,
    name,
    originalFileName: file?.name,
    relevanceDate: `${date}T00:00:00.000+0000`,
    status: 'ACTIVE',
    _links,
  };
}

export function formOnWire({ id, title, date, author, html }: HeldNote): object {
  const text = html.replace(/<[^>]+>/g, '');
  return {
    id,
    formDefinition: { title: 'Journalnotat' },
    observationTimestamp: `${date}T10:00:00.000+0000`,
    items: [
      { label: 'Emne', type: 'text', value: title },
      { label: 'Observation', type: 'text', value: text },
      { label: 'Udfyldt af', type: 'text', value: author },
    ],
  };
}

export function messageOnWire({ id, name, date }: HeldCaseless): object {
  const xml = `<?xml version="1.0"?><m:Emessage xmlns:m="urn:medcom"><m:Letter><m:Subject>${name}</m:Subject></m:Letter></m:Emessage>`;
  return { id, subject: name, date: `${date}T09:00:00.000+0000`, raw: Buffer.from(xml).toString('base64') };
}
