import type { Box, PageText } from '../../contracts';
import type { ShownBox } from '../views/gennemgang';

/** The page as boxes know it: unrotated size in points, turn, and the corner of what is shown. */
export type PageShape = Pick<PageText, 'width' | 'height' | 'rotation' | 'origin'>;

/** Size of the page as it is shown, turned as the document says. */
export function shownSize({ width, height, rotation }: PageShape): { width: number; height: number } {
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** A box of the unrotated page (origin bottom left) as a place on the shown page (origin top left). */
export function shownBox(page: PageShape, box: Box): ShownBox {
  const [originX, originY] = page.origin ?? [0, 0];
  const [left, bottom, right, top] = [box[0] - originX, box[1] - originY, box[2] - originX, box[3] - originY];
  const { width, height } = page;
  const edges: Record<PageShape['rotation'], Box> = {
    0: [left, height - top, right, height - bottom],
    90: [bottom, left, top, right],
    180: [width - right, bottom, width - left, top],
    270: [height - top, width - right, height - bottom, width - left],
  };
  const [x, y, x1, y1] = edges[page.rotation];
  return { x, y, width: x1 - x, height: y1 - y };
}

/** The other way: what a person drew on the shown page, as a box of the unrotated page. Kept within the page. */
export function boxOfShown(page: PageShape, drawn: ShownBox): Box {
  const size = shownSize(page);
  const [x0, x1] = within(drawn.x, drawn.x + drawn.width, size.width);
  const [y0, y1] = within(drawn.y, drawn.y + drawn.height, size.height);
  const { width, height } = page;
  const edges: Record<PageShape['rotation'], Box> = {
    0: [x0, height - y1, x1, height - y0],
    90: [y0, x0, y1, x1],
    180: [width - x1, y0, width - x0, y1],
    270: [width - y1, height - x1, width - y0, height - x0],
  };
  const [originX, originY] = page.origin ?? [0, 0];
  const [left, bottom, right, top] = edges[page.rotation];
  return [left + originX, bottom + originY, right + originX, top + originY];
}

function within(from: number, to: number, most: number): [number, number] {
  return [Math.min(Math.max(Math.min(from, to), 0), most), Math.max(Math.min(Math.max(from, to), most), 0)];
}
