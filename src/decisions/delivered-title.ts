import type { AbsentTerm, PartyRegister } from '../contracts';
import { detectInRequest } from '../personal-data';
import { termsInText } from '../pdf';

export const REMOVED_MARK = '[fjernet]';

/** Titles as they may leave: third persons and everything that was removed from the documents taken out of them. */
export function deliveredTitles(
  titles: { id: string; text: string }[],
  register: PartyRegister,
  absent: AbsentTerm[],
): Map<string, string> {
  const found = detectInRequest(titles, register);
  return new Map(
    titles.map(({ id, text }) => {
      const hits = termsInText(text, absent).map(({ start, end }) => ({ start, end }));
      const spans = (found.get(id) ?? []).filter((span) => span.redact).map(({ start, end }) => ({ start, end }));
      return [id, withoutSpans(text, [...hits, ...spans])];
    }),
  );
}

function withoutSpans(text: string, spans: { start: number; end: number }[]): string {
  let result = '';
  let from = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= from) continue;
    result += start >= from ? text.slice(from, start) + REMOVED_MARK : '';
    from = end;
  }
  return result + text.slice(from);
}
