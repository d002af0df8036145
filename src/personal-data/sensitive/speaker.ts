import type { Mention, Mentions } from '../mention';
import type { Reading } from '../tokens';

const LETTER_REACH = 2500;
const SIGN_OFF = /(?:hilsen|mvh\.?|m\.v\.h\.|(?<!\p{L})vh\.?|(?<!\p{L})kh\.?|knus)[^\n]{0,20}[,.!]?\s{1,4}/gu;
const QUOTE_REACH = 400;

/**
 * Who says "jeg" at a place: the one named before an open quotation, else the one who signs the letter that the place is
 * part of. Null when neither can be told.
 */
export function speakerAt(reading: Reading, mentions: Mentions, position: number): Mention | null {
  return quotedSpeaker(reading, mentions, position) ?? signer(reading, mentions, position);
}

/** `Rosa Lind (4. th.): "jeg har …`: the mention before the mark that opened the quotation. */
function quotedSpeaker(reading: Reading, mentions: Mentions, position: number): Mention | null {
  const from = Math.max(0, position - QUOTE_REACH);
  const before = reading.text.slice(from, position);
  const paragraph = before.lastIndexOf('\n\n');
  const text = before.slice(paragraph + 1);
  const marks = [...text.matchAll(/["»«“”]/g)];
  if (marks.length % 2 === 0) return null;
  const opened = from + paragraph + 1 + marks.at(-1)!.index;
  return mentions.before(opened, Math.max(0, opened - 80));
}

function signer(reading: Reading, mentions: Mentions, position: number): Mention | null {
  const after = reading.folded.slice(position, position + LETTER_REACH);
  const nextLetter = after.search(/\n-{4,}|\n>* ?(?:fra|sendt|emne):/);
  const letter = nextLetter === -1 ? after : after.slice(0, nextLetter);
  SIGN_OFF.lastIndex = 0;
  const signOff = SIGN_OFF.exec(letter);
  if (!signOff) return null;
  const end = position + signOff.index + signOff[0].length;
  return mentions.after(end - 1, end + 40);
}
