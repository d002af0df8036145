import { readFile } from 'node:fs/promises';
import {
  PdfCrashError,
  PdfDamagedError,
  PdfEncryptedError,
  PdfTimeoutError,
  PdfTooLargeError,
} from '../../pdf/engine/errors';
import { UnreadableFile } from './conversion-result';
import type { ConversionJob } from './conversion-job';

const READING_BY_ERROR = [
  [PdfEncryptedError, 'password'],
  [PdfTimeoutError, 'timeout'],
  [PdfTooLargeError, 'too-large'],
  [PdfDamagedError, 'damaged'],
  [PdfCrashError, 'damaged'],
] as const;

async function countWithPdfJs(path: string): Promise<number> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const data = new Uint8Array(await readFile(path));
  const task = getDocument({ data, verbosity: VerbosityLevel.ERRORS, isEvalSupported: false, stopAtErrors: true });
  try {
    return (await task.promise).numPages;
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw isLocked
      ? new PdfEncryptedError('The PDF needs a password.')
      : new PdfDamagedError('The PDF cannot be opened.');
  } finally {
    await task.destroy();
  }
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
