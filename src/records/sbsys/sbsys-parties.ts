import type { RecordsParty } from '../../contracts';
import { contractError, type Asked } from '../http/source-errors';
import type { Wire } from '../http/wire';
import { textOf } from './sbsys-wire';

/** Names of parts that are usual in Danish installations, in the words of the party register. */
const USUAL_ROLES: Record<string, string> = {
  Borger: 'citizen',
  Ansøger: 'citizen',
  Ægtefælle: 'spouse',
  'Tidligere ægtefælle': 'former spouse',
  Samlever: 'cohabitant',
  Barn: 'child',
  'Barn, fælles forældremyndighed': 'child, custody',
  'Barn, ikke forældremyndighed': 'child, no custody',
  Forælder: 'parent',
  Datter: 'daughter',
  'Datter, fuldmagt': 'daughter, power of attorney',
  Søn: 'son',
  Steddatter: 'stepdaughter',
  Kæreste: 'partner',
  'Tidligere ægtefælles samlever': "former spouse's new partner",
  Mor: 'mother',
  Far: 'father',
  Søskende: 'sibling',
  Søster: 'sister',
  Bror: 'brother',
  Nabo: 'neighbour',
  Underretter: 'notifier',
  Anmelder: 'notifier',
  Sagsbehandler: 'caseworker',
  Leder: 'municipal employee',
  Medarbejder: 'municipal employee',
  Læge: 'doctor, professional',
  Psykolog: 'psychologist, professional',
  Advokat: 'lawyer, professional',
};

/** The register's word for a part; one that is not known is kept in the source's own words. */
export function registerRole(part: string, installationRoles: Record<string, string> = {}): string {
  return installationRoles[part] ?? USUAL_ROLES[part] ?? part;
}

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
