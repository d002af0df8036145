import type { RecordsCase, RecordsParty } from '../../contracts';
import { contractError } from '../http/source-errors';
import type { SourceHttp } from '../http/source-http';
import { requiredText, wireOf, wiresOf } from '../http/wire';
import { parseXml } from '../http/xml-element';
import type { GetOrganizedSettings } from './getorganized-settings';

/** The field that holds the citizen of a case: `Name;#id;#CPR;#;#`. */
export const CONTACT = 'ows_CCMContactData';
const PARENT = 'ows_CCMParentCase';
const CASE_ID = /^[A-ZÆØÅ]{2,5}-\d{4}-\d{6}(-\d{3})?$/;

/** A case with what only its metadata say. */
export interface FoundCase {
  recordsCase: RecordsCase;
  /** `cases/PER55/PER-2026-000123`, below which the case's documents are listed. */
  path: string;
}

/**
 * Ids of the cases whose `field` holds `text`: every kind of case, and no `ReturnCasesNumber`, which would cut the list.
 * Open and closed alike.
 */
export async function findCaseIds(
  http: SourceHttp,
  settings: GetOrganizedSettings,
  [field, text]: [field: string, text: string],
  signal: AbortSignal,
): Promise<string[]> {
  const asked = field === PARENT ? 'the list of sub-cases' : 'the case list';
  const body = {
    FieldProperties: [{ InternalName: field, Value: text, ComparisonType: 'Contains' }],
    CaseTypePrefixes: settings.caseTypePrefixes,
    LogicalOperator: 'AND',
    ExcludeDeletedCases: true,
  };
  const call = { method: 'POST', path: '/_goapi/Cases/FindByCaseProperties', asked, ...jsonBody(body) } as const;
  return wiresOf(await http.json(call, signal), asked, 'CasesInfo').map((row) => {
    const id = requiredText(row, 'CaseID', asked);
    if (!CASE_ID.test(id)) throw contractError(asked, 'listed a case whose id is of another form');
    return id;
  });
}

/** Sub-cases lie beside their case and are found by its id. */
export function findSubCaseIds(
  http: SourceHttp,
  settings: GetOrganizedSettings,
  caseId: string,
  signal: AbortSignal,
): Promise<string[]> {
  return findCaseIds(http, settings, [PARENT, caseId], signal);
}

export async function readCase(
  http: SourceHttp,
  settings: GetOrganizedSettings,
  id: string,
  signal: AbortSignal,
): Promise<FoundCase> {
  const asked = `case ${id}`;
  const row = await readMetadata(http, `/_goapi/Cases/Metadata/${id}`, asked, signal);
  const path = row.ows_CaseUrl?.replace(/^\/+/, '') ?? '';
  if (!/^[\w/ -]+$/.test(path)) throw contractError(asked, 'left out the address of its documents');
  const status = row.ows_CaseStatus;
  const parent = /^[^;]+/.exec(row[PARENT] ?? '')?.[0];
  const parties = [
    ...partiesIn(row[CONTACT], 'primary'),
    ...settings.partyFields.flatMap((field) => partiesIn(row[field], 'secondary')),
    ...workersIn(row.ows_CaseOwner),
  ];
  const recordsCase: RecordsCase = {
    sourceCaseId: id,
    caseNumber: id,
    title: row.ows_Title || 'Sag uden titel',
    kle: /\d{2}\.\d{2}\.\d{2}/.exec(row.ows_KLENummer ?? '')?.[0],
    facet: /\b[A-ZÆØÅ]\d{2}\b/.exec(row.ows_Facet ?? '')?.[0],
    open: status ? !/luk|afslut|arkiv/i.test(status) : undefined,
    openedAt: /^\d{4}-\d{2}-\d{2}/.exec(row.ows_Created ?? '')?.[0],
    parties,
    responsibleUnit: row.ows_Afdeling || undefined,
    parentSourceCaseId: parent && CASE_ID.test(parent) ? parent : undefined,
  };
  return { recordsCase, path };
}

/** The attributes of the `z:row` that stands as text in the answer. */
export async function readMetadata(
  http: SourceHttp,
  path: string,
  asked: string,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const answer = wireOf(await http.json({ method: 'GET', path, asked }, signal), asked);
  return parseXml(requiredText(answer, 'Metadata', asked), asked).attributes;
}

export function jsonBody(body: unknown): { headers: Record<string, string>; body: string } {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Contacts one after the other, each `Name;#id;#CPR;#;#`. */
function partiesIn(field: string | undefined, role: 'primary' | 'secondary'): RecordsParty[] {
  const parts = (field ?? '').split(';#');
  return parts.flatMap((part, index): RecordsParty[] => {
    if (!/^\d{6}-?\d{4}$/.test(part)) return [];
    const name = parts[index - 2] || 'Part uden navn i GetOrganized';
    return [{ role, roleText: role === 'primary' ? 'Kontakt' : 'Part', name, cpr: part }];
  });
}

/** `12;#Kim Juhl` */
function workersIn(field: string | undefined): RecordsParty[] {
  const name = field?.split(';#').pop();
  return name ? [{ role: 'other', roleText: 'caseworker', name, employee: true }] : [];
}
