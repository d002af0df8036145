import { closeSync, openSync } from 'node:fs';
import {
  decodePDFRawStream,
  PDFArray,
  PDFCatalog,
  PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  PDFObjectParser,
  PDFPageLeaf,
  PDFRawStream,
  PDFRef,
  type PDFDocument,
  type PDFObject,
} from 'pdf-lib';
import { PdfDamagedError } from './errors';
import { bytesAt, FileIndex, parseIndirect, unreadable } from './file-index';

/** A document to take pages from. */
export interface PageSource {
  readonly context: PDFContext;
  readonly catalog: PDFDict;
  readonly pages: number;
  /** Page from 0. Throws a {@link PdfDamagedError} when it is not there. */
  page(index: number): PDFPageLeaf;
}

export function wholeSource(document: PDFDocument): PageSource {
  const { context, catalog } = document;
  return { context, catalog, pages: document.getPageCount(), page: (index) => document.getPage(index).node };
}

let lastIndex: FileIndex | undefined;

/**
 * Opens a PDF without reading it: objects are read when they are looked up, so that taking a hundred pages out of a file costs
 * the same whatever its size. Throws a {@link PdfDamagedError} when the file's list of objects cannot be followed.
 */
export function openLazily(path: string): PageSource & { isEncrypted: boolean; close(): void } {
  const context = PDFContext.create();
  if (!lastIndex?.isOf(path)) lastIndex = FileIndex.read(path, context);
  const index = lastIndex;
  const file = openSync(path, 'r');
  const objects = new LazyObjects(index, file, context);
  Object.assign(context, { indirectObjects: objects });
  context.largestObjectNumber = index.largestNumber;
  context.trailerInfo = { Root: index.trailer.root, Info: index.trailer.info };
  const close = (): void => closeSync(file);
  const catalog = context.lookup(index.trailer.root);
  const tree = catalog instanceof PDFCatalog ? context.lookup(catalog.get(PDFName.of('Pages'))) : undefined;
  if (!(catalog instanceof PDFCatalog) || !(tree instanceof PDFDict)) {
    close();
    throw unreadable();
  }
  const pages = countOf(tree);
  const page = (wanted: number): PDFPageLeaf => pageAt(tree, wanted, context);
  return { context, catalog, pages, page, close, isEncrypted: index.isEncrypted };
}

/** The objects of a context, read from the file when they are asked for. */
class LazyObjects extends Map<PDFRef, PDFObject> {
  private readonly streams = new Map<number, Map<number, PDFObject>>();

  constructor(
    private readonly index: FileIndex,
    private readonly file: number,
    private readonly context: PDFContext,
  ) {
    super();
  }

  override get(ref: PDFRef): PDFObject | undefined {
    const known = super.get(ref);
    if (known || !(ref instanceof PDFRef)) return known;
    const read = this.read(ref.objectNumber);
    if (read) super.set(ref, read);
    return read;
  }

  private read(number: number): PDFObject | undefined {
    const place = this.index.placeOf(number);
    if (!place) return undefined;
    if ('inStream' in place) return this.objectsIn(place.inStream).get(number);
    const found = parseIndirect(bytesAt(this.file, place.offset, place.end - place.offset), this.context);
    if (found.number !== number) throw unreadable();
    return found.object;
  }

  /** Object streams: ISO 32000-1, 7.5.7. */
  private objectsIn(number: number): Map<number, PDFObject> {
    const known = this.streams.get(number);
    if (known) return known;
    const stream = this.get(PDFRef.of(number));
    if (!(stream instanceof PDFRawStream)) throw unreadable();
    const bytes = decodePDFRawStream(stream).decode();
    const first = stream.dict.lookup(PDFName.of('First'), PDFNumber).asNumber();
    const head = Buffer.from(bytes.subarray(0, first)).toString('latin1').trim().split(/\s+/).map(Number);
    const found = new Map<number, PDFObject>();
    this.streams.set(number, found);
    for (let at = 0; at + 1 < head.length; at += 2) {
      const from = first + head[at + 1];
      const to = at + 3 < head.length ? first + head[at + 3] : bytes.length;
      found.set(
        head[at],
        PDFObjectParser.forBytes(bytes.subarray(from, Math.max(from, to)), this.context).parseObject(),
      );
    }
    return found;
  }
}

const MAX_DEPTH = 60;

/** Goes down the tree by its counts, so that pages before the wanted one are not read. */
function pageAt(tree: PDFDict, wanted: number, context: PDFContext): PDFPageLeaf {
  let node = tree;
  let before = wanted;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    if (node instanceof PDFPageLeaf) return node;
    const kids = context.lookup(node.get(PDFName.of('Kids')));
    if (!(kids instanceof PDFArray)) break;
    const child = kidWith(kids, countOf(node), before, context);
    if (!child) break;
    [node, before] = [child.node, child.before];
  }
  throw new PdfDamagedError(`Page ${wanted + 1} of the PDF cannot be found in its tree of pages.`);
}

function kidWith(
  kids: PDFArray,
  count: number,
  wanted: number,
  context: PDFContext,
): { node: PDFDict; before: number } | undefined {
  const nodeAt = (index: number): PDFDict | undefined => {
    const found = context.lookup(kids.get(index));
    return found instanceof PDFDict ? found : undefined;
  };
  if (kids.size() === count) {
    const node = wanted < count ? nodeAt(wanted) : undefined;
    if (node instanceof PDFPageLeaf) return { node, before: 0 };
  }
  let before = wanted;
  for (let index = 0; index < kids.size(); index++) {
    const node = nodeAt(index);
    const pages = node ? countOf(node) : 0;
    if (node && before < pages) return { node, before };
    before -= pages;
  }
  return undefined;
}

/** A page counts one; a node what it says. */
function countOf(node: PDFDict): number {
  const count = node.lookup(PDFName.of('Count'));
  return count instanceof PDFNumber && node.has(PDFName.of('Kids')) ? count.asNumber() : 1;
}
