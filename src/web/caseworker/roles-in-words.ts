/** Words of the party register, as staff read them. What is not here is in the source's own words already. */
const ROLES: Record<string, string> = {
  requester: 'beder om aktindsigt',
  citizen: 'borger',
  spouse: 'ægtefælle',
  'former spouse': 'tidligere ægtefælle',
  cohabitant: 'samlever',
  child: 'barn',
  'child, custody': 'barn, forældremyndighed',
  'child, no custody': 'barn, ikke forældremyndighed',
  parent: 'forælder',
  daughter: 'datter',
  'daughter, power of attorney': 'datter, fuldmagt',
  son: 'søn',
  stepdaughter: 'steddatter',
  partner: 'kæreste',
  "former spouse's new partner": 'tidligere ægtefælles samlever',
  mother: 'mor',
  father: 'far',
  sibling: 'søskende',
  sister: 'søster',
  brother: 'bror',
  neighbour: 'nabo',
  notifier: 'underretter',
  caseworker: 'sagsbehandler',
  'municipal employee': 'ansat i kommunen',
  'doctor, professional': 'læge',
  'psychologist, professional': 'psykolog',
  'lawyer, professional': 'advokat',
};

export function roleInWords(role: string): string {
  return ROLES[role] ?? role;
}

/** A proposal's reason with people by name instead of by their key in the register. */
export function reasonInWords(reason: string, nameOf: (key: string) => string | undefined): string {
  return reason
    .replace(/parten (\w+) \(([^()]*)\)/g, (found, key: string, role: string) => {
      const name = nameOf(key);
      return name ? `${name} (${roleInWords(role)})` : found;
    })
    .replace(/(?<![\w-])([\w-]+), som ikke står i registret \(([^()]*)\)/g, (_found, key: string, role: string) => {
      const name = nameOf(key);
      return name ? `${name} (${roleInWords(role)})` : 'en person, som kilderne ikke har oplyst';
    });
}
