import type { AbsentTerm, Span } from '../contracts';
import { TermSearch } from '../pdf';
import { foldedTerm, isLookedFor } from './looked-for';

export interface SearchedText {
  id: string;
  text: string;
}

const REASON =
  'Samme oplysning er foreslået fjernet et andet sted i anmodningen. Den skal fjernes eller beholdes alle steder.';

/**
 * Proposes every further occurrence of what is proposed to go, in all the spellings that the gate will look for: what
 * the gate would stop later is decided here first. Returns the spans to add, by text.
 */
export function occurrencesElsewhere(texts: SearchedText[], found: Map<string, Span[]>): Map<string, Span[]> {
  const samples = samplesOf(texts, found);
  const search = new TermSearch(samples.map(({ term }) => term));
  const added = new Map<string, Span[]>();
  for (const { id, text } of texts) {
    const known = found.get(id) ?? [];
    const spans: Span[] = [];
    for (const { term, start, end } of search.find(text)) {
      if (isCovered(start, end, known) || isCovered(start, end, spans)) continue;
      spans.push({ ...samples[term].span, start, end, confidence: 0.5, reason: REASON });
    }
    if (spans.length > 0) added.set(id, spans);
  }
  return added;
}

function samplesOf(texts: SearchedText[], found: Map<string, Span[]>): { term: AbsentTerm; span: Span }[] {
  const samples = new Map<string, { term: AbsentTerm; span: Span }>();
  for (const { id, text } of texts) {
    for (const span of found.get(id) ?? []) {
      const written = text.slice(span.start, span.end).trim();
      if (span.redact && isLookedFor(written, span.type))
        samples.set(`${span.type}:${foldedTerm(written)}`, { term: { text: written, type: span.type }, span });
    }
  }
  return [...samples.values()];
}

/** Covered by one decision that is already asked for, whichever way it may go. */
function isCovered(start: number, end: number, spans: Span[]): boolean {
  return spans.some((span) => span.start <= start && span.end >= end);
}
