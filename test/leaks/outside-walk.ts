import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { inflateSync, inflateRawSync, constants } from 'node:zlib';
import type { AbsentTerm } from '../../src/contracts';

const there = new Map<string, boolean>();

function programIsThere(program: string): boolean {
  const known = there.get(program) ?? spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
  there.set(program, known);
  return known;
}

/** Where a secret was found by programs that are no part of ours; empty when it is gone. */
export function foundOutside(path: string, { text }: AbsentTerm): string[] {
  const file = readFileSync(path);
  const found: string[] = [];
  if (holds(file, text)) found.push('bytes of the file');
  for (const [at, bytes] of streamsOf(file)) if (holds(bytes, text)) found.push(`stream at byte ${at}`);
  if (programIsThere('qpdf')) {
    const flat = run('qpdf', [
      '--warning-exit-0',
      '--qdf',
      '--object-streams=disable',
      '--decode-level=all',
      path,
      '-',
    ]);
    if (holds(flat, text)) found.push('objects as qpdf reads them');
  }
  if (programIsThere('pdftotext')) {
    const read = run('pdftotext', ['-raw', '-enc', 'UTF-8', path, '-']).toString('utf8');
    if (tight(read).includes(tight(text))) found.push('text as Poppler reads it');
  }
  return found;
}

function run(program: string, args: string[]): Buffer {
  return execFileSync(program, args, { maxBuffer: 256 * 1024 * 1024, stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Every stream that zlib can undo, found by the word before it and nothing else. */
function streamsOf(file: Buffer): [number, Buffer][] {
  const found: [number, Buffer][] = [];
  for (let at = file.indexOf('stream'); at >= 0; at = file.indexOf('stream', at + 6)) {
    const data = file.subarray(at + (file[at + 6] === 13 ? 8 : 7));
    const bytes = undone(data);
    if (bytes) found.push([at, bytes]);
  }
  return found;
}

function undone(data: Buffer): Buffer | undefined {
  const options = { finishFlush: constants.Z_SYNC_FLUSH };
  for (const inflate of [() => inflateSync(data, options), () => inflateRawSync(data.subarray(2), options)]) {
    try {
      return inflate();
    } catch {
      // Not this way.
    }
  }
  return undefined;
}

/** The secret in the ways in which bytes may hold it. */
function holds(bytes: Buffer, text: string): boolean {
  const spellings = new Set([text, text.replace(/[ -]/g, ''), [...text].reverse().join('')]);
  return [...spellings].some((spelling) => {
    const wide = Buffer.from(spelling, 'utf16le');
    const ways = [Buffer.from(spelling, 'latin1'), Buffer.from(spelling, 'utf8'), wide, Buffer.from(wide).swap16()];
    return ways.some((way) => bytes.includes(way) || holdsHexadecimal(bytes, way) || bytes.includes(octal(way)));
  });
}

function holdsHexadecimal(bytes: Buffer, way: Buffer): boolean {
  const hex = way.toString('hex');
  return bytes.includes(hex) || bytes.includes(hex.toUpperCase());
}

function octal(way: Buffer): string {
  return [...way].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

function tight(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
