import type { AnnotatedSentence } from './iob2';

/** A proposed piece of text; offsets are UTF-16 units of the sentence. */
export interface Proposed {
  start: number;
  end: number;
}

/** Counts of one sentence, so that intervals can be drawn by resampling sentences. */
export interface NameCounts {
  rightEntities: number;
  entities: number;
  proposedEntities: number;
  rightWords: number;
  words: number;
  proposedWords: number;
}

/** Compares proposals with the corpus, entity by entity (same first and last word) and word by word. */
export function countNames({ words }: AnnotatedSentence, proposals: Proposed[]): NameCounts {
  const touched = words.map(({ start, end }) => proposals.findIndex((one) => one.start < end && one.end > start));
  const isPerson = words.map(({ tag }) => tag.endsWith('-PER'));
  const gold = entities(isPerson, (at) => words[at]!.tag.startsWith('I-'));
  const found = entities(
    touched.map((one) => one !== -1),
    (at) => touched[at] === touched[at - 1],
  );
  return {
    rightEntities: found.filter((one) => gold.includes(one)).length,
    entities: gold.length,
    proposedEntities: found.length,
    rightWords: words.filter((_, at) => isPerson[at] && touched[at] !== -1).length,
    words: isPerson.filter(Boolean).length,
    proposedWords: touched.filter((one) => one !== -1).length,
  };
}

/** Precision, recall and their harmonic mean, in percent, by entity and by word. */
export interface NameFigures {
  f1: number;
  precision: number;
  recall: number;
  wordPrecision: number;
  wordRecall: number;
}

export function figuresOf(counts: NameCounts[]): NameFigures {
  const sum = (key: keyof NameCounts): number => counts.reduce((all, one) => all + one[key], 0);
  const percent = (part: number, whole: number): number => Number(((100 * part) / whole).toFixed(1));
  const right = sum('rightEntities');
  return {
    f1: percent(2 * right, sum('entities') + sum('proposedEntities')),
    precision: percent(right, sum('proposedEntities')),
    recall: percent(right, sum('entities')),
    wordPrecision: percent(sum('rightWords'), sum('proposedWords')),
    wordRecall: percent(sum('rightWords'), sum('words')),
  };
}

/** Runs of words that are in one, as `first-last`. */
function entities(isIn: boolean[], goesOn: (at: number) => boolean): string[] {
  const found: [from: number, to: number][] = [];
  for (let at = 0; at < isIn.length; at += 1) {
    if (!isIn[at]) continue;
    if (isIn[at - 1] && goesOn(at)) found.at(-1)![1] = at;
    else found.push([at, at]);
  }
  return found.map(([from, to]) => `${from}-${to}`);
}
