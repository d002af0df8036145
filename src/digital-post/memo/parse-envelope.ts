import { SaxesParser } from 'saxes';
import { qualifiedName, type MemoElement } from './memo-element';
import { MemoUnreadableError } from './split-content';

/** Deeper than any MeMo message; keeps a hostile one from exhausting the stack of whoever walks the tree. */
const DEEPEST = 32;

/**
 * Parses the envelope into a small tree. Throws {@link MemoUnreadableError} with line and column when it is not
 * well-formed UTF-8 XML, or declares a document type (which could name entities and files).
 */
export function parseEnvelope(envelope: Buffer): MemoElement {
  const builder = new TreeBuilder();
  const parser = new SaxesParser({ xmlns: true, position: true });
  parser.on('error', (error) => {
    throw new MemoUnreadableError(`The message is not well-formed XML: ${located(error.message)}`);
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && encoding.toUpperCase() !== 'UTF-8') {
      throw new MemoUnreadableError(`The message declares the encoding ${encoding}; MeMo messages are UTF-8.`);
    }
  });
  parser.on('doctype', () => {
    throw new MemoUnreadableError('The message declares a document type, which MeMo messages never do. Remove it.');
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.values(tag.attributes)
      .filter((attribute) => attribute.prefix !== 'xmlns' && attribute.name !== 'xmlns')
      .map(({ uri, local, value }) => ({ namespace: uri, name: local, value }));
    builder.open(qualifiedName(tag.uri, tag.local), tag.local === 'content', attributes, parser.line);
  });
  parser.on('text', (text) => builder.text(text));
  parser.on('cdata', (text) => builder.text(text));
  parser.on('closetag', () => builder.close());
  parser.write(decodeUtf8(envelope)).close();
  return builder.root();
}

/** saxes says `59:0: unclosed tag: memo:Message`. */
function located(fault: string): string {
  return `${fault.replace(/^(\d+):(\d+): /, 'line $1, column $2, ').replace(/\.$/, '')}.`;
}

function decodeUtf8(envelope: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(envelope);
  } catch {
    throw new MemoUnreadableError('The message is not UTF-8 text. Save it as UTF-8.');
  }
}

class TreeBuilder {
  private readonly open_: MemoElement[] = [];
  private top: MemoElement | undefined;
  private contents = 0;

  open(name: string, isContent: boolean, attributes: MemoElement['attributes'], line: number): void {
    if (this.open_.length >= DEEPEST) {
      throw new MemoUnreadableError(`The message nests elements deeper than ${DEEPEST} levels (line ${line}).`);
    }
    const element: MemoElement = { name, attributes, children: [], text: '', line };
    if (isContent) {
      element.contentIndex = this.contents;
      this.contents += 1;
    }
    this.open_.at(-1)?.children.push(element);
    this.top ??= element;
    this.open_.push(element);
  }

  text(text: string): void {
    const element = this.open_.at(-1);
    if (element) element.text += text;
  }

  close(): void {
    this.open_.pop();
  }

  root(): MemoElement {
    if (!this.top) throw new MemoUnreadableError('The message is empty.');
    return this.top;
  }
}
