import type { Span, SpanType } from '../contracts';
import type { Mention, Mentions } from './mention';
import { reasonFor } from './reasons';
import { AMOUNT, cellAmounts } from './sensitive/amounts';
import { extendRight, startOfPredicate } from './sensitive/extent';
import { stemHits } from './sensitive/stem-table';
import { Subjects } from './sensitive/subject';
import type { Reading } from './tokens';

interface Passage {
  start: number;
  end: number;
  type: SpanType;
  subject: Mention;
  because: string;
}

/** What is proposed, and what would be if the person spoken of were not kept. */
export interface SensitiveSpans {
  proposed: Span[];
  quiet: Span[];
}

/** A diagnosis by its code in the Danish and the international classification: `DF312`, `F31.3`. */
const DIAGNOSIS_CODE = /(?<![\p{L}\p{N}.-])d?[a-tv-z]\d{2}(?:\.\d{1,2}|\d)(?![\p{L}\p{N}])/gu;

/**
 * What a text says of health, crime, money, faith or origin, tied to the person spoken of. Nothing is proposed about the
 * requester or about employees, and nothing where no other person is near: a word alone is nobody's.
 */
export function sensitiveSpans(reading: Reading, mentions: Mentions): SensitiveSpans {
  const subjects = new Subjects(reading, mentions);
  const passages = [
    ...wordPassages(reading, mentions, subjects),
    ...codePassages(reading, subjects),
    ...amountPassages(reading, subjects),
    ...tablePassages(reading, mentions),
  ];
  const spansOf = (some: Passage[]): Span[] => joined(some, reading.folded).map(spanOf);
  return {
    proposed: spansOf(passages.filter(({ subject }) => !subject.isKept)),
    quiet: spansOf(passages.filter(({ subject }) => subject.isKept && subject.kind !== 'self' && subject.person)),
  };
}

function wordPassages(reading: Reading, mentions: Mentions, subjects: Subjects): Passage[] {
  const passages: Passage[] = [];
  for (const { first, last, type } of stemHits(reading.tokens)) {
    if (subjects.isMention(first)) continue;
    const subject = subjects.of(first.start, last.end);
    if (!subject) continue;
    passages.push({
      start: startOfPredicate(reading.tokens, first, reading.folded, (token) => subjects.isMention(token)),
      end: extendRight(reading.folded, last.end, mentions),
      type,
      subject: subject.mention,
      because: subject.because,
    });
  }
  return passages;
}

function codePassages(reading: Reading, subjects: Subjects): Passage[] {
  return [...reading.folded.matchAll(DIAGNOSIS_CODE)].flatMap((match) =>
    passageAt(subjects, match.index, match.index + match[0].length, 'HEALTH'),
  );
}

function amountPassages(reading: Reading, subjects: Subjects): Passage[] {
  return [...reading.folded.matchAll(AMOUNT)].flatMap((match) =>
    passageAt(subjects, match.index, match.index + match[0].trimEnd().length, 'FINANCE'),
  );
}

function passageAt(subjects: Subjects, start: number, end: number, type: SpanType): Passage[] {
  const subject = subjects.of(start, end);
  return subject ? [{ start, end, type, subject: subject.mention, because: subject.because }] : [];
}

/** A row of a list of people holds a number of each. */
const IN_A_LIST = /[\dlO]{6}[ -]{0,3}(?:\d{4}|[xX*]{4})/;

/** Rows of lists: the amounts behind the name of somebody who is not kept. */
function tablePassages(reading: Reading, mentions: Mentions): Passage[] {
  const passages: Passage[] = [];
  for (const { start, end } of reading.lines) {
    const named = mentions.after(start, end);
    if (!named || named.kind === 'relation' || !IN_A_LIST.test(reading.text.slice(start, end))) continue;
    for (const cell of cellAmounts(reading.folded.slice(start, end), start)) {
      if (cell.start < named.end) continue;
      passages.push({ ...cell, type: 'FINANCE', subject: named, because: 'personen er nævnt forrest i rækken' });
    }
  }
  return passages;
}

const LINK = /^(?: og |, | og [\p{L}\p{N} ]{1,20} |, [\p{L}\p{N}]{1,12} | \(\p{L}{1,12}\) (?:og )?|\) | \+ |\/)$/u;
const TO_AMOUNT = /^ (?:(?:på|til|af|med|over|ca\.?|cirka|omkring|i alt|rundt regnet|sig til|op til) ){0,3}$/u;

/** Passages that overlap, or stand with only "og" between them, are one. */
function joined(passages: Passage[], folded: string): Passage[] {
  const sorted = [...passages].sort((a, b) => a.start - b.start || b.end - a.end);
  const result: Passage[] = [];
  for (const passage of sorted) {
    const last = result.at(-1);
    const between =
      last && passage.start >= last.end ? folded.slice(last.end, Math.min(passage.start, last.end + 40)) : '';
    const isNext =
      last &&
      passage.start >= last.end &&
      passage.start - last.end < 40 &&
      passage.subject === last.subject &&
      (LINK.test(between) || (passage.type === 'FINANCE' && TO_AMOUNT.test(between)));
    if (last && (passage.start < last.end || isNext)) last.end = Math.max(last.end, passage.end);
    else result.push({ ...passage });
  }
  return result;
}

function spanOf({ start, end, type, subject, because }: Passage): Span {
  return {
    start,
    end,
    type,
    person: subject.person?.id ?? null,
    role: subject.person?.role ?? '',
    redact: true,
    confidence: 0.55,
    reason: reasonFor(type, subject.person, false, because, 0.55),
  };
}
