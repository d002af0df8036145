import type { Span, SpanType } from '../contracts';
import type { Mention, Mentions } from './mention';
import { reasonFor } from './reasons';
import { AMOUNT, LEADING, NAMED_AFTER_IT, SENSITIVE_KINDS, STOPPING } from './sensitive-words';
import type { Reading } from './tokens';

const WORDS_BEFORE = 6;
const WORDS_AFTER = 5;
const SAME_LINE_REACH = 60;
const SUBJECT_REACH = 220;
const SPOKEN_OF_AFTER = 60;

interface Passage {
  start: number;
  end: number;
  type: SpanType;
  subject: Mention;
}

/** What is proposed, and what would be if the person spoken of were not kept. */
export interface SensitiveSpans {
  proposed: Span[];
  quiet: Span[];
}

/**
 * What a text says of health, crime, money, faith or origin, tied to the person spoken of. Nothing is proposed about the
 * requester or about employees, and nothing where no other person is near: a word alone is nobody's.
 */
export function sensitiveSpans(reading: Reading, mentions: Mentions): SensitiveSpans {
  const passages: Passage[] = [];
  const openings = reading.tokens.filter((token) => token.opensSentence).map((token) => token.start);
  for (const { type, words } of SENSITIVE_KINDS) {
    for (const match of reading.folded.matchAll(words)) {
      if (NAMED_AFTER_IT.test(match[0])) continue;
      const subject = subjectOf(reading, mentions, openings, match.index, match.index + match[0].length);
      if (!subject) continue;
      const start = extendLeft(reading.folded, match.index);
      const hasVerb = /^(?:er|har|var|blev|går|havde|fik|får)\b/.test(reading.folded.slice(start, start + 6));
      const end = extendRight(reading.folded, match.index + match[0].length, mentions, !hasVerb);
      passages.push({ start, end, type, subject });
    }
  }
  for (const match of reading.folded.matchAll(AMOUNT)) {
    const subject = mentions.before(match.index, lastAtOrBefore(openings, match.index));
    if (!subject) continue;
    passages.push({ start: match.index, end: match.index + match[0].length, type: 'FINANCE', subject });
  }
  const spansOf = (some: Passage[]): Span[] => joined(some, reading.folded).map(spanOf);
  return {
    proposed: spansOf(passages.filter(({ subject }) => !subject.isKept)),
    quiet: spansOf(passages.filter(({ subject }) => subject.isKept && subject.kind !== 'self' && subject.person)),
  };
}

/** Who is spoken of: last named in the sentence, else before it when it goes on with "han" or "hun", else named after. */
function subjectOf(
  reading: Reading,
  mentions: Mentions,
  openings: number[],
  start: number,
  end: number,
): Mention | null {
  const opening = lastAtOrBefore(openings, start);
  const inSentence = mentions.before(start, opening);
  if (inSentence) return inSentence;
  const head = reading.folded.slice(opening, opening + 12);
  const before = mentions.before(start, Math.max(0, start - SUBJECT_REACH));
  if (/^(?:han|hun|ham|hende|de|dem|her|og|som)\b/.test(head) && before) return before;
  const after = mentions.after(end, end + SPOKEN_OF_AFTER);
  if (after && !/[.!?\n]\s/.test(reading.folded.slice(end, after.start))) return after;
  const isClose =
    before && start - before.end < SAME_LINE_REACH && !reading.folded.slice(before.end, start).includes('\n');
  return isClose ? before : null;
}

function extendLeft(folded: string, from: number): number {
  let start = from;
  for (let taken = 0; taken < WORDS_BEFORE; taken += 1) {
    const before = /(?<=^|[^\p{L}\p{N}])([\p{L}\p{N}-]{1,25})\.? $/u.exec(folded.slice(Math.max(0, start - 28), start));
    if (!before || !(LEADING.has(before[1]!) || /^(?:19|20)\d{2}$/.test(before[1]!))) return start;
    start -= before[0].length;
  }
  return start;
}

function extendRight(folded: string, from: number, mentions: Mentions, mayTakeVerb: boolean): number {
  let end = from;
  for (let taken = 0; taken < WORDS_AFTER; taken += 1) {
    const next = /^ ([\p{L}\p{N}§%/+-]{1,30})/u.exec(folded.slice(end, end + 32));
    // "vægtkurven er faldende": the verb belongs to the matter that opens what is said.
    const isVerb = mayTakeVerb && taken === 0 && /^(?:er|var|blev|bliver)$/.test(next?.[1] ?? '');
    if (!next || (STOPPING.has(next[1]!) && !isVerb) || mentions.touches(end + 1, end + next[0].length)) return end;
    end += next[0].length;
  }
  return end;
}

/** Passages that overlap, or stand with only "og" between them, are one. */
function joined(passages: Passage[], folded: string): Passage[] {
  const sorted = [...passages].sort((a, b) => a.start - b.start || b.end - a.end);
  const result: Passage[] = [];
  for (const passage of sorted) {
    const last = result.at(-1);
    const isNext =
      last &&
      passage.start >= last.end &&
      /^(?: og |, | og [\p{L}\p{N} ]{1,20} |, [\p{L}\p{N}]{1,12} | \(\p{L}{1,12}\) (?:og )?|\) | \+ |\/)$/u.test(
        folded.slice(last.end, passage.start),
      ) &&
      passage.subject === last.subject;
    if (last && (passage.start < last.end || isNext)) last.end = Math.max(last.end, passage.end);
    else result.push({ ...passage });
  }
  return result;
}

function spanOf({ start, end, type, subject }: Passage): Span {
  return {
    start,
    end,
    type,
    person: subject.person?.id ?? null,
    role: subject.person?.role ?? '',
    redact: true,
    confidence: 0.55,
    reason: reasonFor(type, subject.person, false, 'personen er den, der omtales nærmest'),
  };
}

function lastAtOrBefore(sorted: number[], position: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= position) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1] ?? 0;
}
