import { PDFDocument } from 'pdf-lib';
import { statSync } from 'node:fs';
import { collectHidden, collectHiddenOfPage } from './collect-hidden';
import { countRevisions } from './count-revisions';
import { PdfDamagedError } from './errors';
import { GrowingPdf } from './growing-pdf';
import type { HiddenContent } from './hidden-content';
import type { Jobs } from './jobs';
import { PageBuilder } from './page-builder';
import { openLazily, wholeSource, type PageSource } from './page-source';
import { OpenDocument, withDocument } from './pdfium';
import { readPage } from './read-pages';

/** A file of more pages or bytes than this is sanitised in pieces. */
const WHOLE_PAGES = 100;
const WHOLE_BYTES = 32 * 2 ** 20;

/**
 * Writes a new document with the pages of another and what they draw, nothing else: one revision, no encryption, no
 * metadata, names, bookmarks, forms, scripts, actions, attachments, structure, layers or annotations. What annotations and
 * form fields show becomes part of the page. Returns what a reader of the pages would not have seen; undefined for a file that
 * is too large for one step.
 */
export async function sanitise({ pdf, out }: Jobs['sanitise']['args']): Promise<Jobs['sanitise']['result']> {
  const original = await OpenDocument.fromFile(pdf);
  try {
    const { pages } = original;
    if (pages > WHOLE_PAGES || statSync(pdf).size > WHOLE_BYTES) return { pages, hidden: undefined };
    const source = wholeSource(await parse(original.save()));
    checkCount(source, pages);
    const hidden = [
      ...collectHidden(source),
      ...revisionsOf(pdf),
      ...(await buildPages(source, original, 0, pages, out)),
    ];
    return { pages, hidden };
  } finally {
    original.close();
  }
}

/** Looks at a large document as a whole; writes it anew first where its objects cannot be found one by one. */
export async function survey({ pdf, repaired }: Jobs['survey']['args']): Promise<Jobs['survey']['result']> {
  return withDocument(pdf, (original) => {
    if (repaired) original.saveTo(repaired);
    const source = openLazily(repaired ?? pdf);
    try {
      if (source.isEncrypted) throw new PdfDamagedError('The PDF is encrypted: it must be written anew first.');
      checkCount(source, original.pages);
      return [...collectHidden(source), ...revisionsOf(pdf)];
    } finally {
      source.close();
    }
  });
}

/** Sanitises some pages of a large document into a file of their own. */
export async function sanitisePages(args: Jobs['sanitisePages']['args']): Promise<Jobs['sanitisePages']['result']> {
  const source = openLazily(args.pdf);
  const original = await OpenDocument.fromFile(args.pdf);
  try {
    return await buildPages(source, original, args.firstPage, args.pages, args.out);
  } finally {
    original.close();
    source.close();
  }
}

async function buildPages(
  source: PageSource,
  original: OpenDocument,
  firstPage: number,
  pages: number,
  out: string,
): Promise<HiddenContent[]> {
  const hidden: HiddenContent[] = [];
  const layered = new Set<number>();
  const target = new GrowingPdf(out);
  const builder = new PageBuilder(source, target, {
    onHidden: (content) => hidden.push(content),
    onDroppedLayer: (page) => layered.add(page),
  });
  try {
    for (let index = firstPage; index < firstPage + pages; index++) {
      hidden.push(...collectHiddenOfPage(source, index));
      builder.addPage(index);
      target.flush();
    }
  } catch (error) {
    target.abandon();
    throw error;
  }
  target.finish();
  hidden.push(...(await lostText(original, out, firstPage, [...layered])));
  return hidden;
}

function checkCount(source: PageSource, expected: number): void {
  if (source.pages === expected) return;
  throw new PdfDamagedError(`The PDF has ${expected} pages for one engine and ${source.pages} for another.`);
}

export async function emptyDocument(): Promise<PDFDocument> {
  return PDFDocument.create({ updateMetadata: false });
}

export async function write(document: PDFDocument): Promise<Uint8Array> {
  return document.save({ useObjectStreams: true, addDefaultPage: false, updateFieldAppearances: false });
}

export async function parse(bytes: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(bytes, {
      updateMetadata: false,
      throwOnInvalidObject: false,
      ignoreEncryption: true,
    });
  } catch {
    throw new PdfDamagedError('The PDF is damaged: its objects cannot be read.');
  }
}

/** Earlier revisions are not hidden content of this one, but the caseworker should know that there were some. */
function revisionsOf(pdf: string): HiddenContent[] {
  const earlier = countRevisions(pdf) - 1;
  if (earlier <= 0) return [];
  return [{ kind: 'metadata', text: `Filen indeholdt ${earlier} tidligere udgave(r) af dokumentet.` }];
}

/** The text that went away with layers that were switched off. */
async function lostText(
  original: OpenDocument,
  out: string,
  firstPage: number,
  pages: number[],
): Promise<HiddenContent[]> {
  if (pages.length === 0) return [];
  return withDocument(out, (cleaned) =>
    pages.map((page) => {
      const left = readPage(cleaned, page - firstPage).words.map((word) => word.text);
      const lost = readPage(original, page).words.filter((word) => {
        const at = left.indexOf(word.text);
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      });
      const text = lost.map((word) => word.text).join(' ') || 'Et lag uden tekst var slået fra.';
      return { kind: 'layer' as const, page, text };
    }),
  );
}
