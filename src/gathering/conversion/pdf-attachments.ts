import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFRawStream,
  PDFString,
  PDFHexString,
} from 'pdf-lib';
import { addChild, type ConversionJob } from './conversion-job';
import { withPdfJs } from './pdf-js';

export interface PdfAttachment {
  name: string;
  content: Buffer;
}

const NAME_KEYS = ['UF', 'F', 'Unix', 'DOS', 'Mac'];
/** The same keys name the stream in the dictionary `EF` (ISO 32000-1, 7.11.4). */
const STREAM_KEYS = ['UF', 'F', 'Unix', 'DOS', 'Mac'];

function nameIn(specification: PDFDict): string {
  for (const key of NAME_KEYS) {
    const value = specification.lookup(PDFName.of(key));
    if (value instanceof PDFString || value instanceof PDFHexString) return value.decodeText();
  }
  return 'indlejret-fil';
}

function contentIn(specification: PDFDict): Buffer | undefined {
  const embedded = specification.lookup(PDFName.of('EF'));
  if (!(embedded instanceof PDFDict)) return undefined;
  for (const key of STREAM_KEYS) {
    const stream = embedded.lookup(PDFName.of(key));
    if (stream instanceof PDFRawStream) return Buffer.from(decodePDFRawStream(stream).decode());
  }
  return undefined;
}

function* dictionariesIn(document: PDFDocument): Generator<PDFDict> {
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    if (object instanceof PDFDict) yield* nestedIn(object, 4);
    if (object instanceof PDFArray)
      for (const item of object.asArray()) if (item instanceof PDFDict) yield* nestedIn(item, 4);
  }
}

function* nestedIn(dictionary: PDFDict, depth: number): Generator<PDFDict> {
  yield dictionary;
  if (depth === 0) return;
  for (const value of dictionary.values()) {
    if (value instanceof PDFDict) yield* nestedIn(value, depth - 1);
    if (value instanceof PDFArray)
      for (const item of value.asArray()) if (item instanceof PDFDict) yield* nestedIn(item, depth - 1);
  }
}

/** Every file specification that holds a file, also those that no list of the document leads to any more. */
async function everySpecification(bytes: Buffer): Promise<PdfAttachment[]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: false });
  const found: PdfAttachment[] = [];
  for (const dictionary of dictionariesIn(document)) {
    const content = dictionary.has(PDFName.of('EF')) ? contentIn(dictionary) : undefined;
    if (content) found.push({ name: nameIn(dictionary), content });
  }
  return found;
}

interface FileOfPdfJs {
  filename?: string;
  content?: Uint8Array;
}

/** What pdf.js lists. It can decrypt, but knows only the document's own list and the paper clips on the pages. */
function listedByPdfJs(bytes: Buffer): Promise<PdfAttachment[]> {
  return withPdfJs(bytes, async (document) => {
    const files = Object.values(((await document.getAttachments()) ?? {}) as Record<string, FileOfPdfJs>);
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const annotations = (await page.getAnnotations()) as { file?: FileOfPdfJs }[];
      files.push(...annotations.flatMap(({ file }) => (file ? [file] : [])));
      page.cleanup();
    }
    return files.flatMap(({ filename, content }) =>
      content ? [{ name: filename ?? 'indlejret-fil', content: Buffer.from(content) }] : [],
    );
  });
}

function withoutRepeats(attachments: PdfAttachment[]): PdfAttachment[] {
  const kept: PdfAttachment[] = [];
  for (const each of attachments) {
    if (!kept.some(({ name, content }) => name === each.name && content.equals(each.content))) kept.push(each);
  }
  return kept;
}

/** Whether a PDF speaks of embedded files at all: most do not, and need not be taken apart. */
function mayHoldFiles(bytes: Buffer): boolean {
  return ['/EmbeddedFile', '/Filespec', '/ObjStm', '/Encrypt', '/F#69'].some((word) =>
    bytes.includes(word, 0, 'latin1'),
  );
}

/**
 * Takes the files out of a PDF: attachments, paper clips, and what a portfolio is made of. Each becomes a child.
 * @throws UnreadableFile when there are too many or they lie too deep
 */
export async function addPdfAttachments(job: ConversionJob): Promise<void> {
  if (!mayHoldFiles(job.bytes)) return;
  const isEncrypted = job.bytes.includes('/Encrypt');
  const found = await (isEncrypted ? Promise.reject(new Error('encrypted')) : everySpecification(job.bytes)).catch(() =>
    listedByPdfJs(job.bytes),
  );
  for (const { name, content } of withoutRepeats(found)) {
    job.notes.add('embedded-files');
    await addChild(job, name, 'application/octet-stream', content);
  }
}
