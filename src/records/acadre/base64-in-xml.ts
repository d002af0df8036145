import { SourceError } from '../../contracts';
import { looksLikeHtml } from '../http/file-kind';
import { contractError, errorForTransport, sentence, type Asked } from '../http/source-errors';

/** No envelope has as much as this before the element that is looked for. */
const LONGEST_HEAD = 64 * 1024;

/**
 * The bytes that the element `name` holds in base64, while they come: a file of any size goes through in pieces. Fails with
 * `truncated` when the element does not end, `contract` when it never begins, `integrity` for a web page in its place.
 */
export async function* base64In(name: string, body: AsyncIterable<Buffer>, asked: Asked): AsyncGenerator<Buffer> {
  let head = '';
  let rest = '';
  let state: 'before' | 'inside' | 'after' = 'before';
  try {
    for await (const chunk of body) {
      if (state === 'after') continue;
      let text = chunk.toString('latin1');
      if (state === 'before') {
        head += text;
        const begin = new RegExp(`<(?:[\\w-]+:)?${name}(?:\\s[^>]*)?>`).exec(head);
        if (!begin && head.length > LONGEST_HEAD) break;
        if (!begin) continue;
        if (begin[0].endsWith('/>')) throw contractError(asked, `left out what is in "${name}"`);
        state = 'inside';
        text = head.slice(begin.index + begin[0].length);
      }
      const end = text.indexOf('<');
      if (end >= 0) state = 'after';
      const letters = rest + (end >= 0 ? text.slice(0, end) : text).replace(/\s+/g, '');
      const whole = state === 'after' ? letters.length : letters.length - (letters.length % 4);
      rest = letters.slice(whole);
      if (whole > 0) yield Buffer.from(letters.slice(0, whole), 'base64');
    }
  } catch (cause) {
    throw errorForTransport(cause, asked, true);
  }
  if (state === 'after') return;
  if (state === 'inside') {
    throw new SourceError('truncated', sentence(asked, 'stopped before the file was whole; it is tried again'), true);
  }
  if (looksLikeHtml(Buffer.from(head.slice(0, 600)))) {
    const text = sentence(asked, 'answered with a web page instead of the file; it is tried again');
    throw new SourceError('integrity', text, true);
  }
  throw contractError(asked, `answered without "${name}"`);
}
