import { crc32, deflateRawSync } from 'node:zlib';
import type { Archive } from './read-archive';

/** MS-DOS date of 1 January 1980: the same parts always give the same bytes. */
const FIXED_DATE = 0x21;
const DEFLATED = 8;
const UTF8_NAMES = 0x0800;

/** Packs parts into a zip container, in their order. ODF wants `mimetype` first and stored, so that one is. */
export function writeArchive(archive: Archive): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of archive) {
    const stored = name === 'mimetype';
    const packed = stored ? content : deflateRawSync(content);
    const nameBytes = Buffer.from(name, 'utf8');
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(UTF8_NAMES, 2);
    shared.writeUInt16LE(stored ? 0 : DEFLATED, 4);
    shared.writeUInt16LE(FIXED_DATE, 8);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), shared, nameBytes, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, tail, nameBytes);
    offset += 30 + nameBytes.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(archive.size, 8);
  end.writeUInt16LE(archive.size, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listing, end]);
}
