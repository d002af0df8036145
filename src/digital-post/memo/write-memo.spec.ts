import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import type { MemoFile } from '../../contracts';
import { officialMemoFolder, sampleMessage, samplePdf } from '../testing/sample-message';
import { checkMemo } from './memo-rules';
import { readMemo } from './read-memo';
import { validateAgainstSchema } from './schema-check';
import { memoBytes, writeMemo } from './write-memo';

describe('writeMemo', () => {
  it('writes a message that own rules for senders accept without a doubt', async () => {
    const { content } = await memoBytes(sampleMessage());

    const verdict = await checkMemo(content, { profile: 'sender' });

    expect(verdict).toMatchObject({ errors: [], warnings: [] });
  });

  it('gives the same bytes for the same message, and says their length and hash', async () => {
    const first = await memoBytes(sampleMessage());
    const second = await memoBytes(sampleMessage());

    expect(second.content.equals(first.content)).toBe(true);
    expect(first.bytes).toBe(first.content.length);
    expect(first.sha256).toBe(createHash('sha256').update(first.content).digest('hex'));
  });

  it('keeps every file, byte for byte, at sizes around the chunk limit', async () => {
    const sizes = [1, 2, 3, 49_151, 49_152, 49_153, 200_000];
    const files = sizes.map((size, index) => samplePdf(`fil-${index}.pdf`, size));
    const { content } = await memoBytes(
      sampleMessage({ mainDocument: { label: 'Alt', files }, additionalDocuments: [] }),
    );

    const memo = await readMemo(content);

    expect(memo.files.map(({ size, sha256, base64IsValid }) => ({ size, sha256, base64IsValid }))).toEqual(
      files.map((file) => ({
        size: file.content.length,
        sha256: createHash('sha256').update(file.content).digest('hex'),
        base64IsValid: true,
      })),
    );
  });

  it('escapes what XML reads as markup', async () => {
    const { content } = await memoBytes(sampleMessage({ label: 'A & B <c> ]]> "d"' }));

    expect((await readMemo(content)).label).toBe('A & B <c> ]]> "d"');
  });

  it('writes the same bytes from a source as from memory', async () => {
    const inMemory = sampleMessage();
    const asSource = (file: MemoFile): MemoFile => {
      const bytes = file.content as Buffer;
      const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) => bytes.subarray(at * 7, at * 7 + 7));
      return { ...file, content: { size: bytes.length, open: () => Readable.from(pieces) } };
    };
    const main = inMemory.mainDocument;
    const fromSource = { ...inMemory, mainDocument: { ...main, files: main.files.map(asSource) } };

    expect((await memoBytes(fromSource)).sha256).toBe((await memoBytes(inMemory)).sha256);
  });

  it('names a firm by its CVR number, which the rules for senders accept', async () => {
    const { content } = await memoBytes(sampleMessage({ recipient: { cvr: '87654321', label: 'Advokathuset' } }));

    expect(await checkMemo(content, { profile: 'sender' })).toMatchObject({ errors: [], warnings: [] });
    expect((await readMemo(content)).recipient).toEqual({ id: '87654321', idType: 'CVR', label: 'Advokathuset' });
  });

  it('takes other limits from an operator', async () => {
    const limits = { files: 2, rawBytes: 1000 };
    await expect(memoBytes(sampleMessage(), { limits })).rejects.toThrow(/3 files, and Digital Post takes 2/);
    await expect(memoBytes(sampleMessage(), { limits: { ...limits, files: 3 } })).rejects.toThrow(/1000 is the limit/);
  });

  it('refuses eleven files, 74,000,001 bytes and control characters, with a sentence that says what to do', async () => {
    const eleven = Array.from({ length: 11 }, (_, index) => samplePdf(`${index}.pdf`, 10));
    const large = { ...samplePdf('stor.pdf', 10), content: new Uint8Array(74_000_001) };

    await expect(memoBytes(sampleMessage({ additionalDocuments: [{ label: 'x', files: eleven }] }))).rejects.toThrow(
      /12 files.*Split/,
    );
    await expect(memoBytes(sampleMessage({ mainDocument: { label: 'x', files: [large] } }))).rejects.toThrow(/Split/);
    await expect(memoBytes(sampleMessage({ label: 'a\u0000b' }))).rejects.toThrow(/label .*control character/);
  });

  it('breaks the stream when it must stop, so that its reader does not wait for ever', async () => {
    const stream = new PassThrough();
    const reading = buffer(stream);
    const writing = writeMemo(sampleMessage({ label: 'a\u0000b' }), stream);

    await expect(writing).rejects.toThrow(/control character/);
    await expect(reading).rejects.toThrow(/control character/);
  });

  it('stops when the reader goes away', async () => {
    const stream = new PassThrough();
    stream.on('error', () => undefined);
    stream.destroy();

    await expect(writeMemo(sampleMessage(), stream)).rejects.toThrow();
  });

  it('ends the stream, whose reader gets the very bytes', async () => {
    const stream = new PassThrough();
    const [read, written] = await Promise.all([buffer(stream), writeMemo(sampleMessage(), stream)]);

    expect(createHash('sha256').update(read).digest('hex')).toBe(written.sha256);
  });

  it('writes the 1.1 that receivers of 1.1 accept, and those of 1.2 refuse', async () => {
    const { content } = await memoBytes(sampleMessage(), { version: '1.1' });

    expect((await checkMemo(content, { version: '1.1', profile: 'sender' })).errors).toEqual([]);
    expect((await checkMemo(content)).errors.map(({ rule }) => rule)).toEqual(['version']);
  });

  it('writes and checks 74,000,000 raw bytes without holding the message', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'memo-'));
    const path = join(folder, 'stor.xml');
    try {
      const file = samplePdf('stor.pdf', 74_000_000);
      const out = createWriteStream(path);
      const message = sampleMessage({ mainDocument: { label: 'Alt', files: [file] }, additionalDocuments: [] });
      const written = await writeMemo(message, out);
      await finished(out);
      const before = process.memoryUsage().rss;

      const verdict = await checkMemo(createReadStream(path), { profile: 'sender' });

      expect(verdict.errors).toEqual([]);
      expect(verdict.memo?.sha256).toBe(written.sha256);
      expect((await stat(path)).size).toBe(written.bytes);
      expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  const official = officialMemoFolder();
  if (official) {
    it('writes what the official schemas of 1.2 and 1.1 accept', async () => {
      const plain = await memoBytes(
        sampleMessage({ messageId: undefined, notification: undefined, caseId: undefined }),
      );
      const full = await memoBytes(sampleMessage({ recipient: { cpr: '2211771212', label: 'Ida Prøve' } }));
      const older = await memoBytes(sampleMessage(), { version: '1.1' });
      const toFirm = await memoBytes(sampleMessage({ recipient: { cvr: '87654321', label: 'Advokathuset' } }));

      expect(await validateAgainstSchema(plain.content, join(official, 'xsd/memo-1.2'))).toEqual([]);
      expect(await validateAgainstSchema(full.content, join(official, 'xsd/memo-1.2'))).toEqual([]);
      expect(await validateAgainstSchema(older.content, join(official, 'xsd/memo-1.1'))).toEqual([]);
      expect(await validateAgainstSchema(toFirm.content, join(official, 'xsd/memo-1.2'))).toEqual([]);
      expect(await validateAgainstSchema(older.content, join(official, 'xsd/memo-1.2'))).not.toEqual([]);
    });
  }
});
