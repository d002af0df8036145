import type { PartyRegister, Span } from '../contracts';
import { fold } from './folding';

/** A closing phrase, and nothing but a name after it on its own line. */
const CLOSING =
  /(?:venlig(?:e)? hilsen(?:er)?|med venlig hilsen|hilsen|hilsner|mvh\.?|m\.v\.h\.|vh\.?|kh\.?)[,.! ]*\n[\s]*$/;
const SENDER =
  /(?:^|\n)[ \t]*(?:fra|from|afsender|ansøger|ansoger|indsendt af|underskrift|klager)[ \t]*:?[ \t]*[^\n]{0,80}$/;
const HEAD = 600;

/**
 * True when a document that came in was written by the requester: a sender line at its head, or a closing phrase with the
 * requester's name below. A document that only speaks of the requester is not the requester's.
 * @param pages in order, with what was found on each
 */
export function isSentInBy(pages: { text: string; spans: Span[] }[], register: PartyRegister): boolean {
  return pages.some(({ text, spans }, index) => {
    const folded = fold(text);
    return spans.some(({ person, type, start }) => {
      if (person !== register.requester || (type !== 'NAME' && type !== 'EMAIL')) return false;
      const before = folded.slice(Math.max(0, start - 120), start);
      return CLOSING.test(before) || (index === 0 && start < HEAD && SENDER.test(before));
    });
  });
}
