import { digitsOf, justBefore, type Finding } from '../finding';
import { fold } from '../folding';
import { lexicon } from '../lexicon';
import { matchesNear } from './near';

// Figures as reading machines write them: O for 0, l and I for 1.
const D = '[0-9OolI]';
const GAP = '[ \\t.]?';
const JOIN = '[ \\t]{0,2}(?:[-–—‑/. ]|\\r?\\n)?[ \\t]{0,2}(?:\\r?\\n)?[-–—‑]?[ \\t]{0,2}';
const NOT_BEFORE = '(?<![\\p{L}\\p{N}]|\\d[-–./]|\\d )';
const NOT_AFTER = '(?![\\p{L}\\p{N}]|[-–./]\\d)';

const DAY = `${D}${D}`;
const BIRTH_LIKE = new RegExp(`${DAY}${GAP}${D}{2}${GAP}${D}{2}`, 'g');
const FULL = new RegExp(
  `${NOT_BEFORE}(${DAY}${GAP}${D}{2}${GAP}(?:19|20)?${D}{2})(${JOIN})(${D}[ ]?${D}[ ]?${D}[ ]?${D})${NOT_AFTER}`,
  'gu',
);
const MASKED = new RegExp(
  `${NOT_BEFORE}(${DAY}${GAP}${D}{2}${GAP}${D}{2})[ ]?[-–—][ ]?(?:[xX*]{1,2}\\d{2}|[xX*•#.?_]{2,4}|\\d{1,2}[xX*]{2,3}|(?=[\\s),.;\\]xX*]|$))`,
  'gu',
);
/** `01-02-03-1234`: the day, the month and the year kept apart by the same mark as the rest. */
const PARTED = new RegExp(`${NOT_BEFORE}(${DAY}([-–/])${D}{2}\\2${D}{2})([ ]?[-–][ ]?)(${D}{4})${NOT_AFTER}`, 'gu');
/** `Lone Due (010203)`: six figures that can be a date, right after a name. */
const AFTER_NAME = /(?<=(\p{Lu}\p{L}{1,30} )?(\p{Lu}\p{L}{2,30})(?:,? \(?|, ?))\d{6}(?=[\s),.;]|$)(?![.,]\d)/gu;
const HIDDEN_BIRTH = /(?<![\p{L}\p{N}*])(?:[*•xX]{4,6}|\d{2}[*•.xX]{2,4})[ ]?[-–][ ]?(?:[*•.xX]{0,3}\d{2,4})(?!\d)/gu;
const REPLACEMENT = /(?<![\p{L}\p{N}])\d{6}[- ]?[06][A-ZÆØÅ]{2}\d(?![\p{L}\p{N}])/gu;
const TAIL =
  /(?=\d)(?<=\b(?:cpr|personn(?:umme)?r|p-?nr)\b[^\n\d]{0,40})(?<!\d)\d{4}(?:-\d{4})?(?![\p{L}\p{N}]|[-.]\d)/giu;

const LAST_FOUR =
  /(?<=(?:sidste|bagerste) (?:fire|4)(?: (?:cifre|tal))?(?: (?:er|i \p{L}{3,12}(?: er)?|af \p{L}{3,12}(?: er)?))?[: ]{1,3})\d{4}(?![\p{L}\p{N}]|[-.,/]\d)/giu;
/** `det begynder med 050991`: somebody remembers a part of the number. */
const REMEMBERED =
  /(?<=(?:begynder|starter|slutter|ender|ender vist) (?:med|på|paa) )\d{2,6}(?![\p{L}\p{N}]|[-.,/]\d)/gu;

