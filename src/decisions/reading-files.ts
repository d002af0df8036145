import { join } from 'node:path';
import type { AbsentTerm, LeakReport } from '../contracts';
import {
  divideReading,
  readingText,
  readingVersionData,
  typeset,
  verifyOutgoing,
  verifyText,
  withoutKept,
  withoutTagTitles,
  writeReadingHtml,
  type ReadingVersion,
  type VerifyOptions,
} from '../pdf';
import { partFileName } from './part-names';

export interface ReadingFile {
  kind: 'reading-html' | 'reading-pdf';
  name: string;
  content: Uint8Array;
  report: LeakReport;
}

const TEMPLATE = join(__dirname, '..', '..', 'templates', 'letters', 'laeseudgave.typ');
const HTML = 'laeseudgave.html';
const PDF_STEM = 'laeseudgave';
/** Setting a longer text at a time takes more than a worker's memory and patience; the HTML has no such limit. */
const MOST_LETTERS_IN_PDF = 2_000_000;

/** The reading version as files, each through the gate after its last change. The same decision gives the same bytes. */
export async function readingFiles(
  version: ReadingVersion,
  absent: AbsentTerm[],
  { createdAt, mostBytes }: { createdAt: Date; mostBytes: number },
): Promise<ReadingFile[]> {
  const html = await htmlFile(version, absent);
  const files = [{ ...html, report: { ...html.report, pages: pagesIn(version) } }];
  return [...files, ...(await pdfFiles(version, absent, createdAt, mostBytes))];
}

/** One PDF, or several where it would be too long or too large; none where the text may leave as HTML only. */
async function pdfFiles(
  version: ReadingVersion,
  absent: AbsentTerm[],
  createdAt: Date,
  mostBytes: number,
): Promise<ReadingFile[]> {
  for (let letters = MOST_LETTERS_IN_PDF; ; letters = Math.floor(letters / 2)) {
    const versions = divideReading(version, letters);
    const files: ReadingFile[] = [];
    for (const [index, part] of versions.entries()) {
      const name = partFileName(PDF_STEM, { number: index + 1, of: versions.length });
      const file = await pdfFile(part, name, absent, createdAt);
      if (!file) return [];
      files.push(file);
    }
    const isDivisible = (index: number): boolean => pagesIn(versions[index] as ReadingVersion) > 1;
    const isSmall = files.every(({ content }, index) => content.length <= mostBytes || !isDivisible(index));
    if (isSmall || letters === 0) return files;
    letters = Math.min(letters, readingText(version).length);
  }
}

async function htmlFile(version: ReadingVersion, absent: AbsentTerm[]): Promise<ReadingFile> {
  const check = (each: ReadingVersion) =>
    verifyOutgoing({ name: HTML, mediaType: 'text/html', content: writeReadingHtml(each) }, absent);
  const content = Buffer.from(writeReadingHtml(version), 'utf8');
  const report = await check(version);
  if (report.verdict === 'pass') return { kind: 'reading-html', name: HTML, content, report };
  // What a stored decision keeps may stand here as it does on the page: nothing else may.
  const strict = await check(withoutKept(version));
  return { kind: 'reading-html', name: HTML, content, report: { ...strict, sha256: report.sha256 } };
}

/**
 * Undefined when the text is clean but a kept word would stand in the file where nobody sees it: what is not seen has no
 * exception, so the same text leaves as HTML alone.
 */
async function pdfFile(
  version: ReadingVersion,
  name: string,
  absent: AbsentTerm[],
  createdAt: Date,
): Promise<ReadingFile | undefined> {
  const set = async (each: ReadingVersion) =>
    withoutTagTitles((await typeset(TEMPLATE, readingVersionData(each), { standard: 'ua-1', createdAt })).pdf);
  const check = (pdf: Uint8Array, options: Omit<VerifyOptions, 'absent'> = {}) =>
    verifyOutgoing({ name, mediaType: 'application/pdf', content: pdf }, absent, options);
  const holds = (each: ReadingVersion): boolean => verifyText(name, readingText(each), absent).length > 0;
  const content = await set(version);
  const others = withoutKept(version);
  // Judging a long file takes its time: where a kept word is known to be found, only what follows decides.
  if (!holds(version) || holds(others)) {
    const report = await check(content);
    if (report.verdict === 'pass' || holds(others)) return { kind: 'reading-pdf', name, content, report };
  }
  // The same file without the kept words must be clean everywhere, and the file itself wherever nobody looks.
  const strict = await check(await set(others), { reading: 'none' });
  const judged = await check(content, { keepVisibleElsewhere: true });
  if (strict.verdict === 'pass' && judged.verdict !== 'pass') return undefined;
  const { sha256, pages } = judged;
  return {
    kind: 'reading-pdf',
    name,
    content,
    report: strict.verdict === 'pass' ? judged : { ...strict, sha256, pages },
  };
}

function pagesIn({ documents }: ReadingVersion): number {
  return documents.reduce((sum, { pages }) => sum + pages.length, 0);
}
