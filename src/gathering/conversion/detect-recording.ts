/** What a sound or a film is by its first bytes. */
export interface RecordingKind {
  medium: 'audio' | 'video';
  extension: string;
  mediaType: string;
}

type Signature = RecordingKind & { matches: (bytes: Buffer) => boolean };

function ascii(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, to);
}

/** RIFF and ISO base media (ISO 14496-12) are families: a word further in says which member a file is. */
const isRiff = (form: string) => (bytes: Buffer) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === form;
const isBrand = (brands: RegExp) => (bytes: Buffer) =>
  ascii(bytes, 4, 8) === 'ftyp' && brands.test(ascii(bytes, 8, 12));
const begins =
  (...starts: string[]) =>
  (bytes: Buffer) =>
    starts.some((start) => ascii(bytes, 0, start.length) === start);

const KILOBITS = {
  mpeg1: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  mpeg2: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const HERTZ = [44_100, 48_000, 32_000];

/** Bytes of the layer III frame that begins here (ISO 11172-3, 2.4.1.3); undefined when none does. */
function mpegFrameLength(bytes: Buffer, at: number): number | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xe6) !== 0xe2) return undefined;
  const version = (bytes[at + 1]! >> 3) & 3;
  const rate = bytes[at + 2]! >> 4;
  const hertz = HERTZ[(bytes[at + 2]! >> 2) & 3];
  if (version === 1 || rate === 0 || rate === 15 || hertz === undefined) return undefined;
  const isFirst = version === 3;
  const kilobits = (isFirst ? KILOBITS.mpeg1 : KILOBITS.mpeg2)[rate - 1]!;
  const sampled = isFirst ? hertz : version === 2 ? hertz / 2 : hertz / 4;
  const padding = (bytes[at + 2]! >> 1) & 1;
  return Math.floor(((isFirst ? 144_000 : 72_000) * kilobits) / sampled) + padding;
}

/** The mark of a frame is short, so the next frame must stand where this one says. */
function isMpegAudio(bytes: Buffer): boolean {
  const length = mpegFrameLength(bytes, 0);
  return length !== undefined && mpegFrameLength(bytes, length) !== undefined;
}

const ASF = '\x30\x26\xb2\x75\x8e\x66\xcf\x11';
const EBML = '\x1a\x45\xdf\xa3';

const SIGNATURES: Signature[] = [
  { medium: 'audio', extension: 'wav', mediaType: 'audio/wav', matches: isRiff('WAVE') },
  { medium: 'video', extension: 'avi', mediaType: 'video/x-msvideo', matches: isRiff('AVI ') },
  { medium: 'audio', extension: 'm4a', mediaType: 'audio/mp4', matches: isBrand(/^M4[AB] $/) },
  { medium: 'video', extension: 'mov', mediaType: 'video/quicktime', matches: isBrand(/^qt {2}$/) },
  { medium: 'video', extension: '3gp', mediaType: 'video/3gpp', matches: isBrand(/^3g[ep2]/) },
  {
    medium: 'video',
    extension: 'mp4',
    mediaType: 'video/mp4',
    matches: isBrand(/^(isom|iso\d|mp4\d|avc1|M4V |MSNV|dash)$/),
  },
  { medium: 'audio', extension: 'ogg', mediaType: 'audio/ogg', matches: begins('OggS') },
  { medium: 'audio', extension: 'flac', mediaType: 'audio/flac', matches: begins('fLaC') },
  { medium: 'audio', extension: 'amr', mediaType: 'audio/amr', matches: begins('#!AMR') },
  { medium: 'audio', extension: 'aiff', mediaType: 'audio/aiff', matches: begins('FORM\0', 'FORM\x01') },
  { medium: 'video', extension: 'webm', mediaType: 'video/webm', matches: begins(EBML) },
  { medium: 'video', extension: 'wmv', mediaType: 'video/x-ms-wmv', matches: begins(ASF) },
  { medium: 'video', extension: 'mpg', mediaType: 'video/mpeg', matches: begins('\0\0\x01\xba', '\0\0\x01\xb3') },
  { medium: 'video', extension: 'flv', mediaType: 'video/x-flv', matches: begins('FLV\x01') },
  { medium: 'audio', extension: 'mp3', mediaType: 'audio/mpeg', matches: begins('ID3') },
  { medium: 'audio', extension: 'mp3', mediaType: 'audio/mpeg', matches: isMpegAudio },
];

/** @returns what sound or film it is; undefined when it is none */
export function detectRecording(bytes: Buffer): RecordingKind | undefined {
  const found = SIGNATURES.find(({ matches }) => matches(bytes));
  if (!found) return undefined;
  const { medium, extension, mediaType } = found;
  return { medium, extension, mediaType };
}
