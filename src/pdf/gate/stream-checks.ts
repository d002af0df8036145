import { contentParts } from './content-strings';
import { nameOf, type ScannedFile, type ScannedObject } from './object-scan';
import { distinct, isLost, leak, placeOf, type ScanFinding } from './scan-checks';
import { StreamError, decodeStream, type DecodedStream } from './stream-filters';
import { stringReadings } from './string-readings';
import type { SearchMode, TermSearch } from './terms';
import { withoutVocabulary } from './vocabulary';

/** All streams of a file together may grow to this many bytes, or to a hundred times the file. */
const LARGEST_FILE = 2 * 1024 * 1024 * 1024;
/** Of pixels only the beginning and the end are read as text: comments stand there. */
const EDGE_OF_PICTURE = 65_536;

export interface StreamFindings {
  leaks: ScanFinding[];
  /** How often the content streams hold each term as text to show; the pages tell how often it is painted. */
  streamed: Map<number, number>;
  /** Streams that could not be decoded. */
  damaged: ScanFinding[];
}

/**
 * Decodes every stream, one at a time, and seeks the terms in it. What a content stream shows is counted only: the
 * pages judge what is painted, and what is not painted is left over.
 */
export function checkStreams(
  file: ScannedFile,
  size: number,
  search: TermSearch,
  reached: ReadonlySet<number>,
): StreamFindings {
  const found: StreamFindings = { leaks: [], streamed: new Map(), damaged: [] };
  let grown = 0;
  for (const object of file.objects) {
    if (!object.raw) continue;
    const lost = isLost(object, reached);
    const where = placeOf(object, lost);
    try {
      if (grown > Math.max(LARGEST_FILE, 100 * size)) throw new StreamError('The streams grow too large together.');
      const stream = decodeStream(object.raw, object.value);
      grown += stream.bytes.length;
      if (nameOf(object, 'Type') === 'XRef') continue;
      lookInStream(object, stream, {
        hidden: (text, mode) => {
          for (const { term } of search.find(text, mode, lost)) found.leaks.push(leak(where, term, object.number));
        },
        shown: (readings) => {
          if (lost)
            for (const reading of readings)
              for (const { term } of search.find(reading, 'text', true))
                found.leaks.push(leak(where, term, object.number));
          else
            for (const [term, times] of countsOf(readings, search))
              found.streamed.set(term, (found.streamed.get(term) ?? 0) + times);
        },
      });
    } catch (error) {
      const why = error instanceof StreamError ? error.message : 'A stream cannot be decoded.';
      found.damaged.push({ message: `${where}: ${why}`, object: object.number });
    }
  }
  return { ...found, leaks: distinct(found.leaks) };
}

/** The readings are ways to read the same bytes: a term counts as often as the reading that holds it most. */
function countsOf(readings: readonly string[], search: TermSearch): Map<number, number> {
  const most = new Map<number, number>();
  for (const reading of readings) {
    const counts = new Map<number, number>();
    for (const { term } of search.find(reading)) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, times] of counts) most.set(term, Math.max(times, most.get(term) ?? 0));
  }
  return most;
}

interface Look {
  hidden(text: string, mode: SearchMode): void;
  shown(readings: readonly string[]): void;
}

function lookInStream(object: ScannedObject, { bytes, picture }: DecodedStream, { hidden, shown }: Look): void {
  if (nameOf(object, 'Type') === 'ObjStm') {
    // Its objects are searched one by one; here it is about what lies between them.
    hidden(withoutVocabulary(bytes.toString('latin1')), 'structure');
    return;
  }
  if (nameOf(object, 'Subtype') === 'Image' && picture === undefined) {
    const edges = [bytes.subarray(0, EDGE_OF_PICTURE), bytes.subarray(EDGE_OF_PICTURE).subarray(-EDGE_OF_PICTURE)];
    for (const run of edges.flatMap(readableRuns)) hidden(run, 'structure');
    return;
  }
  if (picture !== undefined || !isReadable(bytes)) {
    for (const run of readableRuns(bytes)) hidden(run, 'structure');
    return;
  }
  const text = bytes.toString('latin1');
  const isDocument = nameOf(object, 'Type') === 'Metadata' || nameOf(object, 'Type') === 'EmbeddedFile';
  if (isDocument || /^(?:\xef\xbb\xbf)?\s*</.test(text)) {
    for (const reading of stringReadings(text)) hidden(withoutEntities(reading), 'text');
    return;
  }
  const parts = contentParts(text);
  shown(stringReadings(parts.shown));
  for (const text of parts.hidden) for (const reading of stringReadings(text)) hidden(reading, 'text');
  for (const comment of parts.rest.match(/%[^\r\n]{2,2000}/g) ?? []) hidden(comment, 'text');
  hidden(parts.rest, 'structure');
}

function isReadable(bytes: Buffer): boolean {
  const probe = bytes.subarray(0, 4096);
  let readable = 0;
  for (const byte of probe) if ((byte >= 32 && byte < 127) || byte === 10 || byte === 13 || byte === 9) readable += 1;
  return readable >= probe.length * 0.75;
}

/** Runs of letters in bytes that are no text: one byte or two bytes a letter. A run needs mostly ASCII to be one. */
function readableRuns(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  const narrow = (text.match(/[ -~\xc0-\xfe]{6,}/g) ?? []).filter(isMostlyAscii);
  const wide = text.match(/(?:\0[ -~\xc0-\xfe]){6,}/g) ?? [];
  return [...narrow, ...wide.map((run) => run.replace(/\0/g, ''))];
}

/** A name may begin with a letter beyond ASCII, or have two; pixels and codes have mostly such. */
function isMostlyAscii(run: string): boolean {
  return run.replace(/[^ -~]/g, '').length >= run.length * 0.6;
}

function withoutEntities(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => codePoint(parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_, digits: string) => codePoint(Number(digits)));
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
