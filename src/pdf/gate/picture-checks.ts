import type { Box } from '../../contracts';
import type { PageFinding } from './page-checks';
import type { PagePicture } from './page-pictures';

/** Dots per inch at which pages are compared. */
export const PICTURE_DPI = 72;
/** How far a sample (of 255) may lie from the fill, or from the page before, and still be the same. */
const DIFFERENT = 64;
/** The share of the pixels of a box that may differ from its fill: edges of letters that reach into it. */
const LEFT_IN_BOX = 0.01;
/** So many pixels outside the boxes of a page may differ: glyphs and edges of pictures drawn anew. More is told. */
const CHANGED_TOLD = 40;
/**
 * A program may set a picture off by a pixel, and on a page that became a picture every letter is drawn anew. What counts as
 * a change of content is a square of pixels whose mean is another: a word that is gone, or has come.
 */
const CELL = 8;
const STEP = 4;
const CELL_DIFFERENT = 36;
/** Scans that are drawn anew differ by up to 10; one letter more or less by 40 and over. */
const CELL_ALIKE = 16;
/** So many squares may differ. */
const CELLS_GRAVE = 2;

/** From a box of the page to pixels of its picture: left, top, right, bottom, not rounded. */
export type ToPixels = (box: Box) => Box;

/** What pdf.js' viewport does, scaled to the picture that was really drawn. */
export function toPixelsOf(
  viewport: { width: number; convertToViewportPoint(x: number, y: number): number[] },
  picture: PagePicture,
): ToPixels {
  const scale = picture.width / viewport.width;
  return ([x0, y0, x1, y1]) => {
    const [ax = 0, ay = 0] = viewport.convertToViewportPoint(x0, y0);
    const [bx = 0, by = 0] = viewport.convertToViewportPoint(x1, y1);
    return [Math.min(ax, bx) * scale, Math.min(ay, by) * scale, Math.max(ax, bx) * scale, Math.max(ay, by) * scale];
  };
}

/** Every pixel inside a redaction box must be its fill, or belong to our label (`letters`: where its letters stand). */
export function checkInside(
  page: number,
  picture: PagePicture,
  boxes: readonly Box[],
  letters: readonly Box[],
  toPixels: ToPixels,
): PageFinding[] {
  const label = letters.map((letter) => grown(toPixels(letter), 1.5));
  return boxes.flatMap((box) => {
    const pixels = toPixels(box);
    // What lies off the page has no pixel; that no text is left there is another check's business.
    if (isOff(picture, pixels)) return [];
    const area = within(picture, inset(pixels));
    const fill = commonest(picture, area);
    // Of a page's many labels few letters reach into one box.
    const own = label.filter(([x0, y0, x1, y1]) => x1 >= area[0] && x0 < area[2] && y1 >= area[1] && y0 < area[3]);
    let other = 0;
    let seen = 0;
    each(picture, area, (at, x, y) => {
      if (own.some((letter) => x >= letter[0] && x <= letter[2] && y >= letter[1] && y <= letter[3])) return;
      seen += 1;
      if (distance(picture.data, at, fill) > DIFFERENT) other += 1;
    });
    if (other <= seen * LEFT_IN_BOX) return [];
    return [{ page, box, grave: true, message: `${other} pixels inside a redaction box are neither fill nor label.` }];
  });
}

/** The page before and after must look the same outside the boxes. */
export function compareOutside(
  page: number,
  before: PagePicture,
  after: PagePicture,
  boxes: readonly Box[],
  toPixels: ToPixels,
  isRasterised: boolean,
): PageFinding[] {
  if (Math.abs(before.width - after.width) > 1 || Math.abs(before.height - after.height) > 1)
    return [{ page, grave: true, message: 'The page has another size than in the original.' }];
  const { area, inside } = outsideOf(before, after, boxes, toPixels);
  const pixels = changedPixels(before, after, area, inside);
  if (pixels <= CHANGED_TOLD) return [];
  const grave = changedCells(before, after, area, inside, CELL_DIFFERENT) > CELLS_GRAVE;
  if (isRasterised && !grave) return [];
  const message = `${pixels} pixels outside the boxes differ from the original at ${PICTURE_DPI} dpi.`;
  return [{ page, message, grave }];
}

/** True when no letter outside the boxes can have come or gone: no square has another mean, wherever a pixel was set off. */
export function looksAlike(
  before: PagePicture,
  after: PagePicture,
  boxes: readonly Box[],
  toPixels: ToPixels,
): boolean {
  if (before.width !== after.width || before.height !== after.height) return false;
  const { area, inside } = outsideOf(before, after, boxes, toPixels);
  return changedCells(before, after, area, inside, CELL_ALIKE) === 0;
}

/** What both pictures show, and a mask of what lies under the boxes and their edges. */
function outsideOf(before: PagePicture, after: PagePicture, boxes: readonly Box[], toPixels: ToPixels) {
  const area: Area = [0, 0, Math.min(before.width, after.width), Math.min(before.height, after.height)];
  const covers = boxes.map((box) => grown(toPixels(box), 2.5));
  return { area, inside: maskOf(area, covers) };
}

