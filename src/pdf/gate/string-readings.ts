/** Every way in which the bytes of a PDF string (one character a byte) may be read as text. */
export function stringReadings(raw: string): string[] {
  if (raw === '') return [];
  const bytes = Buffer.from(raw, 'latin1');
  if (raw.startsWith('\xfe\xff')) return [wide(bytes.subarray(2), true)];
  if (raw.startsWith('\xff\xfe')) return [wide(bytes.subarray(2), false)];
  const readings = [raw.includes('\0') ? raw.replace(/\0/g, '') : raw];
  if (!/[\x80-\xff]/.test(raw)) return readings;
  const utf8 = bytes.toString('utf8');
  if (!utf8.includes('\ufffd')) readings.push(utf8);
  return readings;
}

function wide(bytes: Buffer, bigEndian: boolean): string {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return (bigEndian ? even.swap16() : even).toString('utf16le');
}
