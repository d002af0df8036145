import { digitsOf, justBefore, type Finding } from '../finding';

const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,4})?(?![\p{L}\p{N}])/gu;
// Registration number of four figures, then an account of five to ten with blanks.
const DOMESTIC = /(?<![\p{L}\p{N}]|\d[-./])\d{4}[ ]?[-–/ ][ ]?\d(?:[ .]?\d){4,9}(?![\p{L}\p{N}]|[-./,]\d)/gu;
const LABELLED =
  /(?=\d)(?<=\b(?:konto(?:en|nr|nummer)?|kto|reg(?:\.?nr)?|kontonr|iban)\b[.: ]{0,3}(?:(?:nr|nummer)[.: ]{0,2})?(?:er |på )?)(?<!\d)\d(?:[ -]?\d){3,15}(?![\p{L}\p{N}]|[.,]\d)/giu;
const LABELLED_PAIR =
  /(?=\d)(?<=\breg(?:\.|istrerings)?(?:nr)?\.? ?:?)\d{4},? ?(?:og )?(?:konto|kto)(?:nr)?[.: ]{1,3}\d(?:[ .]?\d){4,9}(?!\d)/giu;
const ACCOUNT_WORD =
  /(?:konto|kto|reg|bank|overfør|indbetal|løn|pension|netto|iban|sat ind|ind på|modtog|kr\.? fra)[^\n]{0,44}$/u;
const OTHER_NUMBER =
  /(?<!\p{L})(?:faktura|ordre|sag|sags|cvr|tlf|telefon|mobil|matr|bfe|ean|journal|pas|lb|dok|løbe|j\.?)[-. ]?(?:nr|nummer|id)?[.: ]*$/u;

/** Bank accounts: IBAN, and the Danish registration number with account in its spellings. */
export function findAccounts(text: string, folded: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(IBAN)) found.push(finding(match, 0.95));
  for (const match of text.matchAll(LABELLED_PAIR)) found.push(finding(match, 0.95));
  for (const match of text.matchAll(DOMESTIC)) {
    const figures = digitsOf(match[0]).length;
    const before = justBefore(folded, match.index, 60);
    if (figures < 9 || figures > 14 || OTHER_NUMBER.test(before)) continue;
    if (/^\d{4} \d{4}$|^\d{4} {2}/.test(match[0]) || isRowOfAmounts(match[0])) continue;
    const isLabelled = ACCOUNT_WORD.test(before);
    if (!isLabelled && figures < 11) continue;
    found.push(finding(match, isLabelled ? 0.95 : 0.7));
  }
  for (const match of text.matchAll(LABELLED)) found.push(finding(match, 0.9));
  return found;
}

/** `3094 1500 10876`, `2024 3094 0 13970`: a year or amounts side by side, none as long as an account. */
function isRowOfAmounts(written: string): boolean {
  const groups = written.split(' ');
  return groups.length > 1 && /^(?:19|20)\d{2} \d{4} \d /.test(`${written} `);
}

function finding(match: RegExpMatchArray, confidence: number): Finding {
  const start = match.index!;
  return { start, end: start + match[0].length, type: 'BANK_ACCOUNT', confidence, value: digitsOf(match[0]) };
}
