import { decodeText } from './decode-text';

/** Groups that hold no text of the document. */
const SILENT = /^\\(\*|fonttbl|colortbl|stylesheet|info|pict|object|themedata|generator|listtable|rsidtbl)/;
const SIGNS: Record<string, string> = {
  par: '\n',
  line: '\n',
  tab: '\t',
  cell: '\t',
  row: '\n',
  emdash: '—',
  endash: '–',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
};
const TOKEN = /\\'([0-9a-f]{2})|\\u(-?\d+) ?\??|\\([a-z]+)(-?\d+)? ?|\\([^a-z])|([{}])|([^\\{}]+)/gi;

function byteText(hex: string): string {
  return decodeText(Uint8Array.of(0x61, Number.parseInt(hex, 16))).text.slice(1);
}

/** Where the group that begins at `from` ends. */
function endOfGroup(rtf: string, from: number): number {
  let depth = 0;
  for (let at = from; at < rtf.length; at++) {
    if (rtf[at] === '\\') at++;
    else if (rtf[at] === '{') depth++;
    else if (rtf[at] === '}' && --depth === 0) return at;
  }
  return rtf.length;
}

/**
 * The running text of RTF, as a mail program wraps messages in it. What an HTML message was wrapped in is passed over,
 * since its tags stand in groups of their own.
 */
export function rtfText(rtf: Buffer): string {
  const source = rtf.toString('latin1');
  let text = '';
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(source); token; token = TOKEN.exec(source)) {
    const [, hex, code, word, , sign, brace, plain] = token;
    if (brace === '{' && SILENT.test(source.slice(token.index + 1, token.index + 40))) {
      TOKEN.lastIndex = endOfGroup(source, token.index) + 1;
    } else if (hex) text += byteText(hex);
    else if (code) text += String.fromCharCode(Number(code) & 0xffff);
    else if (word) text += SIGNS[word.toLowerCase()] ?? '';
    else if (sign && /[\\{}~]/.test(sign)) text += sign === '~' ? ' ' : sign;
    else if (plain) text += plain.replace(/[\r\n]/g, '');
  }
  return text.replace(/\n{3,}/g, '\n\n').trim();
}
