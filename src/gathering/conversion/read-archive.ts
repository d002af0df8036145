import { crc32, inflateRawSync } from 'node:zlib';
import { UnreadableFile } from './conversion-result';
import { decodeText } from './decode-text';
import type { ConversionLimits } from './limits';

/** Parts of a zip container in the order of its directory; folders are left out. */
export type Archive = Map<string, Buffer>;

interface DirectoryEntry {
  name: string;
  flags: number;
  method: number;
  checksum: number;
  packedSize: number;
  size: number;
  offset: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const ENCRYPTED = 1;
const UTF8_NAME = 0x0800;

function damaged(detail: string): UnreadableFile {
  return new UnreadableFile('damaged', detail);
}

/** APPNOTE 4.3.16: the end record is the last thing but a comment of at most 65,535 bytes. */
function endOfDirectory(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - 22 - 0xffff);
  for (let at = bytes.length - 22; at >= lowest; at--) {
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw damaged('Filens indholdsfortegnelse mangler: slutningen af filen er sandsynligvis gået tabt.');
}

/** Names are UTF-8 when the flag says so (APPNOTE, appendix D); without it old Danish programs wrote their DOS letters. */
function nameText(bytes: Buffer, flags: number): string {
  return (flags & UTF8_NAME) !== 0 ? bytes.toString('utf8') : decodeText(bytes).text;
}

function directoryOf(bytes: Buffer, limits: Pick<ConversionLimits, 'archiveParts'>): DirectoryEntry[] {
  const end = endOfDirectory(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > limits.archiveParts) throw new UnreadableFile('too-large', `Filen består af ${count} dele.`);
  const entries: DirectoryEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) {
      throw damaged('Filens indholdsfortegnelse er ødelagt.');
    }
    const nameLength = bytes.readUInt16LE(at + 28);
    const flags = bytes.readUInt16LE(at + 8);
    entries.push({
      name: nameText(bytes.subarray(at + 46, at + 46 + nameLength), flags),
      flags,
      method: bytes.readUInt16LE(at + 10),
      checksum: bytes.readUInt32LE(at + 16),
      packedSize: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function packedPart(bytes: Buffer, entry: DirectoryEntry): Buffer {
  const { offset } = entry;
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL_HEADER) {
    throw damaged('En del af filen mangler.');
  }
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + entry.packedSize > bytes.length) throw damaged('En del af filen er afkortet.');
  return bytes.subarray(start, start + entry.packedSize);
}

function inflate(packed: Buffer, entry: DirectoryEntry, room: number): Buffer {
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw new UnreadableFile('unknown-format', 'Filen er pakket på en måde, der ikke kendes.');
  try {
    // The bound is on what comes out, not on what the directory promises.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, room) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new UnreadableFile('too-large', 'Filen fylder for meget, når den pakkes ud.');
    }
    throw damaged('En del af filen kan ikke pakkes ud.');
  }
}

/**
 * Reads a whole zip container into memory, checking every part's checksum.
 * @throws UnreadableFile `damaged`, `password` (a part is encrypted) or `too-large` (a bound is reached)
 */
export function readArchive(bytes: Buffer, limits: Pick<ConversionLimits, 'archiveParts' | 'inflatedBytes'>): Archive {
  const archive: Archive = new Map();
  let room = limits.inflatedBytes;
  for (const entry of directoryOf(bytes, limits)) {
    if (entry.name.endsWith('/')) continue;
    if ((entry.flags & ENCRYPTED) !== 0) throw new UnreadableFile('password');
    const content = inflate(packedPart(bytes, entry), entry, room);
    room -= content.length;
    if (room < 0) throw new UnreadableFile('too-large', 'Filen fylder for meget, når den pakkes ud.');
    if (crc32(content) !== entry.checksum) throw damaged('En del af filen har forkert kontrolsum.');
    archive.set(entry.name, content);
  }
  return archive;
}
