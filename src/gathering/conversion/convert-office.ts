import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { addChild, type ConversionJob } from './conversion-job';
import { type ConversionMethod, type Isolation, UnreadableFile } from './conversion-result';
import type { DetectedKind } from './detect-kind';
import { convertWithLibreOffice, findLibreOffice, OfficeFailure, type OfficeTarget } from './libre-office';
import { officeExtras, requireWellFormed, workbookShapes } from './office-extras';
import { type Archive, readArchive } from './read-archive';
import type { ReadingBlock, ReadingPicture } from './reading-block';
import { addPages, appendPictures, LAYOUT_NOTICE, setReading } from './reading';
import { readWord } from './read-word';
import { readWorkbook } from './read-workbook';
import { stripOffice, stripRtf } from './strip-office';
import { writeArchive } from './write-archive';

export interface Pages {
  pdf: Uint8Array;
  method: ConversionMethod;
  isolation?: Isolation;
}

/** Formats without an open structure go by way of their modern twin, so that what is hidden in them can be brought out. */
const MODERN: Record<string, Exclude<OfficeTarget, 'pdf'>> = { doc: 'docx', rtf: 'docx', xls: 'xlsx', ppt: 'pptx' };

/** A package that LibreOffice or our own reading may open, and what its pages do not show. */
interface PreparedPackage {
  archive: Archive;
  extension: string;
  extras: ReadingBlock[];
}

async function runOffice(
  job: ConversionJob,
  program: string,
  document: Buffer,
  extension: string,
  target: OfficeTarget,
) {
  const outPath = join(job.folder, `office.${target}`);
  const { workFolder: _, signal, sandbox } = job.context;
  const run = { program, workFolder: job.folder, timeoutMs: job.limits.timeoutMs, signal, sandbox };
  const isolation = await convertWithLibreOffice(document, extension, target, outPath, run);
  return { bytes: await readFile(outPath), isolation };
}

function isLocked(archive: Archive): boolean {
  return archive.get('META-INF/manifest.xml')?.includes('encryption-data') === true;
}

async function addEmbedded(job: ConversionJob, archive: Archive): Promise<void> {
  for (const [name, content] of archive) {
    if (!/^(word|xl|ppt)\/embeddings\/[^/]+$/.test(name)) continue;
    job.notes.add('embedded-files');
    await addChild(job, name, 'application/octet-stream', content);
  }
}

/** Strips the package, takes out what is embedded, and collects comments and deleted text. */
async function preparePackage(job: ConversionJob, original: Archive, extension: string): Promise<PreparedPackage> {
  if (isLocked(original)) throw new UnreadableFile('password');
  const archive = stripOffice(original, job.notes);
  requireWellFormed(archive);
  await addEmbedded(job, archive);
  return { archive, extension, extras: officeExtras(archive, job.notes) };
}

async function appendExtras(job: ConversionJob, pdf: Uint8Array, extras: ReadingBlock[]): Promise<Uint8Array> {
  if (extras.length === 0) return pdf;
  const { typeset, municipality } = job.context;
  const page = {
    title: `Kommentarer og ændringer i: ${job.input.name}`,
    notice: 'Det følgende står i filen, men ikke på dokumentets egne sider.',
    municipality,
    blocks: extras,
  };
  const whole = await PDFDocument.load(pdf, { updateMetadata: false });
  await addPages(whole, await setReading(page, typeset, job.limits));
  return whole.save();
}

async function packageByOffice(job: ConversionJob, program: string, prepared: PreparedPackage): Promise<Pages> {
  const { archive, extension, extras } = prepared;
  const { bytes, isolation } = await runOffice(job, program, writeArchive(archive), extension, 'pdf');
  if (/^(pptx|odp)$/.test(extension)) job.notes.add('hidden-slides-shown');
  return { pdf: await appendExtras(job, bytes, extras), method: 'libreoffice', isolation };
}

function workbookPictures(archive: Archive): ReadingPicture[] {
  const media = [...archive].filter(([name]) => /^xl\/media\/[^/]+\.(png|jpe?g|gif|tiff?|webp)$/i.test(name));
  return media.map(([, bytes], index) => ({ number: index + 1, bytes }));
}

