import { parseEnvelope } from './memo/parse-envelope';
import type { MemoElement } from './memo/memo-element';
import { MemoUnreadableError } from './memo/split-content';

/** An element of a text of the Serviceplatform. */
export type XmlElement = MemoElement;

/**
 * The root of a well-formed text without document type, or `undefined`. Elements are found by their names below: the
 * platform's systems disagree on prefixes and on which of two namespaces a part is in.
 */
export function readXml(text: string): XmlElement | undefined {
  try {
    return parseEnvelope(Buffer.from(text, 'utf8'));
  } catch (error) {
    if (error instanceof MemoUnreadableError) return undefined;
    throw error;
  }
}

export function localName({ name }: XmlElement): string {
  return name.slice(Math.max(name.lastIndexOf('}'), name.lastIndexOf(':')) + 1);
}

/** The first element at a path of local names such as `Beskeddata/Base64`. */
export function elementAt(element: XmlElement | undefined, path: string): XmlElement | undefined {
  return path
    .split('/')
    .reduce<XmlElement | undefined>((at, name) => at?.children.find((child) => localName(child) === name), element);
}

/** Its text without surrounding blanks; absent and empty are the same. */
export function textAt(element: XmlElement | undefined, path: string): string | undefined {
  return elementAt(element, path)?.text.trim() || undefined;
}

/** The text of the first element of the name, however deep; for answers whose shape nobody describes fully. */
export function textAnywhere(element: XmlElement | undefined, name: string): string | undefined {
  for (const child of element?.children ?? []) {
    const text = (localName(child) === name && child.text.trim()) || textAnywhere(child, name);
    if (text) return text;
  }
  return undefined;
}
