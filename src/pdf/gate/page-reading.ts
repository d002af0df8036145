import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api';
import type { Box } from '../../contracts';
import { painted, type OperatorList, type PaintResources, type Painting } from './painting';
import { boxOf, type Matrix } from './transform';

/** A text whose every UTF-16 unit has a place on the page; blanks that were inferred have none. */
export interface PlacedText {
  text: string;
  /** Worked out when asked: few units are ever looked at. */
  boxAt(unit: number): Box | undefined;
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

/** The part of pdf.js' layer configuration that is asked. */
export interface Layers {
  isVisible(group: unknown): boolean;
}

/** Reads one page. Throws what pdf.js throws: the caller counts it as a failure. */
export async function readGatePage(page: PDFPageProxy, layers?: Layers): Promise<PageReadingOfGate> {
  const list = (await page.getOperatorList()) as unknown as OperatorList;
  const painting = await painted(list, resourcesOf(page, layers));
  const content = await page.getTextContent({ includeMarkedContent: false, disableNormalization: true });
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = page.view;
  const view: Box = [x0, y0, x1, y1];
  const lines = joinItems(content.items as unknown as TextItem[]);
  return { view, painting, lines, letters: joinLetters(painting) };
}

interface TextItem {
  str: string;
  transform: number[];
  width: number;
  height: number;
  hasEOL: boolean;
}

function joinItems(items: TextItem[]): PlacedText {
  const starts: number[] = [];
  let text = '';
  for (const item of items) {
    starts.push(text.length);
    text += item.hasEOL ? `${item.str}\n` : item.str;
  }
  return {
    text,
    boxAt: (unit) => {
      const index = lastBefore(starts, unit);
      const item = items[index];
      return item && unitBox(item, unit - (starts[index] as number));
    },
  };
}

function unitBox(item: TextItem, unit: number): Box | undefined {
  if (unit >= item.str.length) return undefined;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform;
  const along = Math.hypot(a, b) || 1;
  const across = Math.hypot(c, d) || 1;
  const matrix: Matrix = [a / along, b / along, c / across, d / across, e, f];
  const step = item.width / item.str.length;
  return boxOf(matrix, unit * step, -0.2 * item.height, (unit + 1) * step, 0.8 * item.height);
}

/** Index of the last start that is not behind the unit; empty items share their start with the next one. */
function lastBefore(starts: number[], unit: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= unit) low = middle;
    else high = middle - 1;
  }
  return low;
}

function joinLetters(painting: Painting): PlacedText {
  const places: (Box | undefined)[] = [];
  let text = '';
  let last: Box | undefined;
  for (const letter of painting.letters) {
    if (last && !touches(last, letter.box)) {
      text += ' ';
      places.push(undefined);
    }
    for (let i = 0; i < letter.text.length; i += 1) places.push(letter.box);
    text += letter.text;
    last = letter.box;
  }
  return { text, boxAt: (unit) => places[unit] };
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

function resourcesOf(page: PDFPageProxy, layers?: Layers): PaintResources {
  const common = page.commonObjs as unknown as Objects;
  const own = page.objs as unknown as Objects;
  return {
    isOn: (group) => layers === undefined || group === undefined || layers.isVisible(group),
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
