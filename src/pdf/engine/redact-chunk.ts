import { StandardFonts, type PDFFont } from 'pdf-lib';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Box, BoxesByPage } from '../../contracts';
import { withoutGrazedWords } from './box-geometry';
import { CHANGED_PIXELS_BOUND, changedOutside, lettersAreRight, somethingIsLeft } from './compare-pages';
import { coverBoxes } from './cover-boxes';
import type { ChunkOutcome, Jobs, RedactStyle } from './jobs';
import { PageBuilder } from './page-builder';
import { needsPicture } from './page-hazards';
import { groupWords, readLetters, type Letter } from './page-letters';
import { drawPageAsPicture, pictureOf } from './page-picture';
import { free, malloc, OpenDocument, putFloats } from './pdfium';
import { renderPage } from './render';
import { emptyDocument, parse, write } from './sanitise';

const CHECK_DPI = 72;
/** Four corners of two floats (FS_QUADPOINTSF). */
const QUAD_BYTES = 32;

/**
 * Redacts the pages of one chunk: letters, pixels and lines under the boxes are removed from the page, the result is
 * compared with what was there, and a page where anything else changed or something was left becomes a picture.
 */
export async function redactChunk(args: Jobs['redactChunk']['args']): Promise<ChunkOutcome> {
  const bytes = readFileSync(args.pdf);
  const hazards = await parse(bytes);
  const document = await OpenDocument.fromBytes(bytes);
  const applied: BoxesByPage = {};
  const asPicture: number[] = [];
  try {
    for (const [key, boxes] of Object.entries(args.boxes)) {
      const page = Number(key);
      applied[key] = appliedBoxes(document, page, boxes);
      const clean =
        !needsPicture(hazards.getPage(page).node, hazards.context) && removeContent(document, page, applied[key]);
      if (!clean) asPicture.push(page);
    }
    await finish(args, document.save(), bytes, applied, asPicture);
  } finally {
    document.close();
  }
  return { rasterisedPages: asPicture, applied };
}

function appliedBoxes(document: OpenDocument, page: number, boxes: Box[]): Box[] {
  const words = document.withPage(page, (handle) => groupWords(readLetters(document, handle)));
  return boxes.map((box) => withoutGrazedWords(box, words));
}

/** Removes what lies under the boxes; false when the page is not as it should be afterwards. */
function removeContent(document: OpenDocument, page: number, boxes: Box[]): boolean {
  const { pdfium } = document;
  const before = document.withPage(page, (handle) => {
    const seen = { letters: onlyLetters(document, handle), picture: renderPage(document, handle, CHECK_DPI) };
    // All boxes in one call: one by one the engine rewrites the page's text for each.
    const quads = malloc(pdfium, boxes.length * QUAD_BYTES);
    boxes.forEach(([x0, y0, x1, y1], index) => {
      putFloats(pdfium, quads + index * QUAD_BYTES, [x0, y1, x1, y1, x0, y0, x1, y0]);
    });
    pdfium.EPDFText_RedactInQuads(handle, quads, boxes.length, true, false);
    free(pdfium, quads);
    pdfium.FPDFPage_GenerateContent(handle);
    return seen;
  });
  return document.withPage(page, (handle) => {
    if (!lettersAreRight(before.letters, onlyLetters(document, handle), boxes)) return false;
    const picture = renderPage(document, handle, CHECK_DPI);
    if (boxes.some((box) => somethingIsLeft(picture, box))) return false;
    return changedOutside(before.picture, picture, boxes) <= CHANGED_PIXELS_BOUND;
  });
}

function onlyLetters(document: OpenDocument, handle: number): Letter[] {
  return readLetters(document, handle).filter((letter): letter is Letter => letter !== null && letter !== 'line');
}

/** Writes the chunk anew: only what pages still draw, covers with labels, pictures in place of the pages that need it. */
async function finish(
  args: Jobs['redactChunk']['args'],
  redacted: Uint8Array,
  original: Uint8Array,
  applied: BoxesByPage,
  asPicture: number[],
): Promise<void> {
  const source = await parse(redacted);
  const target = await emptyDocument();
  const builder = new PageBuilder(source, target);
  const pictures = asPicture.length > 0 ? await OpenDocument.fromBytes(original) : undefined;
  let font: PDFFont | undefined;
  try {
    for (let page = 0; page < source.getPageCount(); page++) {
      const boxes = applied[String(page)];
      if (!boxes) {
        builder.addPage(page);
        continue;
      }
      font ??= await target.embedFont(StandardFonts.Helvetica);
      if (pictures && asPicture.includes(page)) {
        await drawPageAsPicture(target, await pictureOf(pictures, page, boxes, fillOf(args.style)), font);
      } else {
        builder.addPage(page);
      }
      coverBoxes(
        target.getPage(page),
        boxes,
        { fill: fillOf(args.style), labels: args.style.labels?.[String(page)] },
        font,
      );
    }
  } finally {
    pictures?.close();
  }
  writeFileSync(args.out, await write(target), { mode: 0o600 });
}

function fillOf(style: RedactStyle): readonly [number, number, number] {
  return style.fill ?? [0, 0, 0];
}
