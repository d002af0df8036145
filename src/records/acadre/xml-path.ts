import { contractError, type Asked } from '../http/source-errors';
import { childOf, textIn, type XmlElement } from '../http/xml-element';

/** The text of the element that is reached by these names; undefined when it is missing or blank. */
export function textAt(element: XmlElement, ...names: string[]): string | undefined {
  const above = names.slice(0, -1).reduce<XmlElement | undefined>((found, name) => childOf(found, name), element);
  return textIn(above, names[names.length - 1]);
}

export function requiredTextAt(element: XmlElement, asked: Asked, ...names: string[]): string {
  const text = textAt(element, ...names);
  if (text === undefined) throw contractError(asked, `left out "${names.join('/')}"`);
  return text;
}

/** The day of a time stamp; .NET writes the year 1 for "no date". */
export function dayAt(element: XmlElement, asked: Asked, ...names: string[]): string | undefined {
  const text = textAt(element, ...names);
  if (text === undefined || text.startsWith('0001-')) return undefined;
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  if (day === undefined) throw contractError(asked, `gave "${names.join('/')}" in another form than a date`);
  return day;
}

export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
