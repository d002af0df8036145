import type { SpanType } from '../../contracts';
import type { Label, LabelledCase } from './labelled-case';

/** What tells who somebody is; one of these left visible counts as a leak of the person. */
export const DIRECT: ReadonlySet<string> = new Set<SpanType>([
  'NAME',
  'INITIALS',
  'CPR',
  'CPR_PARTIAL',
  'ADDRESS',
  'PHONE',
  'EMAIL',
  'BANK_ACCOUNT',
  'PLATE',
  'USERNAME',
  'OTHER_ID',
  'DOB',
]);

/** Part of a whole. */
export interface Share {
  hit: number;
  all: number;
}

export interface TypeScore {
  /** Labels of which every letter and figure is covered. */
  spans: Share;
  letters: Share;
}

/** Something that should have been proposed whole and was not. */
export interface Miss {
  case: string;
  label: Label;
  /** Share of its letters that was covered. */
  covered: number;
}

/** The counts of one document; those of several are added up. */
export interface CaseScore {
  types: Map<string, TypeScore>;
  /** Third persons without any direct identifier left visible. */
  persons: Share;
  /** Notifiers and people with a protected address of whom a direct identifier is left visible. */
  protectedLeaked: Share;
  /** Labels to keep that a proposal touches. */
  keptTouched: Share;
  unlabelledWords: Share;
  softTouched: Share;
  misses: Miss[];
}

/** A stretch proposed for removal, in UTF-16 units. */
export interface Removal {
  start: number;
  end: number;
  redact?: boolean;
}

/** Counts like `score.py`, the judge that comes with the labelled cases. */
export function scoreCase({ name, text, labels }: LabelledCase, removals: Removal[]): CaseScore {
  const removed = marked(
    text.length,
    removals.filter(({ redact }) => redact !== false),
  );
  const labelled = marked(text.length, labels);
  const score = emptyScore();
  const safe = new Map<string | null, { isSafe: boolean; isProtected: boolean }>();
  for (const label of labels) {
    const places = lettersOf(text, label);
    const hit = places.filter((at) => removed[at] === 1).length;
    const isWhole = hit === places.length;
    if (label.soft) add(score.softTouched, hit > 0);
    else if (!label.redact) add(score.keptTouched, hit > 0);
    else {
      const type = score.types.get(label.type) ?? emptyType();
      score.types.set(label.type, type);
      add(type.spans, isWhole);
      type.letters.hit += hit;
      type.letters.all += places.length;
      if (!isWhole) score.misses.push({ case: name, label, covered: hit / places.length });
      if (DIRECT.has(label.type)) {
        const before = safe.get(label.person);
        safe.set(label.person, {
          isSafe: isWhole && (before?.isSafe ?? true),
          isProtected: (before?.isProtected ?? false) || /notifier|protected address/.test(label.role ?? ''),
        });
      }
    }
  }
  for (const { isSafe, isProtected } of safe.values()) {
    add(score.persons, isSafe);
    if (isProtected) add(score.protectedLeaked, !isSafe);
  }
  for (const word of text.matchAll(/[\p{L}\p{N}_]+/gu))
    if (labelled[word.index] === 0) add(score.unlabelledWords, removed[word.index] === 1);
  return score;
}

/** The counts of several documents together. */
export function together(scores: CaseScore[]): CaseScore {
  const sum = emptyScore();
  const join = (a: Share, b: Share): void => {
    a.hit += b.hit;
    a.all += b.all;
  };
  for (const score of scores) {
    for (const [name, type] of score.types) {
      const into = sum.types.get(name) ?? emptyType();
      sum.types.set(name, into);
      join(into.spans, type.spans);
      join(into.letters, type.letters);
    }
    join(sum.persons, score.persons);
    join(sum.protectedLeaked, score.protectedLeaked);
    join(sum.keptTouched, score.keptTouched);
    join(sum.unlabelledWords, score.unlabelledWords);
    join(sum.softTouched, score.softTouched);
    sum.misses.push(...score.misses);
  }
  return sum;
}

function emptyType(): TypeScore {
  return { spans: { hit: 0, all: 0 }, letters: { hit: 0, all: 0 } };
}

function emptyScore(): CaseScore {
  const none = (): Share => ({ hit: 0, all: 0 });
  return {
    types: new Map(),
    persons: none(),
    protectedLeaked: none(),
    keptTouched: none(),
    unlabelledWords: none(),
    softTouched: none(),
    misses: [],
  };
}

function add(share: Share, isHit: boolean): void {
  share.all += 1;
  if (isHit) share.hit += 1;
}

function marked(length: number, places: { start: number; end: number }[]): Uint8Array {
  const marks = new Uint8Array(length);
  for (const { start, end } of places) marks.fill(1, start, Math.min(end, length));
  return marks;
}

/** The letters and figures of a label; where it has none, its first place. */
function lettersOf(text: string, { start, end }: Label): number[] {
  const places: number[] = [];
  for (let at = start; at < end; at += 1) if (/[\p{L}\p{N}]/u.test(text[at]!)) places.push(at);
  return places.length > 0 ? places : [start];
}
