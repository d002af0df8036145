import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64Length, base64Of, fileSource, readExactly } from './byte-source';

const collect = async <T>(pieces: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
};
const source = (size: number, ...pieces: number[]) => ({
  size,
  async *open() {
    let next = 0;
    for (const length of pieces) yield Uint8Array.from({ length }, () => (next += 1) % 251);
  },
});

describe('a source of bytes', () => {
  it.each([[[1, 1, 1, 1]], [[2, 5]], [[100_000, 1, 49_152, 3]], [[0, 7, 0]]])(
    'is the same base64 whatever pieces it comes in: %s',
    async (pieces) => {
      const size = pieces.reduce((sum, piece) => sum + piece, 0);
      const whole = Buffer.concat((await collect(readExactly(source(size, ...pieces)))) as Buffer[]);

      const text = (await collect(base64Of(source(size, ...pieces)))).join('');

      expect(text).toBe(whole.toString('base64'));
      expect(text).toHaveLength(base64Length(size));
      expect(whole).toHaveLength(size);
    },
  );

  it.each([
    ['fewer', source(10, 4, 5)],
    ['more', source(10, 4, 7)],
  ])('is refused when it gives %s bytes than it promised', async (what, wrong) => {
    await expect(collect(readExactly(wrong))).rejects.toThrow(`${what} bytes than the 10`);
  });

  it('can be a file, read from the start each time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'source-'));
    try {
      await writeFile(join(folder, 'a'), Buffer.alloc(150_000, 'x'));
      const file = await fileSource(join(folder, 'a'));
      for (let time = 0; time < 2; time += 1)
        expect(Buffer.concat((await collect(readExactly(file))) as Buffer[])).toHaveLength(150_000);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