async function packageByReading(job: ConversionJob, prepared: PreparedPackage): Promise<Pages> {
  const { archive, extension, extras } = prepared;
  let read: { blocks: ReadingBlock[]; pictures: ReadingPicture[] };
  if (extension === 'docx') read = await readWord(archive, job.notes);
  else {
    // The original still says which sheets, rows and columns are hidden.
    const blocks = await readWorkbook(job.bytes, job.notes, job.limits);
    read = { blocks: [...blocks, ...workbookShapes(archive)], pictures: workbookPictures(archive) };
  }
  job.notes.add('layout-lost');
  if (read.pictures.length > 0) job.notes.add('pictures-at-end');
  const blocks =
    read.blocks.length > 0 ? read.blocks : [{ kind: 'paragraph' as const, text: 'Dokumentet har ingen tekst.' }];
  const { typeset, municipality } = job.context;
  const page = { title: job.input.name, notice: LAYOUT_NOTICE, municipality, blocks: [...blocks, ...extras] };
  const pdf = await setReading(page, typeset, job.limits);
  return { pdf: await appendPictures(pdf, read.pictures, job.notes, job.limits), method: 'reading' };
}

/** DOCX and XLSX: LibreOffice when there is one, else (or when it fails) a plain reading. */
export async function convertPackage(job: ConversionJob, original: Archive, detected: DetectedKind): Promise<Pages> {
  const prepared = await preparePackage(job, original, detected.extension);
  const program = await findLibreOffice(job.context.libreOffice ?? 'auto');
  if (!program) return packageByReading(job, prepared);
  try {
    return await packageByOffice(job, program, prepared);
  } catch (error) {
    const hasFailed = error instanceof OfficeFailure || (error instanceof UnreadableFile && error.reason === 'timeout');
    if (!hasFailed) throw error;
    job.notes.add('office-program-failed');
    return packageByReading(job, prepared);
  }
}

async function byOfficeAlone(job: ConversionJob, program: string, original: Archive | undefined, extension: string) {
  if (original) return packageByOffice(job, program, await preparePackage(job, original, extension));
  const modern = MODERN[extension];
  if (!modern) {
    const { bytes, isolation } = await runOffice(job, program, job.bytes, extension, 'pdf');
    return { pdf: bytes, method: 'libreoffice' as const, isolation };
  }
  const document = extension === 'rtf' ? stripRtf(job.bytes, job.notes) : job.bytes;
  if (document.includes(Buffer.from('_VBA_PROJECT', 'utf16le'))) job.notes.add('macros-left-out');
  const twin = await runOffice(job, program, document, extension, modern);
  const prepared = await preparePackage(job, readArchive(twin.bytes, job.limits), modern);
  return packageByOffice(job, program, prepared);
}

/** Formats that only LibreOffice reads: DOC, XLS, PPT, PPTX, ODT, ODS, ODP, RTF, BMP. */
export async function convertByOfficeAlone(
  job: ConversionJob,
  original: Archive | undefined,
  { extension }: DetectedKind,
): Promise<Pages> {
  if (original && isLocked(original)) throw new UnreadableFile('password');
  const program = await findLibreOffice(job.context.libreOffice ?? 'auto');
  if (!program)
    throw new UnreadableFile('unknown-format', `Filer af typen ${extension} kræver LibreOffice, som ikke findes her.`);
  try {
    return await byOfficeAlone(job, program, original, extension);
  } catch (error) {
    if (!(error instanceof OfficeFailure)) throw error;
    throw new UnreadableFile('damaged', 'Filen kan ikke åbnes; den kan også være låst med en adgangskode.');
  }
}

/** HTML that was stripped already, laid out by LibreOffice; undefined when there is none or it fails. */
export async function layOutHtml(job: ConversionJob, html: string): Promise<Pages | undefined> {
  const program = await findLibreOffice(job.context.libreOffice ?? 'auto');
  if (!program) return undefined;
  try {
    const { bytes, isolation } = await runOffice(job, program, Buffer.from(html), 'html', 'pdf');
    return { pdf: bytes, method: 'libreoffice', isolation };
  } catch (error) {
    const hasFailed = error instanceof OfficeFailure || (error instanceof UnreadableFile && error.reason === 'timeout');
    if (!hasFailed) throw error;
    job.notes.add('office-program-failed');
    return undefined;
  }
}
