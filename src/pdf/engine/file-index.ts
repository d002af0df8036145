import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  PDFObjectParser,
  PDFRawStream,
  PDFRef,
} from 'pdf-lib';
import type { PDFContext } from 'pdf-lib';
import { PdfDamagedError } from './errors';

const TAIL_BYTES = 2048;
const LARGEST_TABLE = 256 * 2 ** 20;
const MOST_REVISIONS = 1000;
const NOWHERE = -1;

/** Where every object of a file lies (ISO 32000-1, 7.5.4 and 7.5.8), without reading the objects. */
export class FileIndex {
  /** Byte offset by object number; for an object in an object stream -(number of that stream) - 2; -1 when there is none. */
  private places = new Float64Array(1024).fill(NOWHERE);
  private known = new Uint8Array(1024);
  private starts?: Float64Array;
  readonly trailer: { root?: PDFRef; info?: PDFRef } = {};
  isEncrypted = false;

  private constructor(
    readonly path: string,
    readonly size: number,
  ) {}

  /** Reads the cross-reference sections, newest first. Throws when they cannot be followed; then the file must be repaired first. */
  static read(path: string, context: PDFContext): FileIndex {
    const file = openSync(path, 'r');
    try {
      const index = new FileIndex(path, fstatSync(file).size);
      const from = Math.max(0, index.size - TAIL_BYTES);
      const tail = bytesAt(file, from, index.size - from).toString('latin1');
      const found = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail);
      if (!found) throw unreadable();
      const seen = new Set<number>();
      let at: number | undefined = Number(found[1]);
      while (at !== undefined) {
        if (seen.has(at) || seen.size > MOST_REVISIONS) throw unreadable();
        seen.add(at);
        at = index.readSection(file, at, context);
      }
      if (!index.trailer.root) throw unreadable();
      return index;
    } finally {
      closeSync(file);
    }
  }

  get largestNumber(): number {
    return this.places.length;
  }

  /** True while the file is the one that was read. */
  isOf(path: string): boolean {
    return this.path === path && statSync(path).size === this.size;
  }

  placeOf(number: number): { offset: number; end: number } | { inStream: number } | undefined {
    const place = number < this.places.length ? this.places[number] : NOWHERE;
    if (place === NOWHERE) return undefined;
    if (place < NOWHERE) return { inStream: -place - 2 };
    return { offset: place, end: this.endOf(place) };
  }

  /** Objects lie one after the other: at the latest the next one's start is this one's end. */
  private endOf(offset: number): number {
    this.starts ??= this.places.filter((place) => place >= 0).sort();
    let [low, high] = [0, this.starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= offset) low = middle + 1;
      else high = middle;
    }
    return this.starts[low] ?? this.size;
  }

  private readSection(file: number, at: number, context: PDFContext): number | undefined {
    const head = bytesAt(file, at, 32).toString('latin1');
    const dict = /^\s*xref/.test(head) ? this.readTable(file, at, context) : this.readStream(file, at, context);
    if (dict.has(PDFName.of('XRefStm'))) throw unreadable();
    if (dict.has(PDFName.of('Encrypt'))) this.isEncrypted = true;
    const [root, info] = ['Root', 'Info'].map((key) => dict.get(PDFName.of(key)));
    if (root instanceof PDFRef) this.trailer.root ??= root;
    if (info instanceof PDFRef) this.trailer.info ??= info;
    const previous = dict.get(PDFName.of('Prev'));
    return previous instanceof PDFNumber ? previous.asNumber() : undefined;
  }

  private readTable(file: number, at: number, context: PDFContext): PDFDict {
    const bytes = bytesUntil(file, at, this.size, 'startxref');
    const text = bytes.toString('latin1');
    const end = text.indexOf('trailer');
    if (end < 0) throw unreadable();
    const numbers = text.slice(text.indexOf('xref') + 4, end).split(/\s+/);
    let position = numbers[0] === '' ? 1 : 0;
    while (position + 1 < numbers.length) {
      const [first, count] = [Number(numbers[position]), Number(numbers[position + 1])];
      position += 2;
      for (let entry = 0; entry < count; entry++, position += 3) {
        this.note(first + entry, numbers[position + 2] === 'n' ? Number(numbers[position]) : NOWHERE);
      }
    }
    const dict = PDFObjectParser.forBytes(bytes.subarray(end + 'trailer'.length), context).parseObject();
    if (!(dict instanceof PDFDict)) throw unreadable();
    return dict;
  }

  private readStream(file: number, at: number, context: PDFContext): PDFDict {
    const stream = parseIndirect(bytesUntil(file, at, this.size, 'endobj'), context).object;
    if (!(stream instanceof PDFRawStream)) throw unreadable();
    const widths = numbersOf(stream.dict, 'W');
    const size = stream.dict.get(PDFName.of('Size'));
    if (widths.length !== 3 || !(size instanceof PDFNumber)) throw unreadable();
    const ranges = numbersOf(stream.dict, 'Index');
    const data = decodePDFRawStream(stream).decode();
    let byte = 0;
    const field = (width: number, absent: number): number => {
      if (width === 0) return absent;
      let value = 0;
      for (let end = byte + width; byte < end; byte++) value = value * 256 + (data[byte] ?? 0);
      return value;
    };
    const sections = ranges.length > 0 ? ranges : [0, size.asNumber()];
    for (let range = 0; range + 1 < sections.length; range += 2) {
      for (let entry = 0; entry < sections[range + 1] && byte < data.length; entry++) {
        const kind = field(widths[0], 1);
        const place = field(widths[1], 0);
        field(widths[2], 0);
        this.note(sections[range] + entry, kind === 1 ? place : kind === 2 ? -place - 2 : NOWHERE);
      }
    }
    return stream.dict;
  }

  /** Sections come newest first: what is known stays. */
  private note(number: number, place: number): void {
    if (!Number.isInteger(number) || number < 0 || !Number.isFinite(place) || place >= this.size) throw unreadable();
    if (number >= this.places.length) this.grow(number);
    if (this.known[number] === 1) return;
    this.known[number] = 1;
    this.places[number] = place;
  }

  private grow(number: number): void {
    // No file has more objects than bytes: a number beyond that is a trap.
    if (number > this.size) throw unreadable();
    const length = Math.max(number + 1, this.places.length * 2);
    const places = new Float64Array(length).fill(NOWHERE);
    places.set(this.places);
    const known = new Uint8Array(length);
    known.set(this.known);
    [this.places, this.known] = [places, known];
  }
}

