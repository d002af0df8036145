import type { Box, PageText } from '../../contracts';
import type { ReadingRun, RedactedPage } from './reading-model';

/** A word or a removed place, where it is seen: points from the upper left corner of the page as it is shown. */
export interface Token {
  run: ReadingRun;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A word belongs to a removed place, as its label, when this much of it lies inside. */
const MOSTLY = 0.5;

/** The words that are left and the places that were removed. What lies inside a removed place is our own label. */
export function tokensOf({ page, removed, kept }: RedactedPage): Token[] {
  const words = page.words
    .filter((word) => !removed.some(({ box }) => share(word.box, box) >= MOSTLY))
    .map((word): Token => {
      const isKept = kept.some((box) => share(word.box, box) >= MOSTLY);
      const run: ReadingRun = { kind: 'text', text: word.text, ...(isKept ? { isKept } : {}) };
      return { run, ...shownPlace(word.box, page) };
    });
  const places = removed.map(({ box, note }): Token => ({
    run: { kind: 'removed', text: note },
    ...shownPlace(box, page),
  }));
  return [...words, ...places];
}

/** The share of the first box that the second covers. */
export function share(inner: Box, outer: Box): number {
  const width = Math.min(inner[2], outer[2]) - Math.max(inner[0], outer[0]);
  const height = Math.min(inner[3], outer[3]) - Math.max(inner[1], outer[1]);
  const area = (inner[2] - inner[0]) * (inner[3] - inner[1]);
  return width <= 0 || height <= 0 || area <= 0 ? 0 : (width * height) / area;
}

/** From points of the unrotated page to the page as it is shown, origin top left. */
export function shownPlace([x0, y0, x1, y1]: Box, page: PageText): Omit<Token, 'run'> {
  const [ox, oy] = page.origin ?? [0, 0];
  const [left, bottom, right, top] = [x0 - ox, y0 - oy, x1 - ox, y1 - oy];
  const { width, height } = page;
  switch (page.rotation) {
    case 90:
      return { left: bottom, right: top, top: left, bottom: right };
    case 180:
      return { left: width - right, right: width - left, top: bottom, bottom: top };
    case 270:
      return { left: height - top, right: height - bottom, top: width - right, bottom: width - left };
    default:
      return { left, right, top: height - top, bottom: height - bottom };
  }
}
