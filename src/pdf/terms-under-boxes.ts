import sharp from 'sharp';
import type { AbsentTerm, Box, BoxesByPage, PageText } from '../contracts';
import type { PdfEngine } from './engine/pdf-engine';
import { readByOcr, type OcrEngine } from './ocr/read-by-ocr';

const OCR_DPI = 300;
/** What a reading program is less sure of, or is shorter than this, says too little to be sought elsewhere. */
const OCR_TRUST = 0.7;
const OCR_LETTERS = 4;
/** A line of a box over several lines is sought on its own from this many letters. */
const LINE_LETTERS = 4;

/** The texts under the boxes: what the page says there, and what a reading program sees where the page says nothing. */
export async function termsUnderBoxes(
  engine: PdfEngine,
  pdf: string,
  boxes: BoxesByPage,
  ocr: OcrEngine = 'auto',
): Promise<AbsentTerm[]> {
  const found = new Set<string>();
  const silent = new Map<number, Box[]>();
  for (const { page, box, text } of await engine.textUnder(pdf, boxes)) {
    for (const term of termsOf(text)) found.add(term);
    if (text.trim() === '') silent.set(page, [...(silent.get(page) ?? []), boxes[String(page)][box]]);
  }
  for (const [page, list] of silent) {
    for (const term of await seenUnder(engine, pdf, page, list, ocr)) found.add(term);
  }
  return [...found].map((text) => ({ text }));
}

/** The whole text, and each longer line of it: two layers of the same words are one text, not a longer one. */
function termsOf(text: string): string[] {
  const lines = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => letters(line) > 0);
  if (lines.length <= 1) return lines.filter((line) => letters(line) >= 2);
  return [...lines.filter((line) => letters(line) >= LINE_LETTERS), lines.join('\n')];
}

function letters(text: string): number {
  return text.replace(/[^\p{L}\p{N}]/gu, '').length;
}

async function seenUnder(
  engine: PdfEngine,
  pdf: string,
  page: number,
  boxes: Box[],
  ocr: OcrEngine,
): Promise<string[]> {
  const [text] = await engine.readPages(pdf, { pages: [page] });
  const png = await engine.rasterise(pdf, page, { dpi: OCR_DPI, format: 'png' });
  if (await isBlank(png)) return [];
  const read = await readByOcr(png, { ...placeOf(text), dpi: OCR_DPI, language: 'dan', engine: ocr }).catch(() => null);
  return boxes.flatMap((box) => {
    const words = (read?.words ?? []).filter((word) => middleIsIn(word.box, box));
    const line = words.map((word) => word.text).join(' ');
    const isSure = (read?.trust ?? 0) >= OCR_TRUST && letters(line) >= OCR_LETTERS;
    return isSure ? [line] : [];
  });
}

async function isBlank(png: Buffer): Promise<boolean> {
  const { channels } = await sharp(png).stats();
  return channels.every((channel) => channel.max - channel.min < 16);
}

function placeOf(page: PageText): {
  pageWidth: number;
  pageHeight: number;
  rotation: PageText['rotation'];
  origin?: readonly [number, number];
} {
  return { pageWidth: page.width, pageHeight: page.height, rotation: page.rotation, origin: page.origin };
}

function middleIsIn(inner: Box, outer: Box): boolean {
  const [x, y] = [(inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2];
  return x >= outer[0] && x <= outer[2] && y >= outer[1] && y <= outer[3];
}
