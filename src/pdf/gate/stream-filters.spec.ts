import { deflateRawSync, deflateSync } from 'node:zlib';
import { PdfSyntax } from './pdf-syntax';
import { StreamError, decodeStream } from './stream-filters';

const TEXT = 'Mette S\u00f8rensen bor p\u00e5 Birkevej 12 '.repeat(40);
const PLAIN = Buffer.from(TEXT, 'latin1');

const decode = (raw: Buffer, dictionary: string): string =>
  decodeStream(raw, new PdfSyntax(dictionary).read()).bytes.toString('latin1');

/** Writes 9-bit codes only, with a fresh table before they would have to grow. */
function lzw(bytes: Buffer): Buffer {
  const bits = [...bytes].flatMap((byte, i) => (i % 200 === 0 ? [256, byte] : [byte])).concat(257);
  const text = bits.map((code) => code.toString(2).padStart(9, '0')).join('');
  return Buffer.from((text.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2)));
}

function ascii85(bytes: Buffer): Buffer {
  const groups: string[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const part = bytes.subarray(at, at + 4);
    let value = Buffer.concat([part, Buffer.alloc(4 - part.length)]).readUInt32BE();
    const digits = Array.from({ length: 5 }, () => {
      const digit = value % 85;
      value = Math.floor(value / 85);
      return String.fromCharCode(33 + digit);
    });
    groups.push(
      digits
        .reverse()
        .join('')
        .slice(0, part.length + 1),
    );
  }
  return Buffer.from(`${groups.join('\n')}~>`);
}

function runLength(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 100) {
    const part = bytes.subarray(at, at + 100);
    parts.push(Buffer.from([part.length - 1]), part);
  }
  return Buffer.concat([...parts, Buffer.from([128])]);
}

/** PNG predictor 2 (up) on rows of ten bytes. */
function predicted(bytes: Buffer): Buffer {
  const rows: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 10) {
    const row = bytes
      .subarray(at, at + 10)
      .map((byte, x) => (byte - (at >= 10 ? (bytes[at + x - 10] as number) : 0)) & 0xff);
    rows.push(Buffer.from([2]), Buffer.from(row));
  }
  return Buffer.concat(rows);
}

describe('stream filters', () => {
  it.each<[string, Buffer, string]>([
    ['Flate', deflateSync(PLAIN), '<< /Filter /FlateDecode >>'],
    [
      'Flate with a damaged check sum',
      Buffer.concat([deflateSync(PLAIN).subarray(0, -4), Buffer.alloc(4)]),
      '<< /Filter /FlateDecode >>',
    ],
    ['Flate with a damaged header', Buffer.concat([Buffer.from([0, 0]), deflateRawSync(PLAIN)]), '<< /Filter /Fl >>'],
    ['LZW', lzw(PLAIN), '<< /Filter [/LZWDecode] >>'],
    ['ASCIIHex', Buffer.from(`${PLAIN.toString('hex')}>`), '<< /Filter /ASCIIHexDecode >>'],
    ['ASCII85', ascii85(PLAIN), '<< /Filter /ASCII85Decode >>'],
    ['RunLength', runLength(PLAIN), '<< /Filter /RunLengthDecode >>'],
    ['a chain of filters', ascii85(deflateSync(PLAIN)), '<< /Filter [/A85 /Fl] >>'],
    [
      'a predictor',
      deflateSync(predicted(PLAIN)),
      '<< /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 10 >> >>',
    ],
  ])('undoes %s', (_, raw, dictionary) => {
    expect(decode(raw, dictionary)).toBe(TEXT);
  });

  it('leaves the codec of a picture alone', () => {
    const dictionary = new PdfSyntax('<< /Filter [/ASCIIHexDecode /DCTDecode] >>').read();
    expect(decodeStream(Buffer.from('ffd8>'), dictionary)).toEqual({
      bytes: Buffer.from([0xff, 0xd8]),
      picture: 'DCTDecode',
    });
  });

  it.each([
    ['an unknown filter', '<< /Filter /Ukendt >>'],
    ['data that is not Flate', '<< /Filter /FlateDecode >>'],
  ])('refuses %s with a sentence', (_, dictionary) => {
    expect(() => decode(Buffer.from([1, 2, 3, 4, 5, 6]), dictionary)).toThrow(StreamError);
  });
});
