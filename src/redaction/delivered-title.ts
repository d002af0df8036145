import type { AbsentTerm, PartyRegister } from '../contracts';
import { detectInRequest } from '../personal-data';
import { termsInText } from '../pdf';

export const REMOVED_MARK = '[fjernet]';

/**
 * Titles as they may leave: third persons and everything that was removed from the documents taken out of them.
 *
 * @param chosen words by the title's id that a caseworker has decided to take out of it
 */
export function deliveredTitles(
  titles: { id: string; text: string }[],
  register: PartyRegister,
  absent: AbsentTerm[],
  chosen: ReadonlyMap<string, string[]> = new Map(),
): Map<string, string> {
  const found = detectInRequest(titles, register);
  return new Map(
    titles.map(({ id, text }) => {
      const hits = termsInText(text, absent).map(({ start, end }) => ({ start, end }));
      const spans = (found.get(id) ?? []).filter((span) => span.redact).map(({ start, end }) => ({ start, end }));
      return [id, withoutSpans(text, [...hits, ...spans, ...placesOf(chosen.get(id) ?? [], text)])];
    }),
  );
}

function placesOf(words: string[], text: string): { start: number; end: number }[] {
  return words.flatMap((each) => {
    const start = text.indexOf(each);
    return start === -1 ? [] : [{ start, end: start + each.length }];
  });
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
