/** One operation of a content stream: operands as written, and for an inline image its dictionary and data in `image`. */
export interface Operation {
  operator: string;
  operands: string[];
  /** Data between ID and EI, Latin-1. */
  image?: string;
}

const SPACE = /[\0\t\n\f\r ]/;
const DELIMITER = /[\0\t\n\f\r ()<>[\]{}/%]/;

/**
 * Reads a decoded content stream (ISO 32000-1, 7.8.2) given as Latin-1 text. Never throws: what cannot be told is skipped,
 * as viewers do.
 */
export function* readOperations(content: string): Generator<Operation> {
  let operands: string[] = [];
  let at = 0;
  while (at < content.length) {
    at = skipSpace(content, at);
    if (at >= content.length) break;
    const end = endOfToken(content, at);
    const token = content.slice(at, end);
    at = end;
    if (isOperand(token)) {
      operands.push(token);
      continue;
    }
    if (token === 'BI') {
      const image = readInlineImage(content, at);
      yield { operator: 'BI', operands: image.entries, image: image.data };
      at = image.end;
    } else if (/^[A-Za-z'"]/.test(token)) {
      yield { operator: token, operands };
    }
    operands = [];
  }
}

export function writeOperation(operation: Operation): string {
  if (operation.image !== undefined) return `BI ${operation.operands.join(' ')} ID ${operation.image}\nEI`;
  return [...operation.operands, operation.operator].join(' ');
}

/** `/A#20B` as `A B`. */
export function nameOf(operand: string | undefined): string | undefined {
  if (!operand?.startsWith('/')) return undefined;
  return operand.slice(1).replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function isOperand(token: string): boolean {
  return /^[-+.0-9/(<[]/.test(token) || token === 'true' || token === 'false' || token === 'null';
}

function skipSpace(content: string, from: number): number {
  let at = from;
  while (at < content.length) {
    if (content[at] === '%') {
      while (at < content.length && content[at] !== '\n' && content[at] !== '\r') at++;
    } else if (SPACE.test(content[at])) {
      at++;
    } else {
      break;
    }
  }
  return at;
}

function endOfToken(content: string, at: number): number {
  const first = content[at];
  if (first === '(') return endOfString(content, at);
  if (first === '<' && content[at + 1] !== '<') return endAfter(content, at, '>');
  if (first === '<' || first === '[') return endOfNest(content, at);
  if (/[)\]{}>]/.test(first)) return at + 1;
  let end = at + 1;
  while (end < content.length && !DELIMITER.test(content[end])) end++;
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

function readInlineImage(content: string, from: number): { entries: string[]; data: string; end: number } {
  const entries: string[] = [];
  let at = from;
  while (at < content.length) {
    at = skipSpace(content, at);
    const end = Math.max(at + 1, endOfToken(content, at));
    const token = content.slice(at, end);
    at = end;
    if (token === 'ID') break;
    entries.push(token);
  }
  const start = at + 1;
  const end = endOfImage(content, start);
  return { entries, data: content.slice(start, end.data), end: end.next };
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
