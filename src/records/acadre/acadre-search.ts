import type { SourceHttp } from '../http/source-http';
import { requiredId, wiresOf, type Wire } from '../http/wire';
import { childrenOf, type XmlElement } from '../http/xml-element';
import { contractError, type Asked } from '../http/source-errors';
import { element, NAMESPACE_V7, type AcadreSoap } from './acadre-soap';
import type { AcadreSettings } from './acadre-settings';
import { escaped, requiredTextAt } from './xml-path';

const MOST_PAGES = 1000;

/** A case that the services name for a citizen, with how much they say is in it; supplements are not counted. */
export interface NamedCase {
  id: string;
  documents: number;
  notes: number;
}

/** Codes of all types of cases that there are: the page search looks at one type at a time. */
export async function caseTypes(soap: AcadreSoap, signal: AbortSignal): Promise<string[]> {
  const asked = 'the types of cases';
  const empty = '<GetCaseTypeListEmptyRequest xmlns="http://www.traen.com/2008/01/20"/>';
  const list = await soap.ask('GetCaseTypeList', empty, asked, signal);
  const types = childrenOf(list, 'CaseType').map((type) => requiredTextAt(type, asked, 'Literal'));
  if (types.length === 0)
    throw contractError(asked, 'answered without a single type, which no installation is without');
  return types;
}

/** True when the pages know a contact with this number. */
export async function isKnownContact(
  http: SourceHttp,
  settings: AcadreSettings,
  cpr: string,
  signal: AbortSignal,
): Promise<boolean> {
  const contacts = await allPages(http, `contact?SearchKey=${cpr}`, settings.pageSize, 'the contacts', signal);
  return contacts.some(({ ContactIdentity: identity }) => typeof identity === 'string' && digitsOf(identity) === cpr);
}

/** Ids that the page search gives: each type of case, open ones and closed ones. */
export async function searchedCaseIds(
  http: SourceHttp,
  settings: AcadreSettings,
  types: string[],
  cpr: string,
  signal: AbortSignal,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const type of types) {
    for (const isActive of [true, false]) {
      const asked = `the ${isActive ? 'open' : 'closed'} cases of type ${type}`;
      const question = `case?SearchCaseType=${encodeURIComponent(type)}&SearchTerm=&ContactSearchKey=${cpr}&Active=${isActive}`;
      const cases = await allPages(http, question, settings.pageSize, asked, signal);
      for (const each of cases) found.add(requiredId(each, 'Id', asked));
    }
  }
  return found;
}

/** The cases that the services name for a number, in any part, whatever their state and age. */
export async function namedCases(
  soap: AcadreSoap,
  types: string[],
  cpr: string,
  signal: AbortSignal,
): Promise<NamedCase[]> {
  const asked = 'the cases of the citizen';
  const strings = types.map((type) => element('string', 'http://www.traen.com/2006/08/01/case', type)).join('');
  const body =
    `<GetCasesForIdentity xmlns="${NAMESPACE_V7}"><identityNumber>${escaped(cpr)}</identityNumber>` +
    '<startDate xsi:nil="true"/><endDate xsi:nil="true"/>' +
    `<caseTypes>${strings}</caseTypes><withMemoAndDocument>true</withMemoAndDocument></GetCasesForIdentity>`;
  const list = await soap.ask('GetCasesForIdentity', body, asked, signal);
  return childrenOf(list, 'CaseContainer').map((container) => namedCase(container, asked));
}

export function digitsOf(cpr: string): string {
  return cpr.replace(/\D/g, '');
}

function namedCase(container: XmlElement, asked: Asked): NamedCase {
  const below = (name: string): XmlElement[] => childrenOf(container, name).flatMap(({ children }) => children);
  return {
    id: requiredTextAt(container, asked, 'Case', 'CaseFileIdentifier'),
    documents: below('Documents').length,
    notes: below('Notes').length,
  };
}

/** Acadre states no sum: a page that is not full is the last one. The program that this was read in stopped at 500. */
async function allPages(
  http: SourceHttp,
  question: string,
  pageSize: number,
  asked: Asked,
  signal: AbortSignal,
): Promise<Wire[]> {
  const found: Wire[] = [];
  for (let index = 0; index < MOST_PAGES; index += 1) {
    const path = `Frontend/api/v8/${question}&page-size=${pageSize}&page-index=${index}`;
    const page = wiresOf(await http.json({ method: 'GET', path, asked }, signal), asked);
    found.push(...page);
    if (page.length < pageSize) return found;
  }
  throw contractError(asked, `gave ${MOST_PAGES} full pages; the search does not end`);
}
