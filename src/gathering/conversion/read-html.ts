import { decodeEntities } from './html-entities';

export type HtmlToken =
  | { type: 'text'; text: string }
  | { type: 'open'; name: string; attributes: Map<string, string>; selfClosing: boolean }
  | { type: 'close'; name: string }
  /** What stands inside a script or style element, undecoded. */
  | { type: 'raw'; element: string; text: string };

/** The count bounds the work on markup that never closes; a quoted value counts as one. */
const TAG = /<(\/?)([a-zA-Z][^\s/>\0]*)((?:"[^"]*"|'[^']*'|[^'">]){0,10000})>/y;
const ATTRIBUTE = /([^\s"'<>/=\0]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+)))?/g;
const RAW_ELEMENTS = new Set(['script', 'style']);
/** Inside these, `<` is a letter. */
const TEXT_ELEMENTS = new Set(['textarea', 'title', 'xmp']);

function attributesOf(source: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const match of source.matchAll(ATTRIBUTE)) {
    const name = match[1]!.toLowerCase();
    if (!attributes.has(name)) attributes.set(name, decodeEntities(match[2] ?? match[3] ?? match[4] ?? ''));
  }
  return attributes;
}

/** Where a comment, declaration or processing instruction that begins at `at` ends; -1 when nothing such begins. */
function endOfMarkupDeclaration(html: string, at: number): number {
  if (html.startsWith('<!--', at)) {
    const end = html.indexOf('-->', at + 4);
    return end < 0 ? html.length : end + 3;
  }
  if (html[at + 1] !== '!' && html[at + 1] !== '?') return -1;
  const end = html.indexOf('>', at);
  return end < 0 ? html.length : end + 1;
}

/** Splits HTML into tokens. Broken markup never throws: what is not a tag is text. */
export function* readHtml(html: string): Generator<HtmlToken> {
  let at = 0;
  let text = '';
  while (at < html.length) {
    const next = html.indexOf('<', at);
    if (next < 0 || html.indexOf('>', next) < 0) break;
    text += html.slice(at, next);
    const afterDeclaration = endOfMarkupDeclaration(html, next);
    if (afterDeclaration >= 0) {
      at = afterDeclaration;
      continue;
    }
    TAG.lastIndex = next;
    const tag = TAG.exec(html);
    if (!tag) {
      text += '<';
      at = next + 1;
      continue;
    }
    if (text) yield { type: 'text', text: decodeEntities(text) };
    text = '';
    at = TAG.lastIndex;
    const name = tag[2]!.toLowerCase();
    if (tag[1]) {
      yield { type: 'close', name };
      continue;
    }
    const selfClosing = tag[3]!.endsWith('/');
    yield { type: 'open', name, attributes: attributesOf(tag[3]!), selfClosing };
    if (!RAW_ELEMENTS.has(name) && !TEXT_ELEMENTS.has(name)) continue;
    const rest = html.slice(at).search(new RegExp(`</${name}[\\s/>]`, 'i'));
    const end = rest < 0 ? html.length : at + rest;
    const inner = html.slice(at, end);
    yield RAW_ELEMENTS.has(name)
      ? { type: 'raw', element: name, text: inner }
      : { type: 'text', text: decodeEntities(inner) };
    at = end;
  }
  text += html.slice(at);
  if (text) yield { type: 'text', text: decodeEntities(text) };
}

/** What a form field shows on the screen. */
export function shownValue(attributes: Map<string, string>): string {
  const type = (attributes.get('type') ?? 'text').toLowerCase();
  if (type === 'checkbox' || type === 'radio') return attributes.has('checked') ? '☒' : '☐';
  return attributes.get('value') ?? '';
}
