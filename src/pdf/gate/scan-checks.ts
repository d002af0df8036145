import { contentParts } from './content-strings';
import { nameOf, reachable, type ScannedFile, type ScannedObject } from './object-scan';
import { entry, walk, type PdfValue } from './pdf-syntax';
import { stringReadings } from './string-readings';
import type { SearchMode, TermSearch } from './terms';

/** What a check found: whole sentences without content, and the term's index where there is one. */
export interface ScanFinding {
  message: string;
  term?: number;
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
  const counts = new Map<number, number>();
  for (const object of file.objects) counts.set(object.number, (counts.get(object.number) ?? 0) + 1);
  const double = [...counts].filter(([, count]) => count > 1).map(([number]) => number);
  if (double.length > 0) {
    found.push({ message: `Object ${double[0]} and ${double.length - 1} others stand more than once in the file.` });
  }
  for (const object of file.objects) {
    if (object.damage !== undefined) found.push({ message: `Object ${object.number}: ${object.damage}` });
  }
  return found;
}

/** Objects that hold text or a stream and that nothing refers to. */
export function checkUnreachable(file: ScannedFile, reached: Set<number>): ScanFinding[] {
  return file.objects
    .filter((object) => !reached.has(object.number) && !isBookkeeping(object) && holdsText(object))
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
 * Seeks the terms in every string, name, comment and decoded stream. What a page shows may be left to the page-text check
 * for terms in `shown`: they are in sight by a decision.
 */
export function checkObjectText(file: ScannedFile, search: TermSearch, shown: ReadonlySet<number>): ScanFinding[] {
  const reached = reachable(file);
  const found: ScanFinding[] = [];
  const look = (text: string, mode: SearchMode, where: string, parts: boolean, skip?: ReadonlySet<number>): void => {
    for (const hit of search.find(text, mode, parts)) {
      if (!skip?.has(hit.term)) found.push({ message: `${where} holds a text that must be gone.`, term: hit.term });
    }
  };
  look(file.rest, 'structure', 'The file outside its streams', false);
  for (const comment of file.rest.match(/%[^\r\n]{2,2000}/g) ?? [])
    look(comment, 'text', 'A comment in the file', false);
  for (const trailer of file.trailers) for (const text of textsOf(trailer)) look(text, 'text', 'The trailer', false);
  for (const object of file.objects) {
    const lost = !reached.has(object.number) && !isBookkeeping(object);
    const where = `${lost ? 'The unreachable object' : 'Object'} ${object.number}`;
    for (const text of textsOf(object.value)) look(text, 'text', where, lost);
    if (!object.stream || isBookkeeping(object)) continue;
    lookInStream(object, (text, mode, visible) => look(text, mode, where, lost, visible && !lost ? shown : undefined));
  }
  return distinct(found);
}

function lookInStream(object: ScannedObject, look: (text: string, mode: SearchMode, visible: boolean) => void): void {
  const { bytes, picture } = object.stream as NonNullable<ScannedObject['stream']>;
  const plain = picture === undefined && isReadable(bytes);
  if (!plain) {
    // Pixels and font programs: only runs of readable characters can hold a text.
    for (const run of readableRuns(bytes)) look(run, 'structure', false);
    return;
  }
  const text = bytes.toString('latin1');
  const isDocument = nameOf(object, 'Type') === 'Metadata' || nameOf(object, 'Type') === 'EmbeddedFile';
  if (isDocument || /^(?:\xef\xbb\xbf)?\s*</.test(text)) {
    for (const reading of stringReadings(text)) look(withoutEntities(reading), 'text', false);
    return;
  }
  const parts = contentParts(text);
  for (const reading of stringReadings(parts.shown)) look(reading, 'text', true);
  for (const hidden of parts.hidden) for (const reading of stringReadings(hidden)) look(reading, 'text', false);
  look(parts.rest, 'structure', false);
}

function textsOf(value: PdfValue): string[] {
  const found: string[] = [];
  walk(value, (inner) => {
    if (inner.kind === 'string') found.push(...stringReadings(inner.value));
    if (inner.kind === 'name') found.push(...stringReadings(inner.value));
    if (inner.kind === 'dictionary') for (const key of inner.entries.keys()) if (key.length > 12) found.push(key);
  });
  return found;
}

function isBookkeeping(object: ScannedObject): boolean {
  return ['XRef', 'ObjStm'].includes(nameOf(object, 'Type') ?? '') || entry(object.value, 'Linearized') !== undefined;
}

function holdsText(object: ScannedObject): boolean {
  if (object.stream || object.damage !== undefined) return true;
  let text = false;
  walk(object.value, (inner) => {
    text ||= inner.kind === 'string' && inner.value !== '';
  });
  return text;
}

function isReadable(bytes: Buffer): boolean {
  const probe = bytes.subarray(0, 4096);
  let readable = 0;
  for (const byte of probe) if ((byte >= 32 && byte < 127) || byte === 10 || byte === 13 || byte === 9) readable += 1;
  return readable >= probe.length * 0.75;
}

function readableRuns(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  const narrow = text.match(/[ -~\xa0-\xff]{6,}/g) ?? [];
  const wide = text.match(/(?:\0[ -~\xa0-\xff]){6,}/g) ?? [];
  return [...narrow.filter((run) => /[ -~]{5}/.test(run)), ...wide.map((run) => run.replace(/\0/g, ''))];
}

function withoutEntities(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => codePoint(parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_, digits: string) => codePoint(Number(digits)));
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function distinct(found: ScanFinding[]): ScanFinding[] {
  return [...new Map(found.map((finding) => [`${finding.term}:${finding.message}`, finding])).values()];
}
