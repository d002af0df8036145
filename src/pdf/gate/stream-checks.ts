import { contentParts } from './content-strings';
import { nameOf, type ScannedFile, type ScannedObject } from './object-scan';
import { distinct, isLost, leak, placeOf, type ScanFinding } from './scan-checks';
import { StreamError, decodeStream, type DecodedStream } from './stream-filters';
import { stringReadings } from './string-readings';
import type { SearchMode, TermSearch } from './terms';

/** All streams of a file together may grow to this many bytes, or to a hundred times the file. */
const LARGEST_FILE = 2 * 1024 * 1024 * 1024;
/** Of pixels only the beginning and the end are read as text: comments stand there. */
const EDGE_OF_PICTURE = 65_536;

export interface StreamFindings {
  leaks: ScanFinding[];
  /** Streams that could not be decoded. */
  damaged: ScanFinding[];
}

/**
 * Decodes every stream, one at a time, and seeks the terms in it. What a page shows is left to the page-text check for terms
 * in `shown`: they are in sight by a decision.
 */
export function checkStreams(
  file: ScannedFile,
  size: number,
  search: TermSearch,
  reached: ReadonlySet<number>,
  shown: ReadonlySet<number>,
): StreamFindings {
  const found: StreamFindings = { leaks: [], damaged: [] };
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
      lookInStream(object, stream, (text, mode, visible) => {
        for (const { term } of search.find(text, mode, lost)) {
          if (!(visible && !lost && shown.has(term))) found.leaks.push(leak(where, term));
        }
      });
    } catch (error) {
      const why = error instanceof StreamError ? error.message : 'A stream cannot be decoded.';
      found.damaged.push({ message: `${where}: ${why}` });
    }
  }
  return { leaks: distinct(found.leaks), damaged: found.damaged };
}

type Look = (text: string, mode: SearchMode, visible: boolean) => void;

function lookInStream(object: ScannedObject, { bytes, picture }: DecodedStream, look: Look): void {
  if (nameOf(object, 'Type') === 'ObjStm') {
    // Its objects are searched one by one; here it is about what lies between them.
    look(bytes.toString('latin1'), 'structure', false);
    return;
  }
  if (nameOf(object, 'Subtype') === 'Image' && picture === undefined) {
    const edges = [bytes.subarray(0, EDGE_OF_PICTURE), bytes.subarray(EDGE_OF_PICTURE).subarray(-EDGE_OF_PICTURE)];
    for (const run of edges.flatMap(readableRuns)) look(run, 'structure', false);
    return;
  }
  if (picture !== undefined || !isReadable(bytes)) {
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

function isReadable(bytes: Buffer): boolean {
  const probe = bytes.subarray(0, 4096);
  let readable = 0;
  for (const byte of probe) if ((byte >= 32 && byte < 127) || byte === 10 || byte === 13 || byte === 9) readable += 1;
  return readable >= probe.length * 0.75;
}

/** Runs of letters in bytes that are no text: one byte or two bytes a letter. A run needs mostly ASCII to be one. */
function readableRuns(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  const narrow = text.match(/[ -~]{3,}(?:[\xc0-\xfe]{1,2}[ -~]{2,})*/g) ?? [];
  const wide = text.match(/(?:\0[ -~\xc0-\xfe]){6,}/g) ?? [];
  return [...narrow.filter((run) => run.length >= 6), ...wide.map((run) => run.replace(/\0/g, ''))];
}

function withoutEntities(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => codePoint(parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_, digits: string) => codePoint(Number(digits)));
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
