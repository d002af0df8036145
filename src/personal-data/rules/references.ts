import { fold } from '../folding';
import type { Finding } from '../finding';
import { matchesNear } from './near';

const CASE =
  /(?=[A-ZÆØÅ\d/-])(?<=\b(?:[Ss]ag(?:snr|snummer|sid)?|SAG(?:SNR|SID)?|[Jj]ournalnr|[Jj]\.?nr|J\.NR|[Dd]ok)\b\.?[ :=]{0,3}(?:nr\.?[ :]{1,2})?)[A-ZÆØÅ]{0,6}[-/ ]?(?:[A-ZÆØÅ]{1,5}[-/ ]?)?\d[\p{L}\d]*(?:[-/.][\p{L}\d]+){0,5}/gu;
const PASSPORT =
  /(?=[A-Z\d -])(?<=\b(?:[Pp]as(?:nr)?|PAS(?:NR)?|[Pp]assport|[Kk]ørekort(?:nr)?|[Ss]telnr|[Ss]tel|[Ll]ånernr|[Bb]ørneattest|[Aa]ttest|[Uu]dl\.?nr)\b\.?[ :=]{0,2}(?:nr\.?[ :]{1,2})?)[A-Z]{0,4}[- ]?\d[\d -]{3,14}\d/gu;
const CASE_WORD = /(?:sag|nr|nummer|sid|dok)\b\.?[ :=]{0,3}(?:nr\.?[ :]{1,2})?[A-ZÆØÅ\d/-]/gi;
const PASSPORT_WORD = /(?:pas|nr|sport|kort|stel|attest)\b\.?[ :=]{0,2}(?:nr\.?[ :]{1,2})?[A-Z\d -]/gi;
const LAND = /(?<=\bmatr(?:ikel)?\.?(?:nr\.?)? ?)\d{1,4} ?[a-zæøå]{1,3}\b|(?<=\bBFE[- ]?(?:nr\.?)?[ :]{0,2})\d{5,10}/gu;

/** Case numbers, passports, chassis and attestation numbers, land register numbers: only after the word that names them. */
export function findReferences(text: string): Finding[] {
  return [
    ...matchesNear(text, CASE, CASE_WORD, 12, 40).map((match) => finding(match, 'CASE_NO', 0.7)),
    ...matchesNear(text, PASSPORT, PASSPORT_WORD, 14, 30).map((match) => finding(match, 'OTHER_ID', 0.8)),
    ...matchesNear(text, LAND, /matr|BFE/g, 1, 40).map((match) => finding(match, 'OTHER_ID', 0.6)),
  ];
}

function finding(match: RegExpMatchArray, type: Finding['type'], confidence: number): Finding {
  const written = match[0].trimEnd();
  const start = match.index! + written.length - written.trimStart().length;
  return { start, end: match.index! + written.length, type, confidence, value: fold(written) };
}
