import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { addChild, type ConversionJob } from './conversion-job';
import { type ConversionMethod, type Isolation, UnreadableFile } from './conversion-result';
import type { DetectedKind } from './detect-kind';
import { embeddedIn } from './embedded-objects';
import { OfficeFailure, type OfficeTarget } from './libre-office';
import { officeOf, type Office } from './office';
import { bodyText, officeExtras, requireWellFormed, workbookShapes } from './office-extras';
import { type Archive, readArchive } from './read-archive';
import type { ReadingBlock, ReadingPicture } from './reading-block';
import { addPages, appendPictures, layoutNote, setReading } from './reading';
import { readWord } from './read-word';
import { readWorkbook } from './read-workbook';
import { showsEveryText, showsEveryWord } from './shows-every-text';
import { hasHiddenSlides, slideCount } from './slides';
import { stripOffice, stripRtf } from './strip-office';
import { writeArchive } from './write-archive';

export interface Pages {
  pdf: Uint8Array;
  method: ConversionMethod;
  isolation?: Isolation;
}

/** Formats without an open structure go by way of their modern twin, so that what is hidden in them can be brought out. */
const MODERN: Record<string, Exclude<OfficeTarget, 'pdf'>> = {
  doc: 'docx',
  rtf: 'docx',
  xls: 'xlsx',
  ods: 'xlsx',
  ppt: 'pptx',
};

/** A package that LibreOffice or our own reading may open, and what its pages do not show. */
interface PreparedPackage {
  /** As it came; it still says what is hidden. */
  original: Buffer;
  archive: Archive;
  extension: string;
  extras: ReadingBlock[];
}

async function runOffice(
  job: ConversionJob,
  office: Office,
  document: Buffer,
  extension: string,
  target: OfficeTarget,
) {
  const outPath = join(job.folder, `office.${target}`);
  const { signal, holder } = job.context;
  const run = { workFolder: job.folder, timeoutMs: job.limits.timeoutMs, signal, holder };
  const isolation = await office.convert({ document, extension, target, outPath, ...run });
  return { bytes: await readFile(outPath), isolation };
}

function isLocked(archive: Archive): boolean {
  return archive.get('META-INF/manifest.xml')?.includes('encryption-data') === true;
}

async function addEmbedded(job: ConversionJob, archive: Archive): Promise<void> {
  for (const { name, content } of embeddedIn(archive)) {
    job.notes.add('embedded-files');
    await addChild(job, name, 'application/octet-stream', content);
  }
}

/** Strips the package, takes out what is embedded, and collects comments and deleted text. */
async function preparePackage(
  job: ConversionJob,
  original: Buffer,
  parts: Archive,
  extension: string,
): Promise<PreparedPackage> {
  if (isLocked(parts)) throw new UnreadableFile('password');
  const archive = stripOffice(parts, job.notes);
  requireWellFormed(archive);
  await addEmbedded(job, archive);
  return { original, archive, extension, extras: officeExtras(archive, job.notes) };
}

async function appendExtras(job: ConversionJob, pdf: Uint8Array, extras: ReadingBlock[]): Promise<Uint8Array> {
  if (extras.length === 0) return pdf;
  const page = {
    title: `Ekstra sider til: ${job.input.name}`,
    note: 'Det følgende står i filen, men ikke på dokumentets egne sider.',
    blocks: extras,
  };
  const whole = await PDFDocument.load(pdf, { updateMetadata: false });
  await addPages(whole, await setReading(page, job.context.typeset, job.limits));
  return whole.save();
}

/** A sheet shows as much of a text as its column is wide, and `###` for a number. Then every cell is given once more. */
async function cellsCutOff(job: ConversionJob, pdf: Uint8Array, original: Buffer): Promise<ReadingBlock[]> {
  try {
    const blocks = await readWorkbook(original, job.notes, job.limits);
    if (await showsEveryText(pdf, blocks)) return [];
    job.notes.add('cells-cut-off');
    return [{ kind: 'heading', level: 1, text: 'Alle felter' }, ...blocks];
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    job.notes.add('cells-unchecked');
    return [];
  }
}

/** A slide is a page: fewer pages than slides means that something was lost on the way. */
async function requireEverySlide(archive: Archive, pdf: Uint8Array): Promise<void> {
  const slides = slideCount(archive);
  if (slides === undefined) return;
  const pages = (await PDFDocument.load(pdf, { updateMetadata: false })).getPageCount();
  if (pages === slides) return;
  throw new UnreadableFile('damaged', `Præsentationen har ${slides} dias, men der kom ${pages} sider ud.`);
}

/** What the laid-out pages do not say of the document's own text: then the whole text is given once more. */
async function textLeftOut(job: ConversionJob, pdf: Uint8Array, archive: Archive): Promise<ReadingBlock[]> {
  const text = bodyText(archive);
  if (await showsEveryWord(pdf, text)) return [];
  job.notes.add('text-missing');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return [
    { kind: 'heading', level: 1, text: 'Hele dokumentets tekst' },
    ...lines.map((line): ReadingBlock => ({ kind: 'paragraph', text: line })),
  ];
}

