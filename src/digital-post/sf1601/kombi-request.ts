import type { ByteSource } from '../../contracts';
import { ByteSourceError, readExactly, sizeOf, type Bytes } from '../byte-source';
import { XML_DECLARATION } from '../xml-sink';

const LETTERS = 'ForsendelseISamling';

/** The stored message as SF1601 carries it: its exact bytes, without the XML declaration, inside `kombi_request`. */
export function digitalRequest(memo: Bytes): ByteSource {
  return wrapped(memo, start('Digital Post'), '</kombi_request>\n');
}

/** The stored letter likewise, in the collection that SF1601 wants around it. */
export function letterRequest(letter: Bytes): ByteSource {
  const opening = `<f:${LETTERS} xmlns:f="urn:oio:fjernprint:1.0.0">\n`;
  return wrapped(letter, start('Fysisk Post') + opening, `</f:${LETTERS}>\n</kombi_request>\n`);
}

/** "Automatisk Valg" is not used: which channel a citizen's file goes by is decided, and stored, before it is sent. */
function start(choice: 'Digital Post' | 'Fysisk Post'): string {
  return `${XML_DECLARATION}<kombi_request>\n<KombiValgKode>${choice}</KombiValgKode>\n`;
}

function wrapped(content: Bytes, before: string, after: string): ByteSource {
  const declaration = XML_DECLARATION.length;
  return {
    size: before.length + sizeOf(content) - declaration + after.length,
    async *open() {
      yield Buffer.from(before, 'utf8');
      let head: Buffer = Buffer.alloc(0);
      for await (const part of readExactly(content)) {
        if (head.length >= declaration) {
          yield part;
          continue;
        }
        head = Buffer.concat([head, part]);
        if (head.length < declaration) continue;
        requireDeclaration(head);
        yield head.subarray(declaration);
      }
      yield Buffer.from(after, 'utf8');
    },
  };
}

function requireDeclaration(head: Buffer): void {
  if (head.toString('utf8', 0, XML_DECLARATION.length) === XML_DECLARATION) return;
  throw new ByteSourceError('The stored message does not begin as this program writes messages. It was not sent.');
}
