import { PDFDict } from 'pdf-lib';
import { statSync } from 'node:fs';
import { buildPages } from './build-pages';
import { collectHidden } from './collect-hidden';
import { countRevisions } from './count-revisions';
import { parse } from './document-bytes';
import { PdfDamagedError, PdfError } from './errors';
import { unreadable } from './file-index';
import type { HiddenContent } from './hidden-content';
import type { Jobs } from './jobs';
import { openLazily, wholeSource, type PageSource } from './page-source';
import { OpenDocument, withDocument } from './pdfium';

/** A file of more pages or bytes than this is sanitised in pieces. */
const WHOLE_PAGES = 100;
const WHOLE_BYTES = 32 * 2 ** 20;

/**
 * Writes a new document with the pages of another and what they draw, nothing else: one revision, no encryption, no
 * metadata, names, bookmarks, forms, scripts, actions, attachments, structure, layers or annotations. What annotations and
 * form fields show becomes part of the page. Tells what a reader of the pages would not have seen, and which pages could be
 * shown but not taken apart: they become pictures.
 */
export async function sanitise({ pdf, out }: Jobs['sanitise']['args']): Promise<Jobs['sanitise']['result']> {
  const original = await OpenDocument.fromFile(pdf);
  try {
    const { pages } = original;
    if (pages <= 0) throw new PdfDamagedError('The PDF has no page that can be shown.');
    if (pages > WHOLE_PAGES || statSync(pdf).size > WHOLE_BYTES) return { pages };
    const source = await readableSource(original);
    const cleaned = await buildPages(source, original, { firstPage: 0, pages, out });
    const ofFile = source ? collectHidden(source) : [];
    return { pages, cleaned: { ...cleaned, hidden: [...ofFile, ...revisionsOf(pdf), ...cleaned.hidden] } };
  } finally {
    original.close();
  }
}

/** Undefined when the tree of pages cannot be followed, or leads to other pages than those that are shown. */
async function readableSource(original: OpenDocument): Promise<PageSource | undefined> {
  try {
    const source = wholeSource(await parse(original.save()));
    return source.pages === original.pages && source.catalog instanceof PDFDict ? source : undefined;
  } catch (error) {
    if (error instanceof PdfError && !(error instanceof PdfDamagedError)) throw error;
    return undefined;
  }
}

/** Looks at a large document as a whole; writes it anew first where its objects cannot be found one by one. */
export async function survey({ pdf, repaired }: Jobs['survey']['args']): Promise<Jobs['survey']['result']> {
  return withDocument(pdf, (original) => {
    if (repaired) original.saveTo(repaired);
    const source = openedOrDamaged(repaired ?? pdf);
    try {
      if (source.isEncrypted) throw new PdfDamagedError('The PDF is encrypted: it must be written anew first.');
      checkCount(source, original.pages);
      return [...collectHidden(source), ...revisionsOf(pdf)];
    } finally {
      source.close();
    }
  });
}

function openedOrDamaged(path: string): ReturnType<typeof openLazily> {
  try {
    return openLazily(path);
  } catch (error) {
    throw error instanceof PdfError ? error : unreadable();
  }
}

/** Sanitises some pages of a large document into a file of their own. */
export async function sanitisePages(args: Jobs['sanitisePages']['args']): Promise<Jobs['sanitisePages']['result']> {
  const source = args.asPictures ? undefined : openLazily(args.pdf);
  try {
    return await withDocument(args.pdf, (original) => buildPages(source, original, args));
  } finally {
    source?.close();
  }
}

function checkCount(source: PageSource, expected: number): void {
  if (source.pages === expected) return;
  throw new PdfDamagedError(`The PDF has ${expected} pages for one engine and ${source.pages} for another.`);
}

/** Earlier revisions are not hidden content of this one, but the caseworker should know that there were some. */
function revisionsOf(pdf: string): HiddenContent[] {
  const earlier = countRevisions(pdf) - 1;
  if (earlier <= 0) return [];
  return [{ kind: 'metadata', text: `Filen indeholdt ${earlier} tidligere udgave(r) af dokumentet.` }];
}
