import type { ConversionNotes } from './conversion-note';
import { encodeEntities } from './html-entities';
import { readHtml, shownValue, type HtmlToken } from './read-html';
import { harmlessStyle, isHidingStyle, isRemoteReference } from './remote-reference';

/** Elements that only lay out text. Everything else loses its tag and keeps its text. */
const KEPT_ELEMENTS = new Set(
  (
    'html head body title style p div span br hr h1 h2 h3 h4 h5 h6 b strong i em u s strike del ins sub sup small big font ' +
    'center blockquote pre code tt kbd samp ul ol li dl dt dd table caption thead tbody tfoot tr td th colgroup col a abbr ' +
    'address article aside section header footer main nav figure figcaption q cite label fieldset legend'
  ).split(' '),
);
const KEPT_ATTRIBUTES = new Set(
  'class id align valign width height border cellpadding cellspacing colspan rowspan bgcolor color size face start type lang dir'.split(
    ' ',
  ),
);
const FETCHING_ATTRIBUTES = ['src', 'background', 'data', 'poster', 'srcset', 'lowsrc', 'dynsrc', 'action', 'longdesc'];
const FETCHING_LINKS = new Set(['link', 'base', 'image', 'use', 'area']);
const DATA_PICTURE = /^data:image\/(?:png|jpe?g|gif|bmp);base64,[a-z0-9+/=\s]+$/i;

type OpenToken = Extract<HtmlToken, { type: 'open' }>;

function noteWhatIsLost(token: OpenToken, notes: ConversionNotes): void {
  const { name, attributes } = token;
  const fetches = FETCHING_ATTRIBUTES.some((attribute) => isRemoteReference(attributes.get(attribute) ?? ''));
  const links = FETCHING_LINKS.has(name) && isRemoteReference(attributes.get('href') ?? '');
  const refreshes = name === 'meta' && /refresh/i.test(attributes.get('http-equiv') ?? '');
  const style = attributes.get('style') ?? '';
  if (fetches || links || refreshes || /url\s*\(\s*['"]?\s*(?!data:)/i.test(style)) notes.add('remote-left-out');
  if (attributes.has('hidden') || isHidingStyle(style)) notes.add('hidden-text-shown');
}

function picture(attributes: Map<string, string>): string {
  const source = (attributes.get('src') ?? '').trim();
  if (DATA_PICTURE.test(source)) {
    const sizes = ['width', 'height']
      .filter((name) => /^\d{1,5}%?$/.test(attributes.get(name) ?? ''))
      .map((name) => ` ${name}="${attributes.get(name)!}"`);
    return `<img src="${source.replace(/\s/g, '')}"${sizes.join('')}>`;
  }
  const description = (attributes.get('alt') ?? '').trim();
  const what = isRemoteReference(source) ? 'Billede på nettet, ikke hentet' : 'Billede';
  return encodeEntities(` [${what}${description ? `: ${description}` : ''}] `);
}

/** A removed block must not glue its neighbours together; a removed inline element must not split a number in two. */
function gapFor(name: string): string {
  return name.includes(':') || /^(wbr|var|mark|time|data|bdi|bdo|dfn|acronym)$/.test(name) ? '' : ' ';
}

function openTag(token: OpenToken): string {
  const { name, attributes } = token;
  if (name === 'img') return picture(attributes);
  if (name === 'input') return encodeEntities(` ${shownValue(attributes)} `);
  if (!KEPT_ELEMENTS.has(name)) return gapFor(name);
  let tag = `<${name}`;
  for (const [attribute, value] of attributes) {
    if (KEPT_ATTRIBUTES.has(attribute)) tag += ` ${attribute}="${encodeEntities(value)}"`;
    if (attribute === 'style') tag += ` style="${encodeEntities(harmlessStyle(value))}"`;
  }
  return `${tag}>`;
}

/**
 * Writes HTML anew with layout and text only: nothing that fetches, runs or hides comes through, because elements and
 * attributes are let through by name. The result is UTF-8.
 */
export function stripHtml(html: string, notes: ConversionNotes): string {
  let out = '<!DOCTYPE html>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n';
  for (const token of readHtml(html)) {
    if (token.type === 'text') out += encodeEntities(token.text);
    else if (token.type === 'close') out += KEPT_ELEMENTS.has(token.name) ? `</${token.name}>` : gapFor(token.name);
    else if (token.type === 'raw') {
      if (token.element === 'script') notes.add('scripts-left-out');
      if (/@import|url\s*\(\s*['"]?\s*(?!data:)/i.test(token.text)) notes.add('remote-left-out');
      if (token.element === 'style') out += harmlessStyle(token.text).replace(/<\//g, '');
    } else {
      noteWhatIsLost(token, notes);
      if (token.name !== 'script') out += openTag(token);
    }
  }
  return out;
}
