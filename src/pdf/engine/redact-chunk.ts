import { StandardFonts, type PDFFont } from 'pdf-lib';
import { writeFileSync } from 'node:fs';
import type { Box } from '../../contracts';
import { withoutGrazedWords } from './box-geometry';
import { CHANGED_PIXELS_BOUND, changedOutside, faultOfLetters, somethingIsLeft } from './compare-pages';
import { coverBoxes } from './cover-boxes';
import { PdfEncryptedError } from './errors';
import type { ChunkOutcome, Jobs, RasterReason, RedactStyle } from './jobs';
import { PageBuilder } from './page-builder';
import { hazardOf } from './page-hazards';
import { groupWords, readLetters, type Letter, type LetterWord } from './page-letters';
import { drawPageAsPicture, pictureOf } from './page-picture';
import { openLazily, wholeSource } from './page-source';
import { documentTarget } from './page-target';
import { free, malloc, OpenDocument, putFloats } from './pdfium';
import { renderPage, type Picture } from './render';
import { emptyDocument, parse, write } from './document-bytes';
import { widened } from './widen-boxes';

const CHECK_DPI = 72;
/** Four corners of two floats (FS_QUADPOINTSF). */
const QUAD_BYTES = 32;

/**
 * Redacts some pages of a document: letters, pixels and lines under the boxes are removed from the page, the result is
 * compared with what was there, and a page where anything else changed or something was left becomes a picture.
 */
export async function redactChunk(args: Jobs['redactChunk']['args']): Promise<ChunkOutcome> {
  const bytes = await ownPages(args);
  const parsed = await parse(bytes);
  const document = await OpenDocument.fromBytes(bytes);
  const outcome: ChunkOutcome = { rasterised: [], applied: {}, changedPixels: 0 };
  const memory: Memory = {};
  try {
    for (const [key, boxes] of Object.entries(args.boxes)) {
      const page = Number(key);
      const hazard = args.style.rasterise?.includes(page)
        ? 'hidden-text-left'
        : hazardOf(parsed.getPage(page).node, parsed.context);
      const removed = remove(document, page, boxes, { asPicture: hazard !== undefined, memory });
      outcome.applied[key] = widened(removed.applied, removed.before, args.style.width ?? 'exact');
      const why = hazard ?? faultOf(removed, lookAfter(document, page, memory), outcome);
      if (why) outcome.rasterised.push({ page, why });
    }
    await finish(args, document.save(), bytes, outcome);
  } finally {
    document.close();
  }
  return outcome;
}

/** The pages as a document in which each page to be redacted has its own copies of what it shares with others. */
async function ownPages({ pdf, firstPage, pages, boxes }: Jobs['redactChunk']['args']): Promise<Uint8Array> {
  const source = openLazily(pdf);
  try {
    if (source.isEncrypted) throw new PdfEncryptedError('The PDF is encrypted: sanitise it before it is redacted.');
    const target = await emptyDocument();
    const builder = new PageBuilder(source, documentTarget(target), {
      isolate: (page) => boxes[String(page - firstPage)] !== undefined,
    });
    for (let page = firstPage; page < firstPage + pages; page++) builder.addPage(page);
    return await write(target);
  } finally {
    source.close();
  }
}

interface PageLook {
  letters: Letter[];
  picture: Picture;
}

interface Removed {
  before: PageLook & { words: LetterWord[] };
  applied: Box[];
}

/** The memory of the pictures of the page before: a new one for every page would be most of what there is to clear away. */
interface Memory {
  before?: Uint8Array;
  after?: Uint8Array;
}

function lookAfter(document: OpenDocument, page: number, memory: Memory): PageLook {
  return document.withPage(page, (handle) => {
    const picture = renderPage(document, handle, CHECK_DPI, memory.after);
    memory.after = picture.data;
    return { letters: readLetters(document, handle).filter(isLetter), picture };
  });
}

function isLetter(read: Letter | null | 'line'): read is Letter {
  return read !== null && read !== 'line';
}

interface HowToRemove {
  /** The page becomes a picture anyway, and is left as it is. */
  asPicture: boolean;
  memory: Memory;
}

/** Removes what lies under the boxes. */
function remove(document: OpenDocument, page: number, boxes: readonly Box[], how: HowToRemove): Removed {
  return document.withPage(page, (handle) => {
    const read = readLetters(document, handle);
    const picture = renderPage(document, handle, CHECK_DPI, how.memory.before);
    how.memory.before = picture.data;
    const before = { words: groupWords(read), letters: read.filter(isLetter), picture };
    const applied = boxes.map((box) => withoutGrazedWords(box, before.words));
    if (!how.asPicture) removeContent(document, handle, applied);
    return { before, applied };
  });
}

function removeContent({ pdfium }: OpenDocument, handle: number, boxes: readonly Box[]): void {
  // All boxes in one call: one by one the engine rewrites the page's text for each.
  const quads = malloc(pdfium, boxes.length * QUAD_BYTES);
  boxes.forEach(([x0, y0, x1, y1], index) => {
    putFloats(pdfium, quads + index * QUAD_BYTES, [x0, y1, x1, y1, x0, y0, x1, y0]);
  });
  pdfium.EPDFText_RedactInQuads(handle, quads, boxes.length, true, false);
  free(pdfium, quads);
  pdfium.FPDFPage_GenerateContent(handle);
}

/** Why the page is not as it should be after removing, if it is not. */
function faultOf({ before, applied }: Removed, after: PageLook, outcome: ChunkOutcome): RasterReason | undefined {
  const fault = faultOfLetters(before.letters, after.letters, applied);
  if (fault) return fault;
  if (applied.some((box) => somethingIsLeft(after.picture, box))) return 'drawing-left';
  const changed = changedOutside(before.picture, after.picture, applied);
  if (changed > CHANGED_PIXELS_BOUND) return 'picture-changed';
  outcome.changedPixels = Math.max(outcome.changedPixels, changed);
  return undefined;
}

/** Writes the chunk anew: only what pages still draw, covers with labels, pictures in place of the pages that need it. */
async function finish(
  args: Jobs['redactChunk']['args'],
  redacted: Uint8Array,
  original: Uint8Array,
  { applied, rasterised }: ChunkOutcome,
): Promise<void> {
  const source = wholeSource(await parse(redacted));
  const target = await emptyDocument();
  const builder = new PageBuilder(source, documentTarget(target));
  const asPicture = rasterised.map(({ page }) => page);
  const pictures = asPicture.length > 0 ? await OpenDocument.fromBytes(original) : undefined;
  let font: PDFFont | undefined;
  try {
    for (let page = 0; page < source.pages; page++) {
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
