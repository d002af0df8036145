/** A value of a PDF file (ISO 32000-1, 7.3). Strings hold one character a byte. */
export type PdfValue =
  | { kind: 'name' | 'string' | 'keyword'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'reference'; object: number }
  | { kind: 'array'; items: PdfValue[] }
  | { kind: 'dictionary'; entries: Map<string, PdfValue> }
  | { kind: 'end'; value: string };

const BLANKS = /(?:[\0\t\n\f\r ]+|%[^\r\n]*)*/y;
const WORD = /[^\0\t\n\f\r ()<>[\]{}/%]+/y;
const REFERENCE = /(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>[\]{}/%])/y;
const DEEPEST = 100;

/** Reads PDF syntax from a text of one character a byte. Never throws: what cannot be read ends the value. */
export class PdfSyntax {
  constructor(
    readonly text: string,
    public at = 0,
  ) {}

  skipBlanks(): void {
    BLANKS.lastIndex = this.at;
    BLANKS.exec(this.text);
    this.at = Math.max(this.at, BLANKS.lastIndex);
  }

  /** The next value; `end` for a closing bracket or the end of the text. */
  read(depth = 0): PdfValue {
    this.skipBlanks();
    const sign = this.text.charAt(this.at);
    if (sign === '') return { kind: 'end', value: '' };
    if (sign === '(') return { kind: 'string', value: this.literal() };
    if (sign === '/') return { kind: 'name', value: this.name() };
    if (sign === '[') return { kind: 'array', items: this.items(']', depth) };
    if (sign === '<') return this.text.charAt(this.at + 1) === '<' ? this.dictionary(depth) : this.hexadecimal();
    if (sign === ']' || sign === '>' || sign === ')' || sign === '{' || sign === '}') return this.closing(sign);
    return this.wordOrReference();
  }

  private closing(sign: string): PdfValue {
    const value = this.text.startsWith('>>', this.at) ? '>>' : sign;
    this.at += value.length;
    return { kind: 'end', value };
  }

  private wordOrReference(): PdfValue {
    REFERENCE.lastIndex = this.at;
    const reference = REFERENCE.exec(this.text);
    if (reference) {
      this.at = REFERENCE.lastIndex;
      return { kind: 'reference', object: Number(reference[1]) };
    }
    WORD.lastIndex = this.at;
    const word = WORD.exec(this.text)?.[0] ?? this.text.charAt(this.at);
    this.at += word.length;
    return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word)
      ? { kind: 'number', value: Number(word) }
      : { kind: 'keyword', value: word };
  }

  private items(close: string, depth: number): PdfValue[] {
    this.at += 1;
    const items: PdfValue[] = [];
    while (depth < DEEPEST) {
      const item = this.read(depth + 1);
      if (item.kind === 'end') {
        if (item.value === close || item.value === '') break;
        continue;
      }
      if (item.kind === 'keyword' && (item.value === 'endobj' || item.value === 'stream')) break;
      items.push(item);
    }
    return items;
  }

  private dictionary(depth: number): PdfValue {
    this.at += 1;
    const flat = this.items('>>', depth);
    const entries = new Map<string, PdfValue>();
    for (let i = 0; i < flat.length; i += 1) {
      const key = flat[i] as PdfValue;
      const value = flat[i + 1];
      if (key.kind !== 'name' || value === undefined) continue;
      // A key that stands twice keeps both values: neither may hide the other.
      entries.set(entries.has(key.value) ? `${key.value}#${i}` : key.value, value);
      i += 1;
    }
    return { kind: 'dictionary', entries };
  }

  private name(): string {
    this.at += 1;
    const from = this.at;
    WORD.lastIndex = from;
    const word = WORD.exec(this.text)?.[0] ?? '';
    this.at = from + word.length;
    return word.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }

  private hexadecimal(): PdfValue {
    const close = this.text.indexOf('>', this.at);
    const digits = this.text.slice(this.at + 1, close < 0 ? undefined : close).replace(/[^0-9a-f]/gi, '');
    this.at = close < 0 ? this.text.length : close + 1;
    return { kind: 'string', value: Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex').toString('latin1') };
  }

  private literal(): string {
    const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
    let open = 1;
    let value = '';
    this.at += 1;
    while (this.at < this.text.length) {
      const sign = this.text.charAt(this.at);
      this.at += 1;
      if (sign === '\\') {
        const octal = /^[0-7]{1,3}/.exec(this.text.slice(this.at, this.at + 3))?.[0];
        const next = this.text.charAt(this.at);
        this.at += octal?.length ?? (this.text.startsWith('\r\n', this.at) ? 2 : 1);
        if (octal !== undefined) value += String.fromCharCode(parseInt(octal, 8) & 0xff);
        else if (next !== '\n' && next !== '\r') value += ESCAPES[next] ?? next;
        continue;
      }
      if (sign === '(') open += 1;
      if (sign === ')' && (open -= 1) === 0) break;
      value += sign;
    }
    return value;
  }
}

/** An entry of a dictionary; undefined when the value is no dictionary or has no such key. */
export function entry(value: PdfValue | undefined, key: string): PdfValue | undefined {
  return value?.kind === 'dictionary' ? value.entries.get(key) : undefined;
}

/** Calls `visit` with the value and everything inside it, but does not follow references. */
export function walk(value: PdfValue, visit: (inner: PdfValue) => void): void {
  visit(value);
  if (value.kind === 'array') for (const item of value.items) walk(item, visit);
  if (value.kind === 'dictionary') for (const item of value.entries.values()) walk(item, visit);
}
