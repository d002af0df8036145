import { fold } from './folding';
import { lexicon } from './lexicon';

/** A text whose longest lines are shorter or longer than this is not set in lines of a page's width. */
const NARROWEST = 38;
const WIDEST = 150;
/** Lines looked at on both sides to learn how wide the text is set. */
const AROUND = 8;
/** Letters differ in width, so a full line may hold fewer of them than the longest. */
const ALMOST_FULL = 0.84;
const LOOKED_AT = 240;
const COLUMNS = /\t|\||\S {2,}\S/;
const ABBREVIATED = /(?:^|[\s(])(?:\p{L}{1,4}\.){1,3}$/u;
const OWN_LINE = /^(?:\d{1,4}[-./:]\d|\d{1,3}[.)] |\p{Lu}[\p{L}. -]{0,30}:)/u;

/** Figures within a word as reading machines leave them, and `&` for `æ`. */
const MISREAD = /\p{L}[01&]\p{Ll}|(?<![\p{L}\p{N}@._/=-])[01]\p{Ll}{3}/gu;
const WORD_UNIT = /[\p{L}\p{N}&]/u;
const WORD_WITH_FIGURES = /^[01]?\p{L}+(?:[01&]\p{L}+)*$/u;

/**
 * The text as a person reads it, with every letter at its place: lines that were broken by the page's width run on, and
 * `St0rm`, `Ho1m` are spelt with letters. Exactly as long as the input, so that offsets stay those of the input.
 */
export function legible(text: string): string {
  return spelt(unwrapped(text));
}

function unwrapped(text: string): string {
  const lines = text.split('\n');
  const parts: string[] = [];
  for (const [at, line] of lines.entries()) {
    parts.push(line);
    const below = lines[at + 1];
    if (below !== undefined) parts.push(isFull(lines, at) && runsOn(line, below.slice(0, LOOKED_AT)) ? ' ' : '\n');
  }
  return parts.join('');
}

/** The first word of the next line would not have fitted on this one. */
function isFull(lines: string[], at: number): boolean {
  if (lines[at]!.length > WIDEST || lines[at]!.length < NARROWEST / 2) return false;
  let width = 0;
  for (const near of lines.slice(Math.max(0, at - AROUND), at + AROUND)) width = Math.max(width, near.length);
  if (width < NARROWEST || width > WIDEST) return false;
  const nextWord = /^[^ ]{0,40}/.exec(lines[at + 1]!)![0].length;
  return lines[at]!.length + 1 + nextWord > width * ALMOST_FULL;
}

function runsOn(line: string, below: string): boolean {
  if (!/^[\p{L}\p{N}(+"»]/u.test(below) || COLUMNS.test(line) || COLUMNS.test(below)) return false;
  // A word broken by a hyphen is joined when words are read.
  if (/[-\r]$/.test(line)) return false;
  if (/[.:!?;]["»”]?\s*$/.test(line) && !ABBREVIATED.test(line)) return false;
  const isRestOfNumber = /\d{2} \d{2}$|\D\d{2}$/.test(line) && /^\d{2}(?: \d{2})?(?!\d|[-/:])/.test(below);
  return isRestOfNumber || !OWN_LINE.test(below);
}

function spelt(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const match of text.matchAll(MISREAD)) {
    if (match.index < done) continue;
    let start = match.index;
    let end = match.index + 1;
    while (start > done && match.index - start < 40 && WORD_UNIT.test(text[start - 1]!)) start -= 1;
    while (end < text.length && end - start < 60 && WORD_UNIT.test(text[end]!)) end += 1;
    const word = text.slice(start, end);
    if (!isMisread(word) || /[@._/=-]/.test(text[start - 1] ?? '') || /[@_/=]/.test(text[end] ?? '')) continue;
    parts.push(text.slice(done, start), inLetters(word));
    done = end;
  }
  if (parts.length === 0) return text;
  parts.push(text.slice(done));
  return parts.join('');
}

function isMisread(word: string): boolean {
  const figures = word.match(/[01&]/g)?.length ?? 0;
  return word.length >= 4 && figures * 3 <= word.length && WORD_WITH_FIGURES.test(word);
}

function inLetters(word: string): string {
  const known = lexicon();
  const readings = ['ø', 'o'].flatMap((round) => ['l', 'i'].map((straight) => withLetters(word, round, straight)));
  const isKnown = (reading: string): boolean => {
    const folded = fold(reading);
    return known.isWord(folded) || known.isFirstName(folded) || known.isSurname(folded);
  };
  return readings.find(isKnown) ?? readings[0]!;
}

function withLetters(word: string, round: string, straight: string): string {
  const letters = word.replace(/&/g, 'æ').replace(/0/g, round).replace(/1/g, straight);
  // At the head of a word a reading machine takes a capital I or O for a figure.
  return /^0/.test(word) ? round.toUpperCase() + letters.slice(1) : /^1/.test(word) ? `I${letters.slice(1)}` : letters;
}
