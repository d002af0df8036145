import type { RegisteredPerson } from '../contracts';

/** Where the request and CPR do not speak of the same person. */
export type Mismatch = 'unknown' | 'name' | 'birth-date';

/** A login that keeps the name to itself (name protection) leaves the birth date alone to be compared. */
export const NAME_KEPT_BACK = 'Navn beskyttet';

/**
 * Compares who asks with whom CPR knows: the first and the last name, and the date that the number begins with. Middle
 * names are given by some and left out by others.
 */
export function identityMismatch(
  asked: { name: string; cpr: string },
  registered: RegisteredPerson | null,
): Mismatch | null {
  if (!registered) return 'unknown';
  if (birthDigits(asked.cpr) !== shortDate(registered.birthDate)) return 'birth-date';
  const [own, known] = [words(asked.name), words(registered.name)];
  if (asked.name === NAME_KEPT_BACK || own.length === 0) return null;
  return own[0] === known[0] && own.at(-1) === known.at(-1) ? null : 'name';
}

/** Replacement numbers are told from others by 60 added to the day. */
function birthDigits(cpr: string): string {
  const digits = cpr.replace(/\D/g, '').slice(0, 6);
  const day = Number(digits.slice(0, 2));
  return `${String(day > 60 ? day - 60 : day).padStart(2, '0')}${digits.slice(2)}`;
}

function shortDate(iso: string): string {
  const [year, month, day] = iso.split('-');
  return `${day}${month}${year.slice(2)}`;
}

function words(name: string): string[] {
  return name
    .normalize('NFC')
    .toLocaleLowerCase('da')
    .split(/[\s-]+/)
    .filter((word) => word !== '');
}
