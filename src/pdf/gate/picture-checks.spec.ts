import type { Box } from '../../contracts';
import { checkInside, type ToPixels } from './picture-checks';

const SIZE = 40;
/** A page whose lower half is a black cover, and whose upper half is paper with a letter at the left edge. */
const page = {
  width: SIZE,
  height: SIZE,
  data: Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % SIZE, Math.floor(at / 3 / SIZE)];
    return y >= SIZE / 2 || (x === 0 && y % 7 === 0) ? 0 : 255;
  }),
};
const toPixels: ToPixels = ([x0, y0, x1, y1]) => [x0, SIZE - y1, x1, SIZE - y0];
const found = (box: Box) => checkInside(0, page, [box], [], toPixels).length;

it('asks of a box that lies off the page no pixel of its edge', () => {
  expect(found([-30, 25, -5, 39])).toBe(0);
  expect(found([5, SIZE, 20, SIZE + 9])).toBe(0);
});

it('judges what is seen of a box that lies partly off the page', () => {
  expect(found([-30, 22, 3, 39])).toBe(1);
  expect(found([-30, 2, 12, 18])).toBe(0);
});
