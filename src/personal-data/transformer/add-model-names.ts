import type { Span } from '../../contracts';
import type { ModelName } from './name-model';

const REASON = 'Navn, som sprogmodellen har fundet. Det fremgår ikke, hvem det er.';

/** The spans of a text and the names that only the language model saw: somebody unknown, and therefore proposed. */
export function withModelNames(spans: Span[], names: ModelName[]): Span[] {
  const added = names
    .filter(({ start, end }) => !spans.some((span) => span.start < end && span.end > start))
    .map(({ start, end, confidence }): Span => ({
      start,
      end,
      type: 'NAME',
      person: null,
      role: '',
      redact: true,
      confidence,
      reason: REASON,
    }));
  return added.length === 0 ? spans : [...spans, ...added].sort((a, b) => a.start - b.start || b.end - a.end);
}
