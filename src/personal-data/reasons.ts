import type { SpanType } from '../contracts';
import type { Person } from './person';

const WHAT: Record<SpanType, string> = {
  NAME: 'Navnet',
  INITIALS: 'Initialerne',
  CPR: 'CPR-nummeret',
  CPR_PARTIAL: 'En del af et CPR-nummer',
  DOB: 'Fødselsdatoen',
  PHONE: 'Telefonnummeret',
  EMAIL: 'E-mailadressen',
  ADDRESS: 'Adressen',
  BANK_ACCOUNT: 'Kontonummeret',
  PLATE: 'Nummerpladen',
  USERNAME: 'Brugernavnet',
  CASE_NO: 'Sagsnummeret',
  OTHER_ID: 'Nummeret',
  RELATION: 'Relationen',
  HEALTH: 'Helbredsoplysningen',
  CRIMINAL: 'Oplysningen om strafbare forhold',
  FINANCE: 'Oplysningen om økonomi',
  ETHNICITY: 'Oplysningen om oprindelse',
  RELIGION: 'Oplysningen om tro',
  ORG: 'Organisationen',
  PLACE: 'Stedet',
  CVR: 'CVR-nummeret',
};

/** One Danish sentence for staff: what it is, whose it is, why it is proposed or kept. It never repeats the text itself. */
export function reasonFor(
  type: SpanType,
  person: Person | null,
  isKept: boolean,
  because: string,
  confidence?: number,
): string {
  const what = WHAT[type];
  const notes = [because, confidence === undefined ? '' : sureness(confidence)].filter(Boolean).join('; ');
  const why = notes ? ` (${notes})` : '';
  if (!person) {
    return isKept ? `${what} bevares${why}.` : `${what} foreslås fjernet, fordi personen ikke er kendt i sagen${why}.`;
  }
  const whose = person.fromRegister
    ? `parten ${person.id} (${person.role})`
    : `${person.id}, som ikke står i registret (${person.role})`;
  switch (person.access) {
    case 'own':
      return `${what} hører til ${whose} og bevares, fordi det er ansøgerens egne oplysninger${why}.`;
    case 'employee':
    case 'professional':
      if (!isKept)
        return `${what} hører til ${whose} og foreslås fjernet, fordi personen her omtales privat, som ${person.privateRole ?? 'pårørende'}${why}.`;
      return `${what} hører til ${whose} og bevares, fordi personen optræder i sit arbejde${why}.`;
    case 'protected':
      return `${what} kan røbe ${whose}, som er beskyttet, og foreslås fjernet${why}.`;
    case 'third':
      return `${what} hører til ${whose} og foreslås fjernet, fordi det er en anden persons forhold${why}.`;
    default:
      return `${what} hører til ${whose} og foreslås fjernet, indtil en medarbejder har afgjort, hvem det er${why}.`;
  }
}

/** How sure the program is, in words. */
function sureness(confidence: number): string {
  if (confidence >= 0.9) return 'sikkert';
  return confidence >= 0.7 ? 'ret sikkert' : 'usikkert';
}
