import { UnreadableFile } from './conversion-result';

/** One picture of a HEIC file, upright, with an alpha channel. */
export interface HeicFrame {
  width: number;
  height: number;
  /** Red, green, blue and alpha, row by row. */
  pixels: Buffer;
}

interface HeicPicture {
  width: number;
  height: number;
  decode(): Promise<{ width: number; height: number; data: Uint8ClampedArray }>;
}

type DecodeAll = (input: { buffer: Uint8Array }) => Promise<HeicPicture[] & { dispose?: () => void }>;

async function loadDecoder(): Promise<DecodeAll> {
  // The package has no types of its own.
  const module = (await import('heic-decode' as string)) as { default: { all: DecodeAll } };
  return module.default.all;
}

/**
 * The pictures of a HEIC file, one after the other so that only one is in memory.
 * @throws UnreadableFile `damaged` or `too-large`
 */
export async function* readHeic(bytes: Buffer, limits: { pixels: number }): AsyncGenerator<HeicFrame> {
  const decodeAll = await loadDecoder();
  const pictures = await decodeAll({ buffer: bytes }).catch(() => {
    throw new UnreadableFile('damaged', 'Billedet kan ikke læses.');
  });
  if (pictures.length === 0) throw new UnreadableFile('damaged', 'Billedet kan ikke læses.');
  try {
    for (const picture of pictures) {
      const { width, height } = picture;
      if (width * height > limits.pixels)
        throw new UnreadableFile('too-large', `Billedet er ${width} gange ${height} punkter.`);
      const { data } = await picture.decode().catch(() => {
        throw new UnreadableFile('damaged', 'Billedet kan ikke læses.');
      });
      yield { width, height, pixels: Buffer.from(data.buffer, data.byteOffset, data.byteLength) };
    }
  } finally {
    pictures.dispose?.();
  }
}
