import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { addChild, type ConversionContext, type ConversionInput, type ConversionJob } from './conversion-job';
import { ConversionNotes } from './conversion-note';
import { type ConversionResult, UnreadableFile } from './conversion-result';
import { convertByOfficeAlone, convertPackage, layOutHtml, type Pages } from './convert-office';
import { countPages } from './count-pages';
import { decodeText } from './decode-text';
import { type DetectedKind, detectKind, isMislabelled, kindOfArchive } from './detect-kind';
import { htmlBlocks } from './html-blocks';
import { DEFAULT_LIMITS } from './limits';
import { addPicturePages, isScan } from './picture-pages';
import { readBmp } from './read-bmp';
import { type Archive, readArchive } from './read-archive';
import { addPdfAttachments } from './pdf-attachments';
import { readMail, type ReadMail } from './read-mail';
import { readMht } from './read-mht';
import { readMsg } from './read-msg';
import type { ReadingBlock } from './reading-block';
import { appendPictures, layoutNote, setReading } from './reading';
import { separatedValues } from './separated-values';
import { stripHtml } from './strip-html';

async function readBounded(input: ConversionInput, limit: number): Promise<Buffer> {
  const { size } = await stat(input.path);
  if (size === 0) throw new UnreadableFile('empty');
  if (size > limit) throw new UnreadableFile('too-large', `Filen fylder ${Math.round(size / 1_048_576)} MB.`);
  return readFile(input.path);
}

async function reading(job: ConversionJob, title: string, blocks: ReadingBlock[]): Promise<Uint8Array> {
  job.notes.add('layout-lost');
  const page = { title, note: layoutNote(job.context.municipality), blocks };
  return setReading(page, job.context.typeset, job.limits);
}

function decoded(job: ConversionJob, bytes: Buffer): string {
  const { text, guessed } = decodeText(bytes);
  if (guessed) job.notes.add('encoding-guessed');
  return text;
}

async function convertText(job: ConversionJob): Promise<Pages> {
  const text = decoded(job, job.bytes).replace(/\u001a+$/, '');
  if (text.trim() === '') throw new UnreadableFile('empty');
  const rows = separatedValues(text, job.input.name);
  if (rows) job.notes.add('table-from-text');
  const block: ReadingBlock = rows ? { kind: 'table', rows, header: rows.length > 1 } : { kind: 'preformatted', text };
  return { pdf: await reading(job, job.input.name, [block]), method: 'reading' };
}

