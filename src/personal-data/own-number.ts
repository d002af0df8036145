import type { Finding } from './finding';
import type { Mention, Mentions } from './mention';
import { speakerAt } from './sensitive/speaker';
import type { Reading } from './tokens';

const LOOKED_BACK = 90;
/** Words between the one who is named and a number that is given with the name. */
const LONGEST_BESIDE = 70;
const SENTENCE_END = /[!?]\s|(?<!tlf|adr|mob|tel|dir)\p{L}{3}\.\s+\p{Lu}|\p{L}{4,}\.\s/u;
const FIRST_PERSON = /(?<!\p{L})(?:jeg|mig|min|mit|mine|os|vores|undertegnede)(?!\p{L})[^.!?\n]{0,60}$/u;
/** `Telefon:`, `Mobil nr.: `, `direkte `: a form's or a signature's line below the name. */
const FIELD = /\n[^\n]{0,60}(?:tlf|telefon|mobil|direkte|nummer|nr)\p{L}*\.?[^\p{L}\n]{0,6}$|\n[ \t]*$/iu;
const LONGEST_BLOCK = 6;

/**
 * True when a number that the register does not know is said to be the mention's own: it is given in one breath with the
 * name, in the same block of a form, or it was said to be somebody's who is not there. Nearness alone is no evidence.
 */
export function isGivenWith(finding: Finding, mention: Mention, reading: Reading): boolean {
  if (mention.start > finding.end)
    return mention.start - finding.end < 4 && !/[.!?]\s/.test(reading.text.slice(finding.end, mention.start));
  const between = reading.text.slice(mention.end, finding.start);
  if (!between.includes('\n')) return between.length <= LONGEST_BESIDE && !SENTENCE_END.test(between);
  return between.split('\n').length <= LONGEST_BLOCK && FIELD.test(between) && !/\n[ \t]*\n/.test(between);
}

/** Who says `min konto`, `ring til mig på …` in the sentence of a number; null when nobody does or it cannot be told. */
export function whoSaysMine(finding: Finding, reading: Reading, mentions: Mentions): Mention | null {
  const before = reading.folded.slice(Math.max(0, finding.start - LOOKED_BACK), finding.start);
  return FIRST_PERSON.test(before) ? speakerAt(reading, mentions, finding.start) : null;
}
