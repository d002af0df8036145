import type { PartyAccess } from '../../contracts';
import type { PersonPart } from '../../redaction/persons/change-persons';
import { roleInWords } from './roles-in-words';

/** A part that an employee can give a person; the access follows from it. */
interface Part {
  label: string;
  role: string;
  access: PartyAccess;
}

const PARTS: Record<string, Part> = {
  privat: { label: 'Anden person, privat', role: 'anden person', access: 'third' },
  ansat: { label: 'Ansat i kommunen, i sit arbejde', role: 'ansat i kommunen', access: 'employee' },
  fagperson: { label: 'Fagperson, i sit arbejde', role: 'fagperson', access: 'professional' },
  barn: { label: 'Barn, som ansøgeren har forældremyndighed over', role: 'child, custody', access: 'own' },
  underretter: { label: 'Underretter eller anmelder (beskyttet)', role: 'underretter', access: 'protected' },
  adresse: { label: 'Har beskyttet adresse', role: 'beskyttet adresse', access: 'protected' },
  afdoed: { label: 'Afdød', role: 'afdød', access: 'third' },
  ukendt: { label: 'Vides ikke endnu', role: 'ukendt', access: 'unknown' },
};

export const PART_NAMES = Object.keys(PARTS);
export const PART_CHOICES = Object.entries(PARTS).map(([value, { label }]) => ({ value, label }));

/** `said` is the employee's own word for the relation: "nabo", "klasselærer". What protects somebody is always named. */
export function partOf(value: string, said: string): PersonPart {
  const { role, access } = PARTS[value] ?? PARTS.ukendt;
  const own = said.trim();
  if (own === '') return { role, access };
  return { role: access === 'protected' || access === 'own' ? `${role}, ${own}` : own, access };
}

/** The choice that says what a person is now. */
export function partChosen(role: string, access: PartyAccess): string {
  const exact = Object.entries(PARTS).find(([, part]) => part.role === role && part.access === access);
  if (exact) return exact[0];
  if (access === 'protected') return /underretter|notifier|anmelder/i.test(role) ? 'underretter' : 'adresse';
  return Object.entries(PARTS).find(([, part]) => part.access === access)?.[0] ?? 'ukendt';
}

export function partInWords(role: string): string {
  return role === 'unknown' ? 'ukendt' : roleInWords(role);
}
