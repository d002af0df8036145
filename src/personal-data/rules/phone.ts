import { justBefore, type Finding } from '../finding';

const SEPARATOR = '(?:[ ]{0,2}[-–.·/][ ]{0,2}|[ ])?';
const DANISH = new RegExp(
  `(?<![\\p{L}\\p{N}]|\\d[-–./,:]|\\d )(?:(?:\\+|00)45${SEPARATOR})?[2-9]${SEPARATOR}(?:\\d${SEPARATOR}){6}\\d(?![\\p{L}\\p{N}]|[-–./,]\\d| \\d)`,
  'gu',
);
const FOREIGN = /(?<![\p{L}\p{N}]|\d )(?:\+|00)(?!45)\d{2,3}(?:[ -]?\d){5,11}(?!\d)/gu;
const LABELLED =
  /(?=[0-9OlI])(?<=\b(?:tlf|telefon|mobil|mob|tlf\.?nr|telefonnr|nummer|nr|lok|lokal)\b[.: ]{0,3}(?:nr[.: ]{1,2})?)(?<!\d)[0-9OlI](?:[ .-]?[0-9OlI]){2,9}(?![\p{L}\p{N}])/giu;
/** Before 1986 a number had the name of its exchange: `tlf. Hobro 84`. */
const EXCHANGE = /(?<=\b[Tt]lf\.? (?:nr\. )?)\p{Lu}\p{L}{2,20} \d{1,4}(?![\p{L}\p{N}])/gu;
const PHONE_WORD =
  /(?:tlf|telefon|mobil|mob|ring|nummer|opkald|sms|kontakt|træffes|direkte|fra|på|vis nr)[^\n]{0,30}$/u;
const OTHER_NUMBER =
  /(?<!\p{L})(?:cvr|cvr-nr|se-nr|bfe|faktura\w*|ordre\w*|sag\w*|journal\w*|j|dok|løbe\w*|konto\w*|kto|kr|kr|pas\w*|prøve|lb|reg|iban|serie\w*|stel\w*|attest|matr|id|host|side|bilag|udl)[-. ]?(?:nr|nummer)?\.?[: ]*[a-z-]{0,4}$/u;
const DATE_LIKE =
  /^(?:[0-3]?\d[-./ ]){2}(?:19|20)\d{2}$|^(?:19|20)\d{2}[-./ ][01]\d[-./ ][0-3]\d$|^20[0-2]\d[ -]20[0-3]\d$/;

/** Nobody parts a phone number so: 3 3094 450, 1 250 3094. Rows of amounts look like it. */
const ODD_GROUPS = /^\d[ ]+\d{3}|^\d{1,4}[ ]+\d[ ]+\d{3}|^\d[ ]+\d{1,2}[ ]+\d{4}|^\d{2,3}[ ]+\d[ ]+\d{4,5}$| {2,}/;
/** `Oktober 2024 3094`: the four figures after a month are its year. */
const MONTH_BEFORE =
  /(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|dec)\.?) $/u;

/** Danish phone numbers in any grouping, foreign ones with a country code, and short ones after a label. */
export function findPhones(text: string, folded: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(DANISH)) {
    const before = justBefore(folded, match.index);
    if (OTHER_NUMBER.test(before) || DATE_LIKE.test(match[0]) || /^\d{4}\d{4}-\d/.test(match[0])) continue;
    const isLabelled = PHONE_WORD.test(before);
    if (MONTH_BEFORE.test(before) && /^(?:19|20)\d{2} /.test(match[0])) continue;
    if (!isLabelled && ODD_GROUPS.test(match[0])) continue;
    found.push(finding(match.index, match[0], isLabelled ? 0.95 : 0.75));
  }
  for (const match of text.matchAll(FOREIGN)) found.push(finding(match.index, match[0], 0.9));
  for (const match of text.matchAll(EXCHANGE)) found.push(finding(match.index, match[0], 0.8));
  for (const match of text.matchAll(LABELLED)) {
    const label = justBefore(folded, match.index, 10);
    const figures = match[0].replace(/\D/g, '').length;
    const isPlainNumber =
      /(?:nummer|nr)[.: ]*$/.test(label) && !/(?:tlf|telefon|mobil)\.? ?(?:nr|nummer)[.: ]*$/.test(label);
    if (isPlainNumber && figures !== 8) continue;
    if (OTHER_NUMBER.test(label) && isPlainNumber) continue;
    found.push(finding(match.index, match[0], figures === 8 ? 0.95 : 0.7));
  }
  return found;
}

function finding(start: number, written: string, confidence: number): Finding {
  const figures = written.replace(/\D/g, '').replace(/^(?:00)?45(?=\d{8}$)/, '');
  return { start, end: start + written.length, type: 'PHONE', confidence, value: figures };
}
