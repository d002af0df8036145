import { SaxesParser } from 'saxes';
import type { Archive } from './read-archive';

export interface Collected {
  /** Attributes of the element, by name with prefix. */
  attributes: Record<string, string>;
  text: string;
}

const PARAGRAPHS = /^(w:p|a:p|text:p|text:h|dc:creator)$/;
const BLANKS = /^(w:tab|w:br|text:tab|text:s|text:line-break)$/;

/** The text inside every element of one name; paragraphs in it are separated by a new line. */
export function textsInside(xml: string, element: string, textElements: ReadonlySet<string>): Collected[] {
  const found: Collected[] = [];
  const open: string[] = [];
  let depth = 0;
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    if (tag.name === element && depth++ === 0)
      found.push({ attributes: tag.attributes as Record<string, string>, text: '' });
    open.push(tag.name);
    if (depth > 0 && BLANKS.test(tag.name)) found.at(-1)!.text += ' ';
  });
  parser.on('text', (text) => {
    if (depth > 0 && textElements.has(open.at(-1) ?? '')) found.at(-1)!.text += text;
  });
  parser.on('closetag', (tag) => {
    open.pop();
    if (depth > 0 && PARAGRAPHS.test(tag.name)) found.at(-1)!.text += '\n';
    if (tag.name === element) depth--;
  });
  parser.write(xml).close();
  return found.map(({ attributes, text }) => ({ attributes, text: text.trim() })).filter(({ text }) => text !== '');
}

/** A part of the package as text, without its byte order mark. */
export function part(archive: Archive, name: string): string | undefined {
  return archive
    .get(name)
    ?.toString('utf8')
    .replace(/^\ufeff/, '');
}

export function partsLike(archive: Archive, pattern: RegExp): string[] {
  return [...archive.keys()].filter((name) => pattern.test(name)).map((name) => part(archive, name)!);
}
