import type { RecordsCase, RecordsParty } from '../../contracts';
import { contractError, type Asked } from '../http/source-errors';
import { childOf, childrenOf, dayIn, idIn, textIn, type XmlElement } from '../http/xml-element';
import type { F2Reads, Hit } from './f2-reads';

const SEARCH = 'the case list';

/** The cases of a number: by the case's own CPR field and, where a query for it is installed, by involved party. */
export async function findCases(
  reads: F2Reads,
  involvedPartyQuery: string | undefined,
  cpr: string,
  signal: AbortSignal,
): Promise<Hit[]> {
  const found = await reads.search('case-search-filter', { cprNumber: cpr }, SEARCH, signal);
  if (!involvedPartyQuery) return found;
  const known = new Set(found.map(({ id }) => id));
  for (const id of await reads.query(
    involvedPartyQuery,
    { cprNumber: cpr },
    'the cases of an involved party',
    signal,
  )) {
    if (!known.has(id)) found.push(await caseHit(reads, id, signal));
    known.add(id);
  }
  return found;
}

/** The address of a case, by its id. */
export async function caseHit(reads: F2Reads, id: string, signal: AbortSignal): Promise<Hit> {
  const asked = `case ${id}`;
  const hits = await reads.search('case-search-filter', { id }, asked, signal);
  const hit = hits.find((candidate) => candidate.id === id);
  if (!hit) throw contractError(asked, 'does not find it by its id');
  return hit;
}

export async function readCase(reads: F2Reads, hit: Hit, signal: AbortSignal): Promise<XmlElement> {
  const asked = `case ${hit.id}`;
  const element = await reads.xml(hit.href, asked, signal);
  if (idIn(element, asked) !== hit.id) throw contractError(asked, 'answered with another case');
  return element;
}

export function caseOf(element: XmlElement, id: string): RecordsCase {
  const closed = textIn(element, 'Closed');
  return {
    sourceCaseId: id,
    caseNumber: textIn(element, 'CaseNumber'),
    title: textIn(element, 'Title') ?? 'Sag uden titel',
    kle: kleOf(element),
    facet: /^[A-ZÆØÅ]\d{2}$/.exec(codeOf(childOf(element, 'ProcessInstruction')) ?? '')?.[0],
    open: closed === undefined ? undefined : closed !== 'true',
    openedAt: dayIn(element, 'CreatedDate'),
    parties: partiesOf(element),
    responsibleUnit: textIn(childOf(element, 'Responsible'), 'Name'),
  };
}

function kleOf(element: XmlElement): string | undefined {
  const keyword = childOf(element, 'Keyword');
  const words = [codeOf(keyword), textIn(keyword, 'Title')].join(' ');
  return /\d{2}\.\d{2}\.\d{2}/.exec(words)?.[0];
}

function codeOf(enumeration: XmlElement | undefined): string | undefined {
  return textIn(enumeration, 'Code');
}

/** The case's own CPR field names its primary party; the others are involved. */
function partiesOf(element: XmlElement): RecordsParty[] {
  const primary = digits(textIn(element, 'CprNumber'));
  const involved = childrenOf(childOf(element, 'InvolvedParties'), 'InvolvedParty').map((party): RecordsParty => {
    const cpr = textIn(party, 'CPRCVR');
    const isPrimary = primary !== '' && digits(cpr) === primary;
    return {
      role: isPrimary ? 'primary' : 'secondary',
      roleText: textIn(party, 'PartyType') ?? 'Part',
      name: textIn(party, 'Name') ?? 'Part uden navn i F2',
      cpr: digits(cpr).length === 10 ? cpr : undefined,
      email: textIn(party, 'EMail'),
    };
  });
  const isNamed = primary === '' || involved.some(({ role }) => role === 'primary');
  const unnamed: RecordsParty = { role: 'primary', roleText: 'Part', name: 'Part uden navn i F2', cpr: primary };
  return [...(isNamed || primary.length !== 10 ? [] : [unnamed]), ...involved, ...workersOf(element)];
}

function workersOf(element: XmlElement): RecordsParty[] {
  const others = childrenOf(childOf(element, 'SupplementaryCaseWorkers'), 'SupplementaryCaseWorker');
  return [...childrenOf(element, 'Responsible'), ...others].flatMap((worker): RecordsParty[] => {
    const name = textIn(worker, 'Name');
    const isPerson = textIn(worker, 'Type') === 'User';
    return name && isPerson
      ? [{ role: 'other', roleText: 'caseworker', name, email: textIn(worker, 'EMail'), employee: true }]
      : [];
  });
}

/** The number of a case as the list of matters names it. */
export function caseNumberOf(row: Record<string, unknown>, asked: Asked): string | undefined {
  const number = row.CaseNumber;
  if (number === undefined || number === null || number === '') return undefined;
  if (typeof number !== 'string') throw contractError(asked, 'gave "CaseNumber" in another form than text');
  return number;
}

function digits(text = ''): string {
  return text.replace(/\D/g, '');
}