/** The object that stands at the start of the bytes, after its number. Throws when none does. */
export function parseIndirect(bytes: Uint8Array, context: PDFContext) {
  const head = /^\s*(\d+)\s+(\d+)\s+obj/.exec(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
  if (!head) throw unreadable();
  const object = PDFObjectParser.forBytes(bytes.subarray(head[0].length), context).parseObject();
  return { number: Number(head[1]), object };
}

export function bytesAt(file: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, length));
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset));
}

function bytesUntil(file: number, offset: number, size: number, mark: string): Buffer {
  for (let length = 65_536; length <= LARGEST_TABLE * 2; length *= 4) {
    const bytes = bytesAt(file, offset, Math.min(length, size - offset));
    const end = bytes.indexOf(mark);
    if (end >= 0) return bytes.subarray(0, end + mark.length);
    if (offset + length >= size) break;
  }
  throw unreadable();
}

function numbersOf(dict: PDFDict, key: string): number[] {
  const list = dict.get(PDFName.of(key));
  if (!(list instanceof PDFArray)) return [];
  return list.asArray().map((each) => (each instanceof PDFNumber ? each.asNumber() : 0));
}

export function unreadable(): PdfDamagedError {
  return new PdfDamagedError('The PDF is damaged: its list of objects cannot be followed.');
}
