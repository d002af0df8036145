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
