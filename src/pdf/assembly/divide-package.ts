import { PDFArray, PDFDict, PDFName, PDFRawStream, PDFRef, type PDFContext, type PDFObject } from 'pdf-lib';
import type { PackageDocument } from './assemble';
import { openSource, type PackageSource, type PdfSource } from './package-source';

/** A document with what each of its pages adds to a package, in bytes. */
export interface WeighedDocument {
  document: PackageDocument;
  pages: WeighedPage[];
}

/** A document, or a piece of one, that goes into one package. */
export interface DividedDocument extends PackageDocument {
  pages: number;
}

interface WeighedPage {
  file: PdfSource;
  /** From 0, in its file. */
  page: number;
  /** Bytes of the objects that the page draws with, by a key that is the same for pages that share one. */
  objects: ReadonlyMap<string, number>;
}

/** The stamp, and the page itself. */
const OF_EACH_PAGE = 400;
/** What a page draws with; other entries stay behind when a package is assembled. */
const DRAWN = ['Contents', 'Resources'].map((key) => PDFName.of(key));

/** Weighs documents by the objects that their pages draw with. Throws `AssemblyError` when a file cannot be read. */
export async function weighDocuments(documents: readonly PackageDocument[]): Promise<WeighedDocument[]> {
  const weighed: WeighedDocument[] = [];
  for (const document of documents) {
    const pages: WeighedPage[] = [];
    for (const [index, file] of document.files.entries())
      pages.push(...(await weighPages(file, `File ${index + 1} of document ${document.number}`, index)));
    weighed.push({ document, pages });
  }
  return weighed;
}

/**
 * Divides documents, in their order, among packages of at most `room` bytes by weight: at the borders of documents, and at
 * pages where one document alone is heavier. A page that is heavier stands alone.
 */
export function dividePackage(weighed: readonly WeighedDocument[], room: number): DividedDocument[][] {
  const packages: DividedDocument[][] = [];
  let open: DividedDocument[] = [];
  let left = room;
  const close = (): void => {
    if (open.length > 0) packages.push(open);
    open = [];
    left = room;
  };
  for (const { document, pages } of weighed) {
    const weight = weightOf(pages);
    if (weight > left) close();
    if (weight <= left) {
      open.push({ ...document, pages: pages.length });
      left -= weight;
      continue;
    }
    for (const { piece, bytes } of piecesOf(document, pages, room)) {
      close();
      open = [piece];
      left -= bytes;
    }
  }
  close();
  return packages;
}

function piecesOf(document: PackageDocument, pages: readonly WeighedPage[], room: number) {
  const pieces: { piece: DividedDocument; bytes: number }[] = [];
  for (let at = 0; at < pages.length;) {
    let end = at + 1;
    const seen = new Set<string>();
    let bytes = weightOf([pages[at] as WeighedPage], seen);
    for (; end < pages.length; end += 1) {
      const more = weightOf([pages[end] as WeighedPage], seen);
      if (bytes + more > room) break;
      bytes += more;
    }
    const files = sourcesOf(pages.slice(at, end));
    pieces.push({
      piece: { ...document, files, pages: end - at, piece: { before: at, of: pages.length } },
      bytes,
    });
    at = end;
  }
  return pieces;
}

/** Objects that were seen weigh nothing more; those of the pages are added to them. */
function weightOf(pages: readonly WeighedPage[], seen = new Set<string>()): number {
  let sum = 0;
  for (const { objects } of pages) {
    sum += OF_EACH_PAGE;
    for (const [key, bytes] of objects) {
      if (!seen.has(key)) sum += bytes;
      seen.add(key);
    }
  }
  return sum;
}

function sourcesOf(pages: readonly WeighedPage[]): PackageSource[] {
  const ranges: { file: PdfSource; first: number; end: number }[] = [];
  for (const { file, page } of pages) {
    const last = ranges[ranges.length - 1];
    if (last?.file === file && last.end === page) last.end += 1;
    else ranges.push({ file, first: page, end: page + 1 });
  }
  return ranges;
}

async function weighPages(from: PackageSource, what: string, index: number): Promise<WeighedPage[]> {
  const { source, pages } = await openSource(from, what);
  const file = typeof from === 'string' || from instanceof Uint8Array ? from : from.file;
  return pages.map((page) => {
    const objects = new Map<string, number>();
    const { node } = source.getPage(page);
    for (const key of DRAWN) weigh(node.context, node.getInheritableAttribute(key), `${index}:`, objects);
    return { file, page, objects };
  });
}

function weigh(context: PDFContext, from: PDFObject | undefined, prefix: string, objects: Map<string, number>): void {
  const waiting: (PDFObject | undefined)[] = [from];
  while (waiting.length > 0) {
    let object = waiting.pop();
    if (object instanceof PDFRef) {
      const key = prefix + object.tag;
      if (objects.has(key)) continue;
      object = context.lookup(object);
      objects.set(key, object instanceof PDFRawStream ? object.getContentsSize() : 0);
    }
    if (object instanceof PDFRawStream) object = object.dict;
    // A form can name its page, and the page its document.
    if (object instanceof PDFDict)
      for (const [key, value] of object.entries()) if (key !== PDFName.Parent) waiting.push(value);
    if (object instanceof PDFArray) waiting.push(...object.asArray());
  }
}
