import { readFile } from 'node:fs/promises';
import { PdfCrashError, PdfDamagedError, PdfEncryptedError, PdfTimeoutError, PdfTooLargeError } from '../../pdf';
import { UnreadableFile } from './conversion-result';
import type { ConversionJob } from './conversion-job';
import { withPdfJs } from './pdf-js';

const READING_BY_ERROR = [
  [PdfEncryptedError, 'password'],
  [PdfTimeoutError, 'timeout'],
  [PdfTooLargeError, 'too-large'],
  [PdfDamagedError, 'damaged'],
  [PdfCrashError, 'damaged'],
] as const;

async function countWithPdfJs(path: string): Promise<number> {
  return withPdfJs(await readFile(path), (document) => Promise.resolve(document.numPages));
}

/**
 * How many pages a PDF has. A file without pages is damaged.
 * @throws UnreadableFile
 */
export async function countPages(job: ConversionJob, path: string): Promise<number> {
  const count = job.context.pageCount ?? countWithPdfJs;
  const pages = await count(path).catch((error: unknown) => {
    const reason = READING_BY_ERROR.find(([Class]) => error instanceof Class)?.[1];
    throw reason ? new UnreadableFile(reason) : error;
  });
  if (pages < 1) throw new UnreadableFile('damaged', 'PDF-filen har ingen sider.');
  if (pages > job.limits.pages) throw new UnreadableFile('too-large', `Filen har ${pages} sider.`);
  return pages;
}
