import { PDFDocument } from 'pdf-lib';
import { readFileSync, writeFileSync } from 'node:fs';
import { collectHidden } from './collect-hidden';
import { PdfDamagedError } from './errors';
import type { HiddenContent } from './hidden-content';
import { PageBuilder } from './page-builder';
import { OpenDocument } from './pdfium';
import { readPage } from './read-pages';

/**
 * Writes a new document with the pages of another and what they draw, nothing else: one revision, no encryption, no
 * metadata, names, bookmarks, forms, scripts, actions, attachments, structure, layers or annotations. What annotations and
 * form fields show becomes part of the page. Returns what a reader of the pages would not have seen.
 */
export async function sanitise(pdf: string, out: string): Promise<{ hidden: HiddenContent[]; pages: number }> {
  const original = await OpenDocument.fromFile(pdf);
  try {
    const expected = original.pages;
    const source = await parse(original.save());
    if (source.getPageCount() !== expected) {
      throw new PdfDamagedError(
        `The PDF has ${expected} pages for one engine and ${source.getPageCount()} for another.`,
      );
    }
    const hidden = [...collectHidden(source), ...collectFromOriginal(readFileSync(pdf))];
    const layered = new Set<number>();
    const target = await emptyDocument();
    const builder = new PageBuilder(source, target, {
      onHidden: (content) => hidden.push(content),
      onDroppedLayer: (page) => layered.add(page),
    });
    for (let index = 0; index < expected; index++) builder.addPage(index);
    const bytes = await write(target);
    hidden.push(...(await lostText(original, bytes, [...layered])));
    writeFileSync(out, bytes, { mode: 0o600 });
    return { hidden, pages: expected };
  } finally {
    original.close();
  }
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
function collectFromOriginal(bytes: Buffer): HiddenContent[] {
  let revisions = 0;
  for (let at = bytes.indexOf('startxref'); at >= 0; at = bytes.indexOf('startxref', at + 9)) revisions++;
  // A linearised file has two cross-reference sections and one revision.
  const usual = bytes.subarray(0, 2048).includes('/Linearized') ? 2 : 1;
  if (revisions <= usual) return [];
  return [{ kind: 'metadata', text: `Filen indeholdt ${revisions - usual} tidligere udgave(r) af dokumentet.` }];
}

/** The text that went away with layers that were switched off. */
async function lostText(original: OpenDocument, bytes: Uint8Array, pages: number[]): Promise<HiddenContent[]> {
  if (pages.length === 0) return [];
  const cleaned = await OpenDocument.fromBytes(bytes);
  try {
    return pages.map((page) => {
      const left = readPage(cleaned, page).words.map((word) => word.text);
      const lost = readPage(original, page).words.filter((word) => {
        const at = left.indexOf(word.text);
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      });
      return {
        kind: 'layer' as const,
        page,
        text: lost.map((word) => word.text).join(' ') || 'Et lag uden tekst var slået fra.',
      };
    });
  } finally {
    cleaned.close();
  }
}