const OTHER_NUMBER =
  /(?<!\p{L})(?:faktura|ordre|p-?nummer|ean|kontonr|konto|kto|reg|iban|bfe|journal|j|sag|sags|løbe|matr|serie|stel)\w*\.?[ :]*(?:nr\.?|nummer)?[ :.#]*$/u;
const CPR_WORD = /(?:cpr|personn|pers\.? ?n|p-?nr|f\.|født|fodt)[^\n]{0,12}$/u;

/** CPR numbers in every spelling, whole or masked. Modulus 11 is never asked: numbers without it are valid since 2007. */
export function findCprNumbers(text: string, folded: string): Finding[] {
  const found: Finding[] = [];
  for (const match of matchesNear(text, FULL, BIRTH_LIKE, 3, 40)) {
    const digits = digitsOf(match[1]! + match[3]!);
    const short = shortForm(digits);
    if (!short) continue;
    const before = justBefore(folded, match.index);
    const isLabelled = CPR_WORD.test(before);
    if (!isLabelled && (OTHER_NUMBER.test(before) || !hasFigures(match[0]) || looksLikeDateAndYear(match))) continue;
    found.push(finding(match.index, match[0], 'CPR', isLabelled ? 0.99 : 0.95, short));
  }
  for (const match of matchesNear(text, PARTED, /\d[-–/][0-9OolI]{2}[-–/][0-9OolI]{2}/g, 4, 16)) {
    const short = shortForm(digitsOf(match[1]! + match[4]!));
    if (short) found.push(finding(match.index, match[0], 'CPR', 0.8, short));
  }
  for (const match of matchesNear(text, AFTER_NAME, /[ (.]\d{6}/g, 40, 3)) {
    if (shortForm(`${match[0]}0000`) && isName(match[1]?.trim(), match[2]!))
      found.push(finding(match.index, match[0], 'CPR_PARTIAL', 0.6, match[0]));
  }
  for (const match of matchesNear(text, LAST_FOUR, /sidste|bagerste/gi, 1, 60))
    found.push(finding(match.index, match[0], 'CPR_PARTIAL', 0.7, match[0]));
  for (const match of matchesNear(text, REPLACEMENT, /\d{6}[- ]?[06][A-ZÆØÅ]/g, 0, 6)) {
    found.push(finding(match.index, match[0], 'CPR', 0.9, match[0].replace(/\W/g, '')));
  }
  for (const match of matchesNear(text, MASKED, BIRTH_LIKE, 3, 14)) {
    if (!shortForm(`${digitsOf(match[1]!)}0000`)) continue;
    found.push(finding(match.index, match[0].trimEnd(), 'CPR_PARTIAL', 0.9, digitsOf(match[1]!)));
  }
  for (const match of matchesNear(text, HIDDEN_BIRTH, /[*•xX]{4}|\d\d[*•.xX]{2}/g, 2, 20)) {
    if (!/\d/.test(match[0]) || !/[*•xX.]{2}/.test(match[0])) continue;
    found.push(finding(match.index, match[0], 'CPR_PARTIAL', 0.8, digitsOf(match[0])));
  }
  for (const match of matchesNear(text, TAIL, /cpr|personn|p-?nr/gi, 1, 80)) {
    found.push(finding(match.index, match[0], 'CPR_PARTIAL', 0.7, match[0].replace(/\D/g, '')));
  }
  for (const match of matchesNear(text, REMEMBERED, /(?:med|på|paa) \d\d/g, 24, 10))
    found.push(finding(match.index, match[0], 'CPR_PARTIAL', 0.6, match[0]));
  return found;
}

/** A first name with a surname, or one of the two that is no ordinary word and no place. */
function isName(first: string | undefined, last: string): boolean {
  const known = lexicon();
  const folded = fold(last);
  if (first && known.isFirstName(fold(first)) && known.isSurname(folded)) return true;
  return (known.isFirstName(folded) || known.isSurname(folded)) && !known.isWord(folded) && !known.isPlace(folded);
}

/** Ten figures `DDMMYYSSSS` when the date can be one (day + 60 for replacement numbers); else null. */
export function shortForm(digits: string): string | null {
  const ten = digits.length === 12 ? digits.slice(0, 4) + digits.slice(6) : digits;
  if (ten.length !== 10) return null;
  const [day, month] = [Number(ten.slice(0, 2)), Number(ten.slice(2, 4))];
  const isDay = (day >= 1 && day <= 31) || (day >= 61 && day <= 91);
  return isDay && month >= 1 && month <= 12 ? ten : null;
}

function hasFigures(written: string): boolean {
  return (written.match(/\d/g)?.length ?? 0) >= 6;
}

/** `12.04.2024 1015`: a date and a clock or a year, not a CPR number. */
function looksLikeDateAndYear(match: RegExpMatchArray): boolean {
  return /[.]\d{2}[.]\d{4}$/.test(match[1]!) && /^\s*$/.test(match[2]!);
}

function finding(start: number, written: string, type: Finding['type'], confidence: number, value: string): Finding {
  return { start, end: start + written.length, type, confidence, value };
}
