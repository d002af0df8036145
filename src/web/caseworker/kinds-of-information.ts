import type { SpanType } from '../../contracts';

const KINDS: Record<SpanType | 'DRAWN', string> = {
  NAME: 'Navn',
  INITIALS: 'Initialer',
  CPR: 'CPR-nummer',
  CPR_PARTIAL: 'Del af CPR-nummer',
  DOB: 'Fødselsdato',
  PHONE: 'Telefonnummer',
  EMAIL: 'E-mailadresse',
  ADDRESS: 'Adresse',
  BANK_ACCOUNT: 'Kontonummer',
  PLATE: 'Nummerplade',
  USERNAME: 'Brugernavn',
  CASE_NO: 'Sagsnummer',
  OTHER_ID: 'Andet nummer',
  RELATION: 'Familieforhold',
  HEALTH: 'Helbred',
  CRIMINAL: 'Strafbare forhold',
  FINANCE: 'Økonomi',
  ETHNICITY: 'Oprindelse',
  RELIGION: 'Tro',
  ORG: 'Organisation',
  PLACE: 'Sted',
  CVR: 'CVR-nummer',
  DRAWN: 'Tegnet felt',
};

export function kindName(type: string): string {
  return KINDS[type as SpanType] ?? 'Oplysning';
}

/** What a person says that he or she removes; the role decides whether a second person must look. */
interface AddedKind {
  label: string;
  type: SpanType | 'DRAWN';
  role: string;
}

const ADDED: Record<string, AddedKind> = {
  privat: { label: 'En anden persons private forhold', type: 'DRAWN', role: '' },
  navn: { label: 'En anden persons navn', type: 'NAME', role: '' },
  nummer: { label: 'CPR-nummer eller andet nummer', type: 'CPR', role: '' },
  kontakt: { label: 'Adresse, telefon eller mail', type: 'ADDRESS', role: '' },
  helbred: { label: 'En anden persons helbred', type: 'HEALTH', role: '' },
  oekonomi: { label: 'En anden persons økonomi', type: 'FINANCE', role: '' },
  henvender: { label: 'Det røber, hvem der har henvendt sig', type: 'NAME', role: 'underretter' },
  beskyttet: { label: 'Det røber, hvor en beskyttet person bor', type: 'ADDRESS', role: 'beskyttet adresse' },
};

export const ADDED_KINDS = Object.entries(ADDED).map(([value, { label }]) => ({ value, label }));

export function addedKind(value: string | undefined): { type: string; role: string } {
  const { type, role } = ADDED[value ?? ''] ?? ADDED.privat;
  return { type, role };
}

const ACCESS: Record<string, string> = {
  own: 'egne oplysninger',
  third: 'tredjemand',
  employee: 'ansat',
  professional: 'i sit arbejde',
  protected: 'beskyttet',
  unknown: 'ukendt',
};

export function accessInWords(access: string): string {
  return ACCESS[access] ?? access;
}
