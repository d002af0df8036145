import type { RecordsParty } from '../../contracts';
import { contractError, type Asked } from '../http/source-errors';
import type { Wire } from '../http/wire';
import { registerRole } from '../register-role';
import { textOf } from './sbsys-wire';

/** A party as one element of `GET /api/sag/{id}/part` gives it. */
export function partyOf(item: Wire, installationRoles: Record<string, string>, asked: Asked): RecordsParty {
  const name = textOf(item, 'Navn');
  if (!name) throw contractError(asked, 'listed a party without a name');
  const part = textOf(item, 'Rolle') ?? '';
  const employee = item.ErMedarbejder === true;
  return {
    role: item.ErPrimaer === true ? 'primary' : employee ? 'other' : 'secondary',
    roleText: registerRole(part, installationRoles),
    name,
    cpr: textOf(item, 'CprNummer'),
    address: textOf(item, 'Adresse'),
    phone: textOf(item, 'Telefon'),
    email: textOf(item, 'Email'),
    addressProtected: item.Adressebeskyttet === true,
    employee,
  };
}