/** A page says its encoding in the first 1,024 bytes; it is believed when it names one that is not UTF-8. */
function htmlText(job: ConversionJob): string {
  const declared = /charset\s*=\s*["']?\s*([\w-]+)/i.exec(job.bytes.toString('latin1', 0, 1024))?.[1];
  if (declared && /^(iso-8859-1|windows-1252|latin1|cp1252)$/i.test(declared)) {
    const { text, encoding } = decodeText(job.bytes);
    if (encoding === 'windows-1252' || encoding === 'utf-8') return text;
  }
  return decoded(job, job.bytes);
}

async function convertHtml(job: ConversionJob, html: string): Promise<Pages> {
  const { blocks, pictures, title } = htmlBlocks(html, new ConversionNotes());
  if (blocks.length === 0 && pictures.length === 0) throw new UnreadableFile('empty', 'Siden har ingen synlig tekst.');
  const laidOut = await layOutHtml(job, stripHtml(html, job.notes));
  if (laidOut) return laidOut;
  const read = htmlBlocks(html, job.notes);
  const pdf = await reading(job, title ?? job.input.name, read.blocks);
  return { pdf: await appendPictures(pdf, pictures, job.notes, job.limits), method: 'reading' };
}

async function convertMail(job: ConversionJob, mail: ReadMail): Promise<Pages> {
  for (const part of mail.parts) await addChild(job, part.name, part.mediaType, part.content);
  const pdf = await reading(job, mail.subject, mail.blocks);
  return { pdf: await appendPictures(pdf, mail.pictures, job.notes, job.limits), method: 'reading' };
}

async function convertPicture(job: ConversionJob, detected: DetectedKind): Promise<Pages> {
  if (detected.extension === 'bmp' && !readBmp(job.bytes, job.limits)) {
    job.notes.add('photo');
    return convertByOfficeAlone(job, undefined, detected);
  }
  const pdf = await PDFDocument.create({ updateMetadata: false });
  await addPicturePages(pdf, job.bytes, job.notes, job.limits);
  if (!(await isScan(job.bytes))) job.notes.add('photo');
  return { pdf: await pdf.save(), method: 'image' };
}

/** A zip file is a list of what is in it; each file in it goes its own way. */
async function openZip(job: ConversionJob, archive: Archive): Promise<Pages> {
  if (archive.size === 0) throw new UnreadableFile('empty', 'Zip-filen indeholder ingen filer.');
  for (const [name, content] of archive) await addChild(job, name, 'application/octet-stream', content);
  job.notes.add('embedded-files');
  const rows = [['Fil', 'Størrelse'], ...[...archive].map(([name, { length }]) => [name, `${length} byte`])];
  return { pdf: await reading(job, job.input.name, [{ kind: 'table', rows, header: true }]), method: 'reading' };
}

async function pagesOf(job: ConversionJob, detected: DetectedKind, archive: Archive | undefined): Promise<Pages> {
  switch (detected.kind) {
    case 'empty':
      throw new UnreadableFile('empty');
    case 'cut-office':
      throw new UnreadableFile('damaged', 'Filens indholdsfortegnelse mangler: slutningen af filen er gået tabt.');
    case 'locked-office':
      throw new UnreadableFile('password');
    case 'picture':
      return convertPicture(job, detected);
    case 'docx':
    case 'xlsx':
      return convertPackage(job, archive!, detected);
    case 'office':
      return convertByOfficeAlone(job, archive, detected);
    case 'zip':
      return openZip(job, archive!);
    case 'mail':
      return convertMail(job, await readMail(job.bytes, job.notes, job.limits));
    case 'msg':
      return convertMail(job, readMsg(job.bytes, job.notes, job.limits));
    case 'mht':
      return convertHtml(job, await readMht(job));
    case 'html':
      return convertHtml(job, htmlText(job));
    case 'recording':
      throw new UnreadableFile('recording');
    case 'text':
      return convertText(job);
    default:
      throw new UnreadableFile('unknown-format');
  }
}

async function convert(job: ConversionJob): Promise<ConversionResult> {
  let detected = detectKind(job.bytes);
  const archive = detected.kind === 'zip' ? readArchive(job.bytes, job.limits) : undefined;
  if (archive) detected = kindOfArchive(archive);
  if (isMislabelled(job.input.name, detected)) job.notes.add('mislabelled');
  const pdfPath = join(job.folder, 'result.pdf');
  if (detected.kind === 'pdf') {
    await copyFile(job.input.path, pdfPath);
    const pages = await countPages(job, pdfPath);
    if (job.bytes.includes('/Encrypt')) job.notes.add('owner-locked');
    await addPdfAttachments(job);
    return { state: 'converted', pdfPath, pages, method: 'as-is', notes: job.notes.list(), children: job.children };
  }
  const { pdf, method, isolation } = await pagesOf(job, detected, archive);
  job.context.signal.throwIfAborted();
  await writeFile(pdfPath, pdf, { mode: 0o600 });
  const pages = await countPages(job, pdfPath);
  const { notes, children } = job;
  return { state: 'converted', pdfPath, pages, method, notes: notes.list(), children, ...(isolation && { isolation }) };
}

/**
 * Turns any file that records systems hold into a PDF, or says in Danish why not and what to do. What a file is, is told
 * by its content. Everything in the file ends on a page, in a child file or in a note; nothing is fetched.
 *
 * The PDF and the children are written to a folder of their own below `context.workFolder`, which the caller removes.
 */
export async function convertToPdf(input: ConversionInput, context: ConversionContext): Promise<ConversionResult> {
  const folder = await mkdtemp(join(context.workFolder, 'conversion-'));
  const limits = { ...DEFAULT_LIMITS, ...context.limits };
  const notes = new ConversionNotes();
  try {
    context.signal.throwIfAborted();
    const bytes = await readBounded(input, limits.fileBytes);
    return await convert({ input, bytes, context, limits, folder, notes, children: [], childBytes: 0 });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (error instanceof UnreadableFile) return error.asResult();
    throw error;
  }
}
