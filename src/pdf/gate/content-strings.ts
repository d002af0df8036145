import { PdfSyntax, walk, type PdfValue } from './pdf-syntax';

/** A content stream taken apart. One character a byte. */
export interface ContentParts {
  /** The strings that text operators show, joined in order; operators of position become blanks. */
  shown: string;
  /** All other strings: property lists such as /ActualText, inline dictionaries, arguments of unknown operators. */
  hidden: string[];
  /** The stream without its strings. */
  rest: string;
}

const SHOWING = new Set(['Tj', 'TJ', "'", '"']);
const PLACING = new Set(['Td', 'TD', 'Tm', 'T*', 'ET', 'BT']);

/** Tells what a content stream shows from what it carries besides. Any other PostScript-like stream works too. */
export function contentParts(text: string): ContentParts {
  const parts: ContentParts = { shown: '', hidden: [], rest: '' };
  const shown: string[] = [];
  const rest: string[] = [];
  let operands: PdfValue[] = [];
  const syntax = new PdfSyntax(text);
  while (syntax.at < text.length) {
    const from = syntax.at;
    const value = syntax.read();
    if (syntax.at === from) syntax.at += 1;
    if (!hasString(value)) rest.push(text.slice(from, syntax.at));
    else rest.push(commentsIn(text.slice(from, syntax.at)));
    if (value.kind !== 'keyword') {
      operands.push(value);
      continue;
    }
    if (value.value === 'ID') {
      const end = endOfInlineImage(text, syntax.at);
      rest.push(text.slice(syntax.at, end));
      syntax.at = end;
    }
    const strings = operands.flatMap(stringsOf);
    if (SHOWING.has(value.value)) shown.push(strings.join(''));
    else parts.hidden.push(...strings);
    if (PLACING.has(value.value)) shown.push(' ');
    operands = [];
  }
  parts.hidden.push(...operands.flatMap(stringsOf));
  parts.shown = shown.join('');
  parts.rest = rest.join('');
  return parts;
}

function hasString(value: PdfValue): boolean {
  return stringsOf(value).length > 0;
}

function stringsOf(value: PdfValue): string[] {
  const found: string[] = [];
  walk(value, (inner) => {
    if (inner.kind === 'string') found.push(inner.value);
  });
  return found;
}

/** A comment may stand in front of a string. */
function commentsIn(raw: string): string {
  return /^(?:[\0\s]*%[^\r\n]*)+/.exec(raw)?.[0] ?? ' ';
}

function endOfInlineImage(text: string, from: number): number {
  const end = /[\0\s]EI(?=[\0\s]|$)/g;
  end.lastIndex = from;
  return end.exec(text)?.index ?? text.length;
}
