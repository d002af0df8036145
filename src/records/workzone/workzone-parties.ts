import type { RecordsParty } from '../../contracts';
import type { Asked } from '../http/source-errors';

import { optionalText, requiredId, requiredText, wireOf, type Wire } from '../http/wire';
import { registerRole } from '../register-role';
import { isOneOf, literal, type OData } from './odata';
import type { WorkZoneSettings } from './workzone-settings';

const EMPLOYEE = 'M';
const UNIT = 'A';

/** Ids of the contacts that stand for a citizen; a contact's code is written with and without a hyphen. */
export async function contactsOf(
  odata: OData,
  settings: WorkZoneSettings,
  cpr: string,
  signal: AbortSignal,
): Promise<string[]> {
  const asked = 'the contacts of the citizen';
  const digits = cpr.replace(/\D/g, '');
  const codes = [digits, `${digits.slice(0, 6)}-${digits.slice(6)}`];
  const filter = `${isOneOf('NameType_Value', settings.cprContactTypes)} and ${isOneOf('NameCode', codes)}`;
  const rows = await odata.all({ set: 'Contacts', select: ['ID'], filter, asked }, signal);
  return rows.map((row) => requiredId(row, 'ID', asked));
}

/** Every party of a case, whichever label it has. */
export async function partiesOf(
  odata: OData,
  settings: WorkZoneSettings,
  caseId: string,
  signal: AbortSignal,
): Promise<RecordsParty[]> {
  const asked = `the parties of case ${caseId}`;
  const query = {
    set: 'FileContacts',
    select: ['ID', 'CustomLabel_Value'],
    filter: `FileKey_Value eq ${literal(caseId)}`,
    expand: 'Name($select=ID,Name1,NameType_Value,NameCode)',
    asked,
  };
  const rows = await odata.all(query, signal);
  return rows.map((row) => partyOf(row, settings, asked));
}

function partyOf(row: Wire, settings: WorkZoneSettings, asked: Asked): RecordsParty {
  const contact = wireOf(row.Name, asked);
  const label = optionalText(row, 'CustomLabel_Value', asked) ?? '';
  const type = requiredText(contact, 'NameType_Value', asked);
  const isOfTheHouse = type === EMPLOYEE || type === UNIT;
  const isPrimary = !isOfTheHouse && settings.primaryLabels.includes(label);
  return {
    role: isOfTheHouse ? 'other' : isPrimary ? 'primary' : 'secondary',
    roleText: registerRole(isPrimary ? 'Borger' : label, settings.partRoles),
    name: requiredText(contact, 'Name1', asked),
    cpr: settings.cprContactTypes.includes(type) ? optionalText(contact, 'NameCode', asked) : undefined,
    employee: type === EMPLOYEE,
  };
}
