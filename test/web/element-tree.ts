import { SaxesParser } from 'saxes';

export interface Element {
  name: string;
  attributes: Record<string, string>;
  parent: Element | null;
  text: string;
}

/**
 * Every element of a page in document order. Our templates are written as well-formed XML as well, so an element that is
 * not closed, a doubled attribute or an unescaped sign is an error here.
 */
export function elementsOf(html: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new Error(`The page is not well formed: ${error.message}`);
  });
  parser.on('opentag', (tag) => {
    const element: Element = {
      name: tag.name,
      attributes: { ...tag.attributes },
      parent: open.at(-1) ?? null,
      text: '',
    };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => open.forEach((element) => (element.text += text)));
  parser.on('closetag', () => void open.pop());
  parser.write(html.replace(/^\s*<!doctype html>/i, '')).close();
  return elements;
}

/** True when the element stands inside another with that name. */
export function isInside(element: Element, name: string): boolean {
  for (let at = element.parent; at; at = at.parent) if (at.name === name) return true;
  return false;
}
