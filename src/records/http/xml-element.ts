import { SaxesParser } from 'saxes';
import { looksLikeHtml } from './file-kind';
import { contractError, type Asked } from './source-errors';

/** One element of an answer in XML; names are without their prefix. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** The text directly in it. */
  text: string;
}

const DEEPEST = 64;

/** The root of an answer. One that is cut, that is no XML, or that declares a document type is a broken contract. */
export function parseXml(xml: string, asked: Asked): XmlElement {
  if (looksLikeHtml(Buffer.from(xml.slice(0, 512)))) {
    throw contractError(asked, 'answered with a web page where data was expected', true);
  }
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: false });
  const refuse = (): never => {
    throw contractError(asked, 'answered with something that is not XML', true);
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > DEEPEST) refuse();
    const element: XmlElement = { name: local(name), attributes: { ...attributes }, children: [], text: '' };
    open[open.length - 1].children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => void (open[open.length - 1].text += text));
  parser.on('cdata', (text) => void (open[open.length - 1].text += text));
  parser.on('closetag', () => void open.pop());
  parser.write(xml.replace(/^\uFEFF/, '')).close();
  return root.children[0] ?? refuse();
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The text of a child; undefined when it is absent or blank. */
export function textIn(element: XmlElement | undefined, name: string): string | undefined {
  const text = childOf(element, name)?.text.trim();
  return text ? text : undefined;
}

/** The day of a date in a child as the system wrote it, in its own time: `2024-03-12`. */
export function dayIn(element: XmlElement | undefined, name: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}/.exec(textIn(element, name) ?? '')?.[0];
}

/** A number that must be there, as text. */
export function idIn(element: XmlElement, asked: Asked): string {
  const id = textIn(element, 'Id');
  if (!id || !/^\d+$/.test(id)) throw contractError(asked, 'listed an item without an id');
  return id;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