async function packageByOffice(job: ConversionJob, office: Office, prepared: PreparedPackage): Promise<Pages> {
  const { archive, extension, extras } = prepared;
  const { bytes, isolation } = await runOffice(job, office, writeArchive(archive), extension, 'pdf');
  await requireEverySlide(archive, bytes);
  if (hasHiddenSlides(archive)) job.notes.add('hidden-slides-shown');
  const cells = extension === 'xlsx' ? await cellsCutOff(job, bytes, prepared.original) : [];
  const text = /^(docx|odt)$/.test(extension) ? await textLeftOut(job, bytes, archive) : [];
  return { pdf: await appendExtras(job, bytes, [...cells, ...text, ...extras]), method: 'libreoffice', isolation };
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
    const blocks = await readWorkbook(prepared.original, job.notes, job.limits);
    read = { blocks: [...blocks, ...workbookShapes(archive)], pictures: workbookPictures(archive) };
  }
  job.notes.add('layout-lost');
  if (read.pictures.length > 0) job.notes.add('pictures-at-end');
  const blocks =
    read.blocks.length > 0 ? read.blocks : [{ kind: 'paragraph' as const, text: 'Dokumentet har ingen tekst.' }];
  const { typeset, municipality } = job.context;
  const page = { title: job.input.name, note: layoutNote(municipality), blocks: [...blocks, ...extras] };
  const pdf = await setReading(page, typeset, job.limits);
  return { pdf: await appendPictures(pdf, read.pictures, job.notes, job.limits), method: 'reading' };
}

/** DOCX and XLSX: LibreOffice when there is one, else (or when it fails) a plain reading. */
export async function convertPackage(job: ConversionJob, original: Archive, detected: DetectedKind): Promise<Pages> {
  const prepared = await preparePackage(job, job.bytes, original, detected.extension);
  const office = await officeOf(job.context);
  if (!office) return packageByReading(job, prepared);
  try {
    return await packageByOffice(job, office, prepared);
  } catch (error) {
    const hasFailed = error instanceof OfficeFailure || (error instanceof UnreadableFile && error.reason === 'timeout');
    if (!hasFailed) throw error;
    job.notes.add('office-program-failed');
    return packageByReading(job, prepared);
  }
}

/** What LibreOffice may open of a format that has a modern twin. */
function withoutReferences(job: ConversionJob, parts: Archive | undefined, extension: string): Buffer {
  if (parts) return writeArchive(stripOffice(parts, job.notes));
  if (job.bytes.includes(Buffer.from('_VBA_PROJECT', 'utf16le'))) job.notes.add('macros-left-out');
  return extension === 'rtf' ? stripRtf(job.bytes, job.notes) : job.bytes;
}

async function byOfficeAlone(job: ConversionJob, office: Office, parts: Archive | undefined, extension: string) {
  const modern = MODERN[extension];
  if (modern && !office.modernises) job.notes.add('legacy-hidden-unchecked');
  if (modern && office.modernises) {
    const twin = await runOffice(job, office, withoutReferences(job, parts, extension), extension, modern);
    const prepared = await preparePackage(job, twin.bytes, readArchive(twin.bytes, job.limits), modern);
    return packageByOffice(job, office, prepared);
  }
  if (parts) return packageByOffice(job, office, await preparePackage(job, job.bytes, parts, extension));
  const { bytes, isolation } = await runOffice(job, office, job.bytes, extension, 'pdf');
  return { pdf: bytes, method: 'libreoffice' as const, isolation };
}

/** Formats that only LibreOffice reads: DOC, XLS, PPT, PPTX, ODT, ODS, ODP, RTF, BMP. */
export async function convertByOfficeAlone(
  job: ConversionJob,
  original: Archive | undefined,
  { extension }: DetectedKind,
): Promise<Pages> {
  if (original && isLocked(original)) throw new UnreadableFile('password');
  const office = await officeOf(job.context);
  if (!office)
    throw new UnreadableFile('unknown-format', `Filer af typen ${extension} kræver LibreOffice, som ikke findes her.`);
  try {
    return await byOfficeAlone(job, office, original, extension);
  } catch (error) {
    if (!(error instanceof OfficeFailure)) throw error;
    throw new UnreadableFile('damaged', 'Filen kan ikke åbnes; den kan også være låst med en adgangskode.');
  }
}

/** HTML that was stripped already, laid out by LibreOffice; undefined when there is none or it fails. */
export async function layOutHtml(job: ConversionJob, html: string): Promise<Pages | undefined> {
  const office = await officeOf(job.context);
  if (!office) return undefined;
  try {
    const { bytes, isolation } = await runOffice(job, office, Buffer.from(html), 'html', 'pdf');
    return { pdf: bytes, method: 'libreoffice', isolation };
  } catch (error) {
    const hasFailed = error instanceof OfficeFailure || (error instanceof UnreadableFile && error.reason === 'timeout');
    if (!hasFailed) throw error;
    job.notes.add('office-program-failed');
    return undefined;
  }
}
