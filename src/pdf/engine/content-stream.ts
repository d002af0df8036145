const SPACE = 1;
const DELIMITER = 2;

/** Character classes of ISO 32000-1, 7.2.2, by code; a large stream is read letter by letter. */
const CLASS = new Uint8Array(256);
for (const letter of '\0\t\n\f\r ') CLASS[letter.charCodeAt(0)] = SPACE;
for (const letter of '()<>[]{}/%') CLASS[letter.charCodeAt(0)] = DELIMITER;

const PERCENT = 0x25;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Reads the operations of a decoded content stream (ISO 32000-1, 7.8.2) given as Latin-1 text, one at a time. Never throws:
 * what cannot be told is skipped, as viewers do.
 */
export class OperationReader {
  operator = '';
  /** For an inline image the data between ID and EI; its dictionary is in the operands. */
  image: string | undefined;
  private at = 0;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private hasComment = false;
  private end = 0;

  constructor(private readonly content: string) {}

  /** Moves to the next operation; false at the end. */
  next(): boolean {
    const { content, starts, ends } = this;
    starts.length = ends.length = 0;
    this.image = undefined;
    this.hasComment = false;
    for (;;) {
      const start = this.skipSpace();
      if (start >= content.length) return false;
      this.at = endOfToken(content, start);
      if (isOperand(content, start, this.at)) {
        starts.push(start);
        ends.push(this.at);
        continue;
      }
      this.operator = content.slice(start, this.at);
      this.end = this.at;
      if (this.operator === 'BI') this.readImage();
      if (/^[A-Za-z'"]/.test(this.operator)) return true;
      starts.length = ends.length = 0;
    }
  }

  get operands(): string[] {
    return this.starts.map((start, index) => this.content.slice(start, this.ends[index]));
  }

  operand(index: number): string | undefined {
    const position = index < 0 ? this.starts.length + index : index;
    return this.starts[position] === undefined
      ? undefined
      : this.content.slice(this.starts[position], this.ends[position]);
  }

  /** The operation as it stands, without comments. */
  get written(): string {
    if (this.image !== undefined) return `BI ${this.operands.join(' ')} ID ${this.image}\nEI`;
    if (this.hasComment) return [...this.operands, this.operator].join(' ');
    return this.content.slice(this.starts[0] ?? this.end - this.operator.length, this.end);
  }

  private skipSpace(): number {
    const { content } = this;
    let at = this.at;
    while (at < content.length) {
      const code = content.charCodeAt(at);
      if (code === PERCENT) {
        this.hasComment = true;
        at = endOfComment(content, at);
      } else if (CLASS[code] === SPACE) {
        at++;
      } else {
        break;
      }
    }
    this.at = at;
    return at;
  }

  private readImage(): void {
    this.starts.length = this.ends.length = 0;
    for (;;) {
      const start = this.skipSpace();
      if (start >= this.content.length) break;
      this.at = Math.max(start + 1, endOfToken(this.content, start));
      if (this.content.slice(start, this.at) === 'ID') break;
      this.starts.push(start);
      this.ends.push(this.at);
    }
    const data = this.at + 1;
    const end = endOfImage(this.content, data);
    this.image = this.content.slice(data, end.data);
    this.at = end.next;
  }
}

/** `/A#20B` as `A B`. */
export function nameOf(operand: string | undefined): string | undefined {
  if (!operand?.startsWith('/')) return undefined;
  return operand.slice(1).replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function isOperand(content: string, start: number, end: number): boolean {
  const first = content[start];
  if ('-+.0123456789/(<['.includes(first)) return true;
  if (first !== 't' && first !== 'f' && first !== 'n') return false;
  const token = content.slice(start, end);
  return token === 'true' || token === 'false' || token === 'null';
}

function endOfComment(content: string, from: number): number {
  let at = from;
  while (at < content.length && content.charCodeAt(at) !== NEWLINE && content.charCodeAt(at) !== RETURN) at++;
  return at;
}

function skipSpace(content: string, from: number): number {
  let at = from;
  while (at < content.length) {
    const code = content.charCodeAt(at);
    if (code === PERCENT) at = endOfComment(content, at);
    else if (CLASS[code] === SPACE) at++;
    else break;
  }
  return at;
}

function endOfToken(content: string, at: number): number {
  const first = content[at];
  if (first === '(') return endOfString(content, at);
  if (first === '<' && content[at + 1] !== '<') return endAfter(content, at, '>');
  if (first === '<' || first === '[') return endOfNest(content, at);
  if (first !== '/' && CLASS[content.charCodeAt(at)] === DELIMITER) return at + 1;
  let end = at + 1;
  while (end < content.length && CLASS[content.charCodeAt(end)] === 0) end++;
  return end;
}

function endAfter(content: string, at: number, mark: string): number {
  const found = content.indexOf(mark, at);
  return found < 0 ? content.length : found + mark.length;
}

function endOfString(content: string, at: number): number {
  let depth = 0;
  for (let index = at; index < content.length; index++) {
    const letter = content[index];
    if (letter === '\\') index++;
    else if (letter === '(') depth++;
    else if (letter === ')' && --depth === 0) return index + 1;
  }
  return content.length;
}

/** The end of an array or a dictionary, with what is nested in it. */
function endOfNest(content: string, at: number): number {
  let depth = 0;
  let index = at;
  while (index < content.length) {
    index = skipSpace(content, index);
    const pair = content.slice(index, index + 2);
    if (pair === '<<' || content[index] === '[') {
      depth++;
      index += pair === '<<' ? 2 : 1;
    } else if (pair === '>>' || content[index] === ']') {
      depth--;
      index += pair === '>>' ? 2 : 1;
      if (depth <= 0) return index;
    } else {
      index = Math.max(index + 1, endOfToken(content, index));
    }
  }
  return content.length;
}

/** EI ends the image when white space stands before it and what follows reads like content, not like pixels. */
function endOfImage(content: string, start: number): { data: number; next: number } {
  const pattern = /[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|$)/g;
  pattern.lastIndex = start - 1;
  for (let found = pattern.exec(content); found; found = pattern.exec(content)) {
    const next = found.index + 3;
    const following = content.slice(next, next + 24);
    if (/^[\t\n\f\r\x20-\x7e]*$/.test(following)) return { data: Math.max(start, found.index), next };
  }
  return { data: content.length, next: content.length };
}
