import type { ReadingDoubt, ReadingMeasures } from '../../contracts';

/** Measured on rendered pages and on noise, handwriting, photos and other languages: see `npm run bench -- ocr`. */
export const LIMITS = {
  /** Mean confidence of the reading program, by letters. */
  confidence: 0.7,
  /** Share of words that a dictionary knows; judged from so many words on. */
  knownWords: 0.6,
  wordsToJudge: 8,
  /** Square centimetres of writing or drawing without a word; a short signature or a small mark is less. */
  uncovered: 9,
  uncoveredShare: 0.6,
  /** A page with less ink is blank. */
  ink: 0.0004,
} as const;

/** Why the reading of a page is not to be relied on; undefined when it is. "No proposal" is then not "clean". */
export function doubtOf(measures: ReadingMeasures): ReadingDoubt | undefined {
  const { confidence, knownWords, words, ink, uncovered, uncoveredShare } = measures;
  if (ink < LIMITS.ink) return undefined;
  if (words === 0) return 'no-words';
  if (confidence < LIMITS.confidence) return 'low-confidence';
  if (knownWords !== undefined && knownWords < LIMITS.knownWords) return 'unknown-words';
  return uncovered > LIMITS.uncovered || uncoveredShare > LIMITS.uncoveredShare ? 'uncovered-ink' : undefined;
}

/** Share of the words of letters that a dictionary knows; undefined when they are too few to tell. */
export function knownShare(texts: readonly string[], isKnownWord: (word: string) => boolean): number | undefined {
  const words = texts.flatMap((text) => text.match(/\p{L}{3,}/gu) ?? []);
  if (words.length < LIMITS.wordsToJudge) return undefined;
  return Math.round((words.filter(isKnownWord).length / words.length) * 1000) / 1000;
}
