import { LARGEST_PICTURE } from './pdfjs-document';
import { nameOf, type ScannedFile, type ScannedObject } from './object-scan';
import { entry, walk, type PdfValue } from './pdf-syntax';
import { stringReadings } from './string-readings';
import type { SearchMode, TermSearch } from './terms';
import { CHOSEN_KEYS, isDefinedValue, withoutVocabulary } from './vocabulary';

/** What a check found: whole sentences without content, and the term's index where there is one. */
export interface ScanFinding {
  message: string;
  term?: number;
  /** The number of the object in which it was found. */
  object?: number;
  /** Pages (from 0) that draw with that object. */
  usedOn?: number[];
}

/** One revision, no encryption, no stray bytes, no stream that cannot be read. */
export function checkStructure(file: ScannedFile): ScanFinding[] {
  const found: ScanFinding[] = [];
  const several = file.revisions > (file.linearized ? 2 : 1);
  const earlier = !file.linearized && file.trailers.some((trailer) => entry(trailer, 'Prev') !== undefined);
  if (several || earlier)
    found.push({ message: 'The file holds an earlier revision of itself. Save it anew as one revision.' });
  if (file.trailers.length === 0)
    found.push({ message: 'The file has no trailer, so its objects cannot be told apart.' });
  if (file.trailers.some((trailer) => entry(trailer, 'Encrypt') !== undefined)) {
    found.push({ message: 'The file is encrypted, so the scan cannot read it. Save it without encryption.' });
  }
  if (file.strayBytes > 0) {
    found.push({ message: `${file.strayBytes} bytes lie before the header or after the end of the file.` });
  }
  const huge = file.objects.find((object) => pixelsOf(object) > LARGEST_PICTURE);
  if (huge) {
    const message = `The picture in object ${huge.number} is too large to be judged. Make it smaller.`;
    found.push({ message, object: huge.number });
  }
  const counts = new Map<number, number>();
  for (const object of file.objects) counts.set(object.number, (counts.get(object.number) ?? 0) + 1);
  const double = [...counts].filter(([, count]) => count > 1).map(([number]) => number);
  if (double.length > 0) {
    found.push({ message: `Object ${double[0]} and ${double.length - 1} others stand more than once in the file.` });
  }
  return found;
}

function pixelsOf(object: ScannedObject): number {
  if (nameOf(object, 'Subtype') !== 'Image') return 0;
  const [width, height] = ['Width', 'Height'].map((key) => entry(object.value, key));
  return width?.kind === 'number' && height?.kind === 'number' ? width.value * height.value : 0;
}

/** Objects that hold text or a stream and that nothing refers to. */
export function checkUnreachable(file: ScannedFile, reached: Set<number>): ScanFinding[] {
  return file.objects
    .filter((object) => isLost(object, reached) && holdsText(object))
    .map((object) => ({ message: `Object ${object.number} holds content, but nothing in the file refers to it.` }));
}

/** What programs leave for themselves: private data, thumbnails, portfolios. Redaction marks that were never applied. */
export function checkPrivateData(file: ScannedFile): ScanFinding[] {
  const KEYS = new Map([
    ['PieceInfo', 'private data of a program'],
    ['Thumb', 'a thumbnail of a page'],
    ['Collection', 'a portfolio of files'],
    ['SpiderInfo', 'a record of where it was fetched'],
    ['XFA', 'an XFA form'],
  ]);
  const found: ScanFinding[] = [];
  for (const object of file.objects) {
    walk(object.value, (inner) => {
      if (inner.kind !== 'dictionary') return;
      for (const [key, what] of KEYS) {
        if (inner.entries.has(key)) found.push({ message: `Object ${object.number} holds ${what}.` });
      }
      const kind = inner.entries.get('Subtype');
      if (kind?.kind === 'name' && kind.value === 'Redact') {
        found.push({ message: `Object ${object.number} is a redaction mark that was never applied.` });
      }
    });
  }
  return distinct(found);
}

/**
 * Seeks the terms in every string, name and comment outside the streams. What nothing refers to is searched for single words
 * of names too.
 */
export function checkObjectText(file: ScannedFile, search: TermSearch, reached: Set<number>): ScanFinding[] {
  const found: ScanFinding[] = [];
  const look = (text: string, mode: SearchMode, where: string, parts = false, object?: number): void => {
    for (const { term } of search.find(text, mode, parts)) found.push(leak(where, term, object));
  };
  look(withoutVocabulary(file.rest), 'structure', 'The file outside its streams');
  for (const comment of file.rest.match(/%[^\r\n]{2,2000}/g) ?? []) look(comment, 'text', 'A comment in the file');
  for (const trailer of file.trailers) for (const text of textsOf(trailer)) look(text, 'text', 'The trailer');
  for (const object of file.objects) {
    const lost = isLost(object, reached);
    const where = placeOf(object, lost);
    for (const text of textsOf(object.value)) look(text, 'text', where, lost, object.number);
    for (const name of chosenKeys(object.value)) look(name, 'structure', where, lost, object.number);
  }
  return distinct(found);
}

function textsOf(value: PdfValue): string[] {
  const found: string[] = [];
  const look = (inner: PdfValue, key: string): void => {
    if (inner.kind === 'string') found.push(...stringReadings(inner.value));
    if (inner.kind === 'name' && !isDefinedValue(key, inner.value)) found.push(...stringReadings(inner.value));
    if (inner.kind === 'array') for (const item of inner.items) look(item, key);
    if (inner.kind !== 'dictionary') return;
    for (const [name, each] of inner.entries) {
      if (name.length > 12) found.push(name);
      look(each, name);
    }
  };
  look(value, '');
  return found;
}

/** The names of resources, glyphs and places to go to. */
function chosenKeys(value: PdfValue): string[] {
  const found: string[] = [];
  walk(value, (inner) => {
    if (inner.kind !== 'dictionary') return;
    for (const [name, list] of inner.entries) {
      if (CHOSEN_KEYS.has(name) && list.kind === 'dictionary') found.push(...list.entries.keys());
    }
  });
  return found;
}

function isBookkeeping(object: ScannedObject): boolean {
  return ['XRef', 'ObjStm'].includes(nameOf(object, 'Type') ?? '') || entry(object.value, 'Linearized') !== undefined;
}

function holdsText(object: ScannedObject): boolean {
  if (object.raw) return true;
  let text = false;
  walk(object.value, (inner) => {
    text ||= inner.kind === 'string' && inner.value !== '';
  });
  return text;
}

/** True when nothing in the file refers to the object. */
export function isLost(object: ScannedObject, reached: ReadonlySet<number>): boolean {
  return !reached.has(object.number) && !isBookkeeping(object);
}

/** How a finding names an object. */
export function placeOf(object: ScannedObject, lost: boolean): string {
  return `${lost ? 'The unreachable object' : 'Object'} ${object.number}`;
}

/** The sentence of a term that was found. */
export function leak(where: string, term: number, object?: number): ScanFinding {
  return { message: `${where} holds a text that must be gone.`, term, object };
}

export function distinct(found: ScanFinding[]): ScanFinding[] {
  return [...new Map(found.map((finding) => [`${finding.term}:${finding.message}`, finding])).values()];
}
