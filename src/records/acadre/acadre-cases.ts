import type { RecordsCase, RecordsParty } from '../../contracts';
import { contractError, type Asked } from '../http/source-errors';
import { childrenOf, type XmlElement } from '../http/xml-element';
import { registerRole } from '../register-role';
import { digitsOf, type NamedCase } from './acadre-search';
import type { AcadreSettings } from './acadre-settings';
import { element, type AcadreSoap } from './acadre-soap';
import { dayAt, requiredTextAt, textAt } from './xml-path';

/** Under way is `B`; `A` is closed. */
const CLOSED = 'A';

/** Contacts that were read, by their ids: the same people are parties of case after case. */
export type ContactBook = Map<string, XmlElement>;

/** A case with its parties. `named` holds what the services said is in it. */
export async function readCase(
  soap: AcadreSoap,
  settings: AcadreSettings,
  id: string,
  named: NamedCase | undefined,
  contacts: ContactBook,
  signal: AbortSignal,
): Promise<RecordsCase> {
  const asked = `case ${id}`;
  const found = await soap.ask(
    'GetCase',
    element('CaseFileIdentifier', 'http://www.traen.com/2008/08/20', id),
    asked,
    signal,
  );
  if (requiredTextAt(found, asked, 'CaseFileIdentifier') !== id)
    throw contractError(asked, 'answered with another case');
  const parties: RecordsParty[] = [];
  for (const party of childrenOf(found, 'Party'))
    parties.push(await readParty(soap, settings, party, contacts, asked, signal));
  const status = requiredTextAt(found, asked, 'CaseFileStatusCode');
  return {
    sourceCaseId: id,
    caseNumber: textAt(found, 'CaseFileNumberIdentifier'),
    title: titleOf(found, asked),
    kle: literalOf(found, 'KL Koder'),
    facet: literalOf(found, 'Facetter'),
    open: status !== CLOSED,
    openedAt: dayAt(found, asked, 'CreationDate'),
    closedAt: status === CLOSED ? dayAt(found, asked, 'ClosedDate') : undefined,
    parties,
    responsibleUnit: textAt(found, 'AdministrativeUnit', 'AdministrativeUnitReference'),
    expected: named && { documents: named.documents, notes: named.notes },
  };
}

/** Which part the citizen has, by any of the numbers; undefined for none. */
export function partOf(found: RecordsCase, numbers: string[]): RecordsParty['role'] | undefined {
  const own = found.parties.filter(({ cpr }) => cpr !== undefined && numbers.includes(digitsOf(cpr)));
  return own.find(({ role }) => role === 'primary')?.role ?? own[0]?.role;
}

async function readParty(
  soap: AcadreSoap,
  settings: AcadreSettings,
  party: XmlElement,
  contacts: ContactBook,
  asked: Asked,
  signal: AbortSignal,
): Promise<RecordsParty> {
  const guid = requiredTextAt(party, asked, 'ContactReference');
  const question = element('GUID', 'http://www.traen.com/2007/04/01', guid);
  const contact = contacts.get(guid) ?? (await soap.ask('GetContact', question, `a party of ${asked}`, signal));
  contacts.set(guid, contact);
  const isPrimary = textAt(party, 'IsPrimary') === 'true';
  const part = textAt(party, 'PartyRelationTypeLiteral') ?? textAt(party, 'PartyComment');
  return {
    role: isPrimary ? 'primary' : 'secondary',
    roleText: registerRole(part ?? (isPrimary ? 'Borger' : 'Part'), settings.partRoles),
    name: nameOf(contact, asked),
    cpr: textAt(contact, 'PersonCivilRegistrationIdentifier'),
    addressProtected: textAt(contact, 'NameAddressProtectionIndicator') === 'true',
  };
}

function nameOf(contact: XmlElement, asked: Asked): string {
  const names = childrenOf(contact, 'PersonNameStructure').flatMap(({ children }) => children.map(({ text }) => text));
  const name = names.filter((part) => part.trim() !== '').join(' ');
  return name || textAt(contact, 'PersonNameForAddressingName') || requiredTextAt(contact, asked, 'OrganizationName');
}

/** A child's case has the child's number for its title: what it is about stands in a field of its own. */
function titleOf(found: XmlElement, asked: Asked): string {
  const title = requiredTextAt(found, asked, 'CaseFileTitleText');
  if (!/^\d{6}-?\d{4}$/.test(title)) return title;
  const fields = childrenOf(found, 'CustomFieldCollection').flatMap(({ children }) => children);
  const content = fields.find((field) => textAt(field, 'Name') === 'df1');
  return (content && textAt(content, 'Value')) ?? `Sag ${textAt(found, 'CaseFileNumberIdentifier') ?? ''}`.trim();
}

function literalOf(found: XmlElement, principle: string): string | undefined {
  const categories = childrenOf(found, 'Classification').flatMap((each) => childrenOf(each, 'Category'));
  const category = categories.find((each) => textAt(each, 'Principle') === principle);
  return category && textAt(category, 'Literal');
}
