import { justBefore, type Finding } from '../finding';
import { matchesNear } from './near';

const MONTHS =
  'jan(?:uar)?|feb(?:ruar)?|mar(?:ts)?|apr(?:il)?|maj|jun(?:i)?|jul(?:i)?|aug(?:ust)?|sep(?:t|tember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const DATE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:[0-3OolI]?[0-9lIO][ ]?[./-][ ]?[01lO]?[0-9lO][ ./-][ ]?(?:[12l][89O0][0-9OlI]{2}|'?[0-9OlI]{2})|[0-3]\\d[01]\\d{3}|[0-3]?[0-9][/.][01]?[0-9][- ]\\d{2,4}|[0-3]?[0-9]\\.? (?:${MONTHS})\\.?(?: (?:\\d{4}|'?\\d{2}))?|(?:${MONTHS}) \\d{4}|'\\d{2}|(?:ca\\. )?(?:19|20)\\d{2})(?![\\p{L}\\p{N}])`,
  'giu',
);
const BORN =
  /((?:\bfødt:?|\bfodt:?|(?:(?<=^|[\s(,;/]))(?:f\.(?:d\.)?|f:|fdt\.?)|\bfødselsdato:?|\bfødselsdag:?|\bfødselsår:?|\bfod\.)(?: (?:d(?:en|\.)|i|ca\.))? *)$/u;

/** Every word that the label ends on. */
const BORN_WORD = /født|fodt|f[.:]|fdt|fødsels(?:da|år)|fod\./gi;

/** Birth dates: dates that stand directly after a word for birth. */
export function findBirthDates(text: string, folded: string): Finding[] {
  const found: Finding[] = [];
  for (const match of matchesNear(text, DATE, BORN_WORD, 1, 60)) {
    const label = BORN.exec(justBefore(folded, match.index, 18))?.[1];
    if (label === undefined) continue;
    const start = match.index - label.trimStart().length;
    found.push({
      start,
      end: match.index + match[0].length,
      type: 'DOB',
      confidence: 0.9,
      value: dayMonthYear(match[0]),
    });
  }
  return found;
}

/** `DDMMYY` when the date is written in figures or with a month's name, else the figures as they stand. */
export function dayMonthYear(written: string): string {
  const named = new RegExp(`^(\\d{1,2})\\.? (${MONTHS})\\.? '?(\\d{2,4})$`, 'iu').exec(written);
  if (named) return `${named[1]!.padStart(2, '0')}${monthNumber(named[2]!)}${named[3]!.slice(-2)}`;
  const parts = written.split(/\D+/).filter(Boolean);
  if (parts.length === 3) return parts[0]!.padStart(2, '0') + parts[1]!.padStart(2, '0') + parts[2]!.slice(-2);
  return parts.join('');
}

function monthNumber(name: string): string {
  const order = ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];
  return String(order.indexOf(name.slice(0, 3).toLowerCase()) + 1).padStart(2, '0');
}