function changedPixels(before: PagePicture, after: PagePicture, [, , right, bottom]: Area, inside: Uint8Array): number {
  let changed = 0;
  const [old, now] = [before.data, after.data];
  for (let y = 0; y < bottom; y += 1) {
    let at = y * before.width * 3;
    let from = y * after.width * 3;
    for (let x = 0; x < right; x += 1, at += 3, from += 3) {
      const isSame = old[at] === now[from] && old[at + 1] === now[from + 1] && old[at + 2] === now[from + 2];
      if (!isSame && !inside[y * right + x] && differs(old, at, now, from)) changed += 1;
    }
  }
  return changed;
}

function changedCells(
  before: PagePicture,
  after: PagePicture,
  [, , right, bottom]: Area,
  inside: Uint8Array,
  different: number,
): number {
  let changed = 0;
  for (let top = 0; top + CELL <= bottom; top += STEP) {
    for (let left = 0; left + CELL <= right; left += STEP) {
      if (!isSeenWhole(inside, right, left, top)) continue;
      const mean = greenOf(before, left, top);
      if (SHIFTS.every(([x, y]) => Math.abs(mean - greenOf(after, left + x, top + y)) > different)) changed += 1;
    }
  }
  return changed;
}

/** A sharp edge that was drawn a pixel beside its place is no change of content. */
const SHIFTS = [0, -1, 1].flatMap((y) => [0, -1, 1].map((x): [number, number] => [x, y]));

/** True when no pixel of the square lies under a box. */
function isSeenWhole(inside: Uint8Array, width: number, left: number, top: number): boolean {
  for (let y = top; y < top + CELL; y += 1) {
    for (let x = left; x < left + CELL; x += 1) if (inside[y * width + x]) return false;
  }
  return true;
}

/** The mean of a square's green, which carries most of what the eye sees; beyond the page its edge goes on. */
function greenOf({ data, width, height }: PagePicture, left: number, top: number): number {
  let sum = 0;
  for (let dy = 0; dy < CELL; dy += 1) {
    const y = Math.min(height - 1, Math.max(0, top + dy));
    for (let dx = 0; dx < CELL; dx += 1) {
      const x = Math.min(width - 1, Math.max(0, left + dx));
      sum += data[(y * width + x) * 3 + 1] as number;
    }
  }
  return sum / (CELL * CELL);
}

type Area = [left: number, top: number, right: number, bottom: number];

function maskOf([, , width, height]: Area, covered: readonly Box[]): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (const [x0, y0, x1, y1] of covered) {
    const [left, right] = [Math.max(0, Math.floor(x0)), Math.min(width, Math.ceil(x1))];
    for (let y = Math.max(0, Math.floor(y0)); y < Math.min(height, Math.ceil(y1)); y += 1) {
      if (right > left) mask.fill(1, y * width + left, y * width + right);
    }
  }
  return mask;
}

function differs(a: Uint8Array, at: number, b: Uint8Array, from: number): boolean {
  for (let i = 0; i < 3; i += 1) {
    if (Math.abs((a[at + i] as number) - (b[from + i] as number)) > DIFFERENT) return true;
  }
  return false;
}

/** The edge of a box is blended with the paper; what is thinner than its edges is judged by its middle. */
function inset([x0, y0, x1, y1]: Box): Box {
  const side = Math.min(1.5, (x1 - x0) * 0.3);
  const height = Math.min(1.5, (y1 - y0) * 0.3);
  return [x0 + side, y0 + height, x1 - side, y1 - height];
}

function grown([x0, y0, x1, y1]: Box, by: number): Box {
  return [x0 - by, y0 - by, x1 + by, y1 + by];
}

function isOff({ width, height }: PagePicture, [x0, y0, x1, y1]: Box): boolean {
  return x1 <= 0 || y1 <= 0 || x0 >= width || y0 >= height;
}

function within({ width, height }: PagePicture, [x0, y0, x1, y1]: Box): Area {
  const left = Math.min(width - 1, Math.max(0, Math.round(x0)));
  const top = Math.min(height - 1, Math.max(0, Math.round(y0)));
  return [
    left,
    top,
    Math.min(width, Math.max(left + 1, Math.round(x1))),
    Math.min(height, Math.max(top + 1, Math.round(y1))),
  ];
}

function each({ width }: PagePicture, area: Area, visit: (at: number, x: number, y: number) => void): void {
  for (let y = area[1]; y < area[3]; y += 1) {
    for (let x = area[0]; x < area[2]; x += 1) visit((y * width + x) * 3, x, y);
  }
}

/** The mean of the most frequent of 512 colours. */
function commonest(picture: PagePicture, area: Area): [number, number, number] {
  const sums = new Map<number, [count: number, red: number, green: number, blue: number]>();
  each(picture, area, (at) => {
    const [red, green, blue] = [picture.data[at], picture.data[at + 1], picture.data[at + 2]] as [
      number,
      number,
      number,
    ];
    const key = ((red >> 5) << 6) | ((green >> 5) << 3) | (blue >> 5);
    const sum = sums.get(key) ?? [0, 0, 0, 0];
    sum[0] += 1;
    sum[1] += red;
    sum[2] += green;
    sum[3] += blue;
    sums.set(key, sum);
  });
  const [count, red, green, blue] = [...sums.values()].sort((a, b) => b[0] - a[0])[0] ?? [1, 0, 0, 0];
  return [red / count, green / count, blue / count];
}

function distance(data: Uint8Array, at: number, [red, green, blue]: readonly [number, number, number]): number {
  return Math.max(
    Math.abs((data[at] as number) - red),
    Math.abs((data[at + 1] as number) - green),
    Math.abs((data[at + 2] as number) - blue),
  );
}
