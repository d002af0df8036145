import { fold } from './folding';

export type LetterCase = 'lower' | 'capital' | 'upper' | 'mixed';

/** One word, with inner hyphens and apostrophes. Offsets are UTF-16 units of the text. */
export interface Token {
  index: number;
  start: number;
  end: number;
  text: string;
  /** Lower case without diacritics and without a genitive apostrophe at the end. */
  folded: string;
  letterCase: LetterCase;
  line: number;
  /** Nothing but blanks and marks before it in its sentence. */
  opensSentence: boolean;
  opensLine: boolean;
  /** Between this word and the one before, as written. */
  gap: string;
}

export interface Line {
  start: number;
  end: number;
  /** Written in capitals for the greater part, so that case says nothing. */
  shouts: boolean;
}

/** A text prepared for reading: its words, lines and sentences. */
export interface Reading {
  text: string;
  folded: string;
  tokens: Token[];
  lines: Line[];
  /** Index of the sentence that each token belongs to. */
  sentenceOf: number[];
  /** By sentence: it opens with a small letter, as in chat and dictation. */
  startsSmall: boolean[];
  /** The text hardly uses capitals. */
  whispers: boolean;
  /** A good part of the sentences open with a small letter: messages and hasty notes. */
  chats: boolean;
}

// An underscore is no letter: file names fall apart into words.
// A word may be broken at the end of a line by a hyphen.
const WORD = /\p{L}[\p{L}\p{M}]*(?:(?:['’´‑]|-\n?)\p{L}[\p{L}\p{M}]*)*(?:['’´](?!\p{L}))?/gu;
const LONGEST_WORD = 60;
const LETTER = /\p{L}/u;
const ABBREVIATION =
  /^(?:adr|afd|ang|att|bl|ca|cand|cpr|dir|dok|dr|evt|ex|f|fr|fru|frk|gl|hr|iflg|ifl|inkl|jf|jr|kl|kld|kr|lb|lok|lør|m|matr|max|md|mdr|mf|min|mv|ndr|nr|nov|okt|obs|opl|osv|pa|pb|pga|ph|pkt|pr|pt|ref|reg|sdr|sen|sept|sml|spl|skt|sct|st|stk|str|svt|tdl|th|tidl|tlf|tv|v|vedr|vej|vs)$/;

/** Splits a text into words, lines and sentences in time that grows with its length. */
export function read(text: string): Reading {
  const lines = linesOf(text);
  const folded = fold(text);
  const tokens: Token[] = [];
  const sentenceOf: number[] = [];
  const startsSmall: boolean[] = [];
  let line = 0;
  let sentence = 0;
  let previousEnd = 0;
  for (const match of text.matchAll(WORD)) {
    const start = match.index;
    const end = start + Math.min(match[0].length, LONGEST_WORD);
    const lineBefore = line;
    while (line < lines.length - 1 && start > lines[line]!.end) line += 1;
    const gap = text.slice(previousEnd, Math.min(start, previousEnd + 400));
    const previous = tokens.at(-1);
    const opensLine = line !== lineBefore || !previous;
    const opensSentence = !previous || endsSentence(gap, previous, opensLine);
    if (opensSentence) sentence += 1;
    const written = text.slice(start, end);
    if (opensSentence) startsSmall[sentence] = written[0] === written[0]!.toLowerCase();
    tokens.push({
      index: tokens.length,
      start,
      end,
      text: written,
      folded: whole(folded.slice(start, end), written),
      letterCase: caseOf(written),
      line,
      opensSentence,
      opensLine,
      gap,
    });
    sentenceOf.push(sentence);
    previousEnd = start + match[0].length;
  }
  const small = startsSmall.filter(Boolean).length;
  const capitals = tokens.filter((token) => token.letterCase === 'capital').length;
  return {
    text,
    folded,
    tokens,
    lines,
    sentenceOf,
    startsSmall,
    chats: small > 4 && small > sentence * 0.25,
    whispers: tokens.length > 30 && capitals < tokens.length * 0.06,
  };
}

/** `johan-⏎nes` is one word, `bech-⏎hansen` keeps its hyphen. */
function whole(folded: string, written: string): string {
  const bare = folded.endsWith("'") ? folded.slice(0, -1) : folded;
  if (!bare.includes('\n')) return bare;
  return bare.replace(/-\n/g, /\n\p{Lu}/u.test(written) ? '-' : '');
}

/** The word without a genitive `s`, or the word itself. */
export function withoutGenitive(folded: string): string {
  if (folded.endsWith("'s")) return folded.slice(0, -2);
  return folded.length > 2 && folded.endsWith('s') ? folded.slice(0, -1) : folded;
}

function endsSentence(gap: string, previous: Token, newLine: boolean): boolean {
  if (/[.!?:;»"”](?:\s|$)|[!?]|\n\s*\n|\n\s*[-*•\d]|\t/.test(gap)) {
    const isShort = /^\.(?:\s|$)/.test(gap) && (previous.text.length === 1 || ABBREVIATION.test(previous.folded));
    return !isShort || newLine;
  }
  return newLine && /[.!?:]\s*\n/.test(gap);
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (let end = text.indexOf('\n'); ; end = text.indexOf('\n', start)) {
    const stop = end === -1 ? text.length : end;
    lines.push({ start, end: stop, shouts: isShouted(text, start, Math.min(stop, start + 240)) });
    if (end === -1) return lines;
    start = end + 1;
  }
}

function isShouted(text: string, start: number, end: number): boolean {
  let upper = 0;
  let lower = 0;
  for (let i = start; i < end; i += 1) {
    const letter = text[i]!;
    if (letter !== letter.toLowerCase()) upper += 1;
    else if (letter !== letter.toUpperCase()) lower += 1;
  }
  return upper > 5 && upper > lower * 3;
}

function caseOf(word: string): LetterCase {
  const lower = word.toLowerCase();
  if (word === lower) return 'lower';
  const isFirstSmall = word[0] === lower[0];
  if (isFirstSmall) return 'mixed';
  if (word.length === 1) return 'capital';
  return word === word.toUpperCase() && LETTER.test(word.slice(1)) ? 'upper' : 'capital';
}
