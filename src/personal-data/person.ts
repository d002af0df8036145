import type { PartyAccess, PartyRegister, RegisterParty } from '../contracts';
import { fold } from './folding';
import { shortForm } from './rules/cpr';
import { homeOf } from './rules/address';

/** Somebody whom the request's texts or register speak of. */
export interface Person {
  /** The register's id, or `P1`, `P2` … for a person found in the texts. */
  id: string;
  role: string;
  access: PartyAccess;
  fromRegister: boolean;
  /** As first written. */
  name: string;
  /** Folded words of the name in order, hyphenated names also in parts. */
  parts: string[];
  /** The word the person is called by. */
  firstName: string;
  /** Other words the person is called by, folded. */
  nicknames: string[];
  initials: string;
  /** Other initials that a text gives: `Reza Ahmadi (RA)`. Folded. */
  otherInitials: string[];
  cpr: string | null;
  phone: string | null;
  email: string | null;
  /** Comparable form of the address, see `homeOf`. */
  home: string | null;
  /** One Danish sentence for staff: how the role is known. */
  evidence: string;
  /** A second role that a text shows: the teacher who is also the neighbour. Folded word for the relation. */
  privateRole: string | null;
}

/** Kept: what is about the requester, and employees and professionals in their work. */
export function isKept(person: Person): boolean {
  return person.access === 'own' || person.access === 'employee' || person.access === 'professional';
}

/** The parties of a register as persons, in its order. */
export function personsOf(register: PartyRegister): Person[] {
  return register.parties.map((party) => ({
    ...named(party.id, party.name, party.role, accessOf(party)),
    fromRegister: true,
    cpr: party.cpr ? shortForm(party.cpr.replace(/\D/g, '')) : null,
    phone: party.phone ? party.phone.replace(/\D/g, '').slice(-8) : null,
    email: party.email ? fold(party.email) : null,
    home: party.address && /\d/.test(party.address) ? homeOf(party.address) : null,
    evidence: `Står i sagens register som »${party.role}«.`,
  }));
}

/** A person of whom only the name is known. */
export function named(id: string, name: string, role: string, access: PartyAccess): Person {
  const words = nameWords(name);
  const parts = words.flatMap((word) => (word.includes('-') ? [word, ...word.split('-')] : [word]));
  return {
    id,
    role,
    access,
    fromRegister: false,
    name,
    parts,
    firstName: words[0] ?? '',
    nicknames: [],
    initials: words.map((word) => word[0]).join(''),
    otherInitials: [],
    cpr: null,
    phone: null,
    email: null,
    home: null,
    evidence: 'Nævnes i teksten uden noget, der viser en rolle.',
    privateRole: null,
  };
}

/** Folded words of a name, `LUND, BO KRARUP` turned into `bo krarup lund`. */
export function nameWords(name: string): string[] {
  const [last, first] = name.split(',');
  const inOrder = first?.trim() ? `${first} ${last}` : name;
  return fold(inOrder)
    .split(/[^\p{L}\p{M}'-]+/u)
    .filter(Boolean);
}

function accessOf(party: RegisterParty): PartyAccess {
  const isProtected = party.access === 'third' && /notifier|protected|underretter|anmelder|beskyttet/i.test(party.role);
  return isProtected ? 'protected' : party.access;
}
