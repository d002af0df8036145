import type { PartyRegister, RegisterParty, Span, SpanType } from '../../contracts';

/** One page of a document, with what was found on it. */
export interface ReadPage {
  text: string;
  spans: Span[];
}

/** How surely a document says that it is about somebody of the request. */
export type Belonging = 'certain' | 'by-name' | 'hinted' | 'none';

/** What belongs to one person alone, or to one household. */
const IDENTIFIES: ReadonlySet<SpanType> = new Set([
  'CPR',
  'CPR_PARTIAL',
  'DOB',
  'PHONE',
  'EMAIL',
  'ADDRESS',
  'BANK_ACCOUNT',
]);
/** As near as a number stands to the name that it is given for. */
const BESIDE = 60;

/**
 * What ties a document to the parties of the request. Employees and professionals count for nothing: their names stand in
 * everybody's documents. A number or address that is a party's own counts only as the register has it.
 */
export function belongingOf(pages: ReadPage[], register: PartyRegister, caseNumbers: string[]): Belonging {
  if (pages.some(({ text }) => caseNumbers.some((number) => standsIn(text, number)))) return 'certain';
  const parties = new Map(register.parties.filter(isAboutACitizen).map((party) => [party.id, party]));
  let best: Belonging = 'none';
  for (const { text, spans } of pages) {
    for (const span of spans) {
      const party = parties.get(span.person ?? '');
      if (!party) continue;
      const written = text.slice(span.start, span.end);
      if (IDENTIFIES.has(span.type) && isOwn(written, span.type, party)) return 'certain';
      const isFullName = span.type === 'NAME' && wordsOf(written).length > 1;
      if (isFullName) best = 'by-name';
      else if (best === 'none' && !IDENTIFIES.has(span.type)) best = 'hinted';
    }
  }
  return best;
}

/** A party's name with a CPR number directly after it that is not the party's: somebody else of the same name. */
export function namesANamesake(pages: ReadPage[], register: PartyRegister): boolean {
  const numbers = new Map(register.parties.flatMap(({ id, cpr }) => (cpr ? [[id, digitsOf(cpr)] as const] : [])));
  const known = [...numbers.values()];
  const found = pages.flatMap(({ text, spans }) =>
    spans
      .filter(({ type }) => type === 'CPR')
      .map(({ start, end }) => ({ digits: digitsOf(text.slice(start, end)), text, spans, start })),
  );
  if (found.length === 0 || found.some(({ digits }) => known.some((each) => isOneDigitOff(digits, each)))) return false;
  return found.some(({ text, spans, start }) =>
    spans.some(
      ({ type, person, end, start: from }) =>
        type === 'NAME' &&
        numbers.has(person ?? '') &&
        end <= start &&
        start - end <= BESIDE &&
        wordsOf(text.slice(from, end)).length > 1,
    ),
  );
}

export function isAboutACitizen({ access }: RegisterParty): boolean {
  return access !== 'employee' && access !== 'professional';
}

export function wordsOf(name: string): string[] {
  return name.split(/[^\p{L}'’-]+/u).filter((word) => word.length > 1);
}

/** The detector gives a number to who is spoken of nearest; here only the register's word counts. */
function isOwn(written: string, type: SpanType, party: RegisterParty): boolean {
  const digits = type === 'EMAIL' || type === 'ADDRESS' ? '' : digitsOf(written);
  const cpr = digitsOf(party.cpr ?? '');
  if (type === 'CPR') return cpr !== '' && isOneDigitOff(digits, cpr);
  if (type === 'CPR_PARTIAL' || type === 'DOB') return cpr !== '' && digits.length >= 4 && isPartOf(digits, cpr);
  if (type === 'PHONE') return digits.length >= 8 && digitsOf(party.phone ?? '').endsWith(digits.slice(-8));
  if (type === 'EMAIL') return written.toLowerCase() === (party.email ?? '').toLowerCase();
  if (type === 'ADDRESS') return isSameStreetAndHouse(written, party.address ?? '');
  return true;
}

function isPartOf(digits: string, cpr: string): boolean {
  const short = digits.length === 8 ? digits.slice(0, 4) + digits.slice(6) : digits;
  return cpr.startsWith(short) || cpr.endsWith(short);
}

function isSameStreetAndHouse(written: string, address: string): boolean {
  const [house, known] = [houseOf(written), houseOf(address)];
  return house !== null && house === known;
}

/** `Gl. Møllevej 4, 2. tv.` -> `glmøllevej4`. */
function houseOf(address: string): string | null {
  const house = /^\D{3,80}?\d{1,3}/u.exec(address)?.[0];
  return house ? house.toLowerCase().replace(/[^\p{L}\d]/gu, '') : null;
}

function standsIn(text: string, number: string): boolean {
  return number.length >= 6 && text.includes(number);
}

/** Reading machines write O for 0 and l or I for 1. */
function digitsOf(text: string): string {
  return text.replace(/[Oo]/g, '0').replace(/[lI]/g, '1').replace(/\D/g, '');
}

/** The same number, but for one digit that was misread or mistyped. */
function isOneDigitOff(a: string, b: string): boolean {
  return a.length === b.length && [...a].filter((digit, index) => digit !== b[index]).length <= 1;
}
