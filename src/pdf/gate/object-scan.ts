import { PdfSyntax, entry, walk, type PdfValue } from './pdf-syntax';
import { decodeStream } from './stream-filters';

/** One object as it lies in the file, whether anything refers to it or not. */
export interface ScannedObject {
  number: number;
  value: PdfValue;
  /** The data of a stream as it lies in the file; decode one at a time, since pictures grow large. */
  raw?: Buffer;
  /** The number of the object stream that it was packed in. */
  packedIn?: number;
}

export interface ScannedFile {
  objects: ScannedObject[];
  trailers: PdfValue[];
  /** Everything in the file outside stream data, one character a byte: syntax, comments, left-overs. */
  rest: string;
  /** Bytes before the header or after the last `%%EOF`. */
  strayBytes: number;
  /** How many `startxref` the file has: one a revision. */
  revisions: number;
  linearized: boolean;
}

/**
 * Reads every object of a PDF by its own marks in the file, not through its cross-reference table, so that objects which
 * nothing points to and objects of earlier revisions are found too.
 */
export function scanObjects(pdf: Uint8Array): ScannedFile {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const text = bytes.toString('latin1');
  const objects: ScannedObject[] = [];
  const rest: string[] = [];
  const lengths = new Map<number, number>();
  for (const [, number, length] of text.matchAll(/(\d{1,10})\s+\d{1,5}\s+obj\s+(\d{1,10})\s+endobj/g)) {
    lengths.set(Number(number), Number(length));
  }
  const start = /(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+obj(?![a-zA-Z])/g;
  let copied = 0;
  for (let match = start.exec(text); match !== null; match = start.exec(text)) {
    const syntax = new PdfSyntax(text, start.lastIndex);
    const object: ScannedObject = { number: Number(match[1]), value: syntax.read() };
    objects.push(object);
    const data = streamRange(text, syntax, object.value, lengths);
    if (data) {
      rest.push(text.slice(copied, data.from));
      copied = data.to;
      object.raw = bytes.subarray(data.from, data.to);
    }
    start.lastIndex = Math.max(start.lastIndex, data?.to ?? Math.min(syntax.at, nextObject(text, start.lastIndex)));
  }
  rest.push(text.slice(copied));
  const outside = rest.join('\n');
  for (const object of [...objects]) if (nameOf(object, 'Type') === 'ObjStm') objects.push(...unpack(object));
  return {
    objects,
    trailers: [...trailersIn(outside), ...objects.filter((o) => nameOf(o, 'Type') === 'XRef').map((o) => o.value)],
    rest: outside,
    strayBytes: strayBytes(text),
    revisions: outside.match(/startxref/g)?.length ?? 0,
    linearized: objects.slice(0, 1).some((o) => entry(o.value, 'Linearized') !== undefined),
  };
}

/** The numbers of all objects that can be reached from a trailer. */
export function reachable(file: ScannedFile): Set<number> {
  const byNumber = new Map<number, ScannedObject[]>();
  for (const object of file.objects) byNumber.set(object.number, [...(byNumber.get(object.number) ?? []), object]);
  const seen = new Set<number>();
  const waiting = file.trailers.flatMap(referencesOf);
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (seen.has(number)) continue;
    seen.add(number);
    for (const object of byNumber.get(number) ?? []) waiting.push(...referencesOf(object.value));
  }
  return seen;
}

/** The value of a name entry of an object's dictionary. */
export function nameOf(object: ScannedObject, key: string): string | undefined {
  const value = entry(object.value, key);
  return value?.kind === 'name' ? value.value : undefined;
}

function streamRange(
  text: string,
  syntax: PdfSyntax,
  value: PdfValue,
  lengths: Map<number, number>,
): { from: number; to: number } | undefined {
  if (value.kind !== 'dictionary') return undefined;
  syntax.skipBlanks();
  if (!text.startsWith('stream', syntax.at)) return undefined;
  let from = syntax.at + 6;
  if (text.charAt(from) === '\r') from += 1;
  if (text.charAt(from) === '\n') from += 1;
  const given = entry(value, 'Length');
  const length =
    given?.kind === 'number' ? given.value : given?.kind === 'reference' ? lengths.get(given.object) : undefined;
  if (length !== undefined && length >= 0 && /^\s{0,2}endstream/.test(text.slice(from + length, from + length + 12))) {
    return { from, to: from + length };
  }
  const end = text.indexOf('endstream', from);
  return { from, to: end < 0 ? text.length : end };
}

/** A broken string must not swallow the objects behind it. */
function nextObject(text: string, from: number): number {
  const end = text.indexOf('endobj', from);
  return end < 0 ? text.length : end;
}

/** A stream of objects; one that cannot be decoded is reported where all streams are decoded. */
function unpack(container: ScannedObject): ScannedObject[] {
  const text = readOrNothing(container);
  const first = entry(container.value, 'First');
  const offset = first?.kind === 'number' ? first.value : 0;
  const numbers = text.slice(0, offset).trim().split(/\s+/).map(Number);
  const packed: ScannedObject[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const value = new PdfSyntax(text, offset + (numbers[i + 1] as number)).read();
    packed.push({ number: numbers[i] as number, value, packedIn: container.number });
  }
  return packed;
}

function readOrNothing(container: ScannedObject): string {
  try {
    return decodeStream(container.raw ?? Buffer.alloc(0), container.value).bytes.toString('latin1');
  } catch {
    return '';
  }
}

function trailersIn(text: string): PdfValue[] {
  return [...text.matchAll(/trailer(?=\s*<<)/g)].map((match) => new PdfSyntax(text, match.index + 7).read());
}

function strayBytes(text: string): number {
  const before = Math.max(0, text.indexOf('%PDF-'));
  const end = text.lastIndexOf('%%EOF');
  const after = end < 0 ? 0 : text.slice(end + 5).replace(/[\0\s]/g, '').length;
  return before + after;
}

function referencesOf(value: PdfValue): number[] {
  const found: number[] = [];
  walk(value, (inner) => {
    if (inner.kind === 'reference') found.push(inner.object);
  });
  return found;
}
