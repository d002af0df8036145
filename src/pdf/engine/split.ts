import type { PDFRef } from 'pdf-lib';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PdfEncryptedError } from './errors';
import type { ChunkFile, Jobs } from './jobs';
import { PageBuilder } from './page-builder';
import { emptyDocument, parse, write } from './sanitise';

/** Fewer pages are not worth another process. */
const SMALLEST_CHUNK = 10;

/**
 * Cuts a sanitised document into files of at most `size` pages, at least one a process. A page that will be redacted gets its own copies of the
 * pictures and forms that it shares with other pages.
 */
export async function split(args: Jobs['split']['args']): Promise<Jobs['split']['result']> {
  const source = await parse(readFileSync(args.pdf));
  if (source.isEncrypted) throw new PdfEncryptedError('The PDF is encrypted: sanitise it before it is redacted.');
  const pages = source.getPageCount();
  const size = Math.min(args.size, Math.max(SMALLEST_CHUNK, Math.ceil(pages / args.processes)));
  const withBoxes = new Set(args.pagesWithBoxes);
  const chunks: ChunkFile[] = [];
  for (let firstPage = 0; firstPage < pages; firstPage += size) {
    const end = Math.min(pages, firstPage + size);
    const target = await emptyDocument();
    const builder = new PageBuilder(source, target, { isolate: (page) => withBoxes.has(page) });
    for (let index = firstPage; index < end; index++) builder.addPage(index);
    const path = join(args.folder, `del-${firstPage}.pdf`);
    writeFileSync(path, await write(target), { mode: 0o600 });
    chunks.push({ path, firstPage, pages: end - firstPage });
  }
  return { pages, chunks };
}

/** Joins documents into one; what is equal in several of them (fonts, logos) is written once. */
export async function merge(args: Jobs['merge']['args']): Promise<Jobs['merge']['result']> {
  const target = await emptyDocument();
  const known = new Map<string, PDFRef>();
  for (const part of args.parts) {
    const source = await parse(readFileSync(part));
    const builder = new PageBuilder(source, target, { known, isClean: true });
    for (let index = 0; index < source.getPageCount(); index++) builder.addPage(index);
  }
  writeFileSync(args.out, await write(target), { mode: 0o600 });
  return { pages: target.getPageCount() };
}
