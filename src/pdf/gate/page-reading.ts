import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api';
import type { Box } from '../../contracts';
import { painted, type OperatorList, type PaintResources, type Painting } from './painting';
import { boxOf, type Matrix } from './transform';

/** A text whose every UTF-16 unit has a place on the page; blanks that were inferred have none. */
export interface PlacedText {
  text: string;
  boxes: (Box | undefined)[];
  /** Units that nobody sees on the page: off its edge. */
  unseen: boolean[];
}

/** What pdf.js reads on a page, in two independent ways. */
export interface PageReadingOfGate {
  view: Box;
  painting: Painting;
  /** Lines as pdf.js joins them. */
  lines: PlacedText;
  /** Letters in the order in which they are painted, with annotations and patterns. */
  letters: PlacedText;
}

/** Reads one page. Throws what pdf.js throws: the caller counts it as a failure. */
export async function readGatePage(page: PDFPageProxy): Promise<PageReadingOfGate> {
  const list = (await page.getOperatorList()) as unknown as OperatorList;
  const painting = await painted(list, resourcesOf(page));
  const content = await page.getTextContent({ includeMarkedContent: false, disableNormalization: true });
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = page.view;
  const view: Box = [x0, y0, x1, y1];
  const lines = joinItems(content.items as unknown as TextItem[], view);
  return { view, painting, lines, letters: joinLetters(painting, view) };
}

interface TextItem {
  str: string;
  transform: number[];
  width: number;
  height: number;
  hasEOL: boolean;
}

function joinItems(items: TextItem[], view: Box): PlacedText {
  const placed: PlacedText = { text: '', boxes: [], unseen: [] };
  const texts: string[] = [];
  for (const item of items) {
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform;
    const along = Math.hypot(a, b) || 1;
    const across = Math.hypot(c, d) || 1;
    const unit: Matrix = [a / along, b / along, c / across, d / across, e, f];
    const step = item.width / Math.max(1, item.str.length);
    for (let i = 0; i < item.str.length; i += 1) {
      push(placed, boxOf(unit, i * step, -0.2 * item.height, (i + 1) * step, 0.8 * item.height), view);
    }
    texts.push(item.str);
    if (!item.hasEOL) continue;
    texts.push('\n');
    push(placed, undefined, view);
  }
  placed.text = texts.join('');
  return placed;
}

function joinLetters(painting: Painting, view: Box): PlacedText {
  const placed: PlacedText = { text: '', boxes: [], unseen: [] };
  const texts: string[] = [];
  let last: Box | undefined;
  for (const letter of painting.letters) {
    if (last && !touches(last, letter.box)) {
      texts.push(' ');
      push(placed, undefined, view);
    }
    for (let i = 0; i < letter.text.length; i += 1) push(placed, letter.box, view);
    texts.push(letter.text);
    last = letter.box;
  }
  placed.text = texts.join('');
  return placed;
}

function push(placed: PlacedText, box: Box | undefined, view: Box): void {
  placed.boxes.push(box);
  placed.unseen.push(
    box !== undefined && (box[2] < view[0] || box[0] > view[2] || box[3] < view[1] || box[1] > view[3]),
  );
}

/** Letters of one word lie closer than a quarter of their height, whichever way the line runs. */
function touches(a: Box, b: Box): boolean {
  const slack = 0.25 * Math.min(Math.max(a[2] - a[0], a[3] - a[1]), Math.max(b[2] - b[0], b[3] - b[1]));
  return b[0] < a[2] + slack && b[2] > a[0] - slack && b[1] < a[3] + slack && b[3] > a[1] - slack;
}

interface Objects {
  has(name: string): boolean;
  get(name: string): unknown;
}

function resourcesOf(page: PDFPageProxy): PaintResources {
  const common = page.commonObjs as unknown as Objects;
  const own = page.objs as unknown as Objects;
  return {
    font: (name) => (common.has(name) ? (common.get(name) as ReturnType<PaintResources['font']>) : undefined),
    picture: (name) => {
      if (typeof name !== 'string') return looksOf(name);
      const store = name.startsWith('g_') ? common : own;
      return store.has(name) ? looksOf(store.get(name)) : undefined;
    },
  };
}

/** pdf.js gives pictures as one bit, three or four bytes a pixel. */
function looksOf(picture: unknown): { lightness: number; opacity: number } | undefined {
  const { data, width, height } = (picture ?? {}) as { data?: ArrayLike<number>; width?: number; height?: number };
  if (!data?.length || !width || !height) return undefined;
  const samples = data.length / (width * height);
  if (samples < 1) return { lightness: bitLightness(data), opacity: 1 };
  const bytes = Math.round(samples);
  let light = 0;
  let alpha = 0;
  let counted = 0;
  const stride = Math.max(1, Math.floor((width * height) / 5000)) * bytes;
  for (let at = 0; at + bytes <= data.length; at += stride) {
    const opaque = bytes === 4 ? (data[at + 3] as number) / 255 : 1;
    const [red, green, blue] = bytes >= 3 ? [data[at], data[at + 1], data[at + 2]] : [data[at], data[at], data[at]];
    light += (0.2126 * Number(red) + 0.7152 * Number(green) + 0.0722 * Number(blue)) / 255;
    alpha += opaque;
    counted += 1;
  }
  return { lightness: light / counted, opacity: alpha / counted };
}

function bitLightness(data: ArrayLike<number>): number {
  let set = 0;
  for (let i = 0; i < data.length; i += 1) for (let byte = data[i] as number; byte; byte >>= 1) set += byte & 1;
  return set / (data.length * 8);
}
