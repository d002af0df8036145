import type { Box } from '../../contracts';
import { boxOf, type Matrix } from './transform';

/** Perceived lightness of a `#rrggbb` colour; undefined for anything else. */
export function lightnessOf(colour: unknown): number | undefined {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(String(colour));
  if (!digits) return undefined;
  const [red = 0, green = 0, blue = 0] = digits.slice(1).map((hex) => parseInt(hex, 16) / 255);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The upright rectangles among the closed outlines of a path (pdf.js: 0 move, 1 line, 2 curve, 3 quadratic, 4 close). */
export function rectangles(data: ArrayLike<number> | undefined, matrix: Matrix): Box[] {
  const found: Box[] = [];
  let corners: [number, number][] = [];
  let straight = true;
  const finish = (): void => {
    const xs = corners.map(([x]) => x);
    const ys = corners.map(([, y]) => y);
    const box = boxOf(matrix, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
    if (straight && corners.length >= 4 && corners.length <= 5 && isRectangle(xs, ys)) found.push(box);
    corners = [];
    straight = true;
  };
  for (let i = 0; data && i < data.length;) {
    const kind = data[i] as number;
    if (kind === 0 && corners.length > 0) finish();
    if (kind <= 1) corners.push([data[i + 1] as number, data[i + 2] as number]);
    else if (kind !== 4) straight = false;
    i += kind <= 1 ? 3 : kind === 2 ? 7 : kind === 3 ? 5 : 1;
  }
  finish();
  return found;
}

function isRectangle(xs: number[], ys: number[]): boolean {
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const slack = 0.02 * Math.max(right - left, high - low);
  const atEdge = (value: number, a: number, b: number): boolean =>
    Math.min(Math.abs(value - a), Math.abs(value - b)) <= slack;
  return xs.every((x) => atEdge(x, left, right)) && ys.every((y) => atEdge(y, low, high));
}
