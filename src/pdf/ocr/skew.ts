import { inkOf, type GreyPicture } from './grey-picture';

/** Degrees looked at on both sides; more is a page that was laid in askew, which a person should see. */
const WIDEST = 4;
const STEP = 0.2;
/** Less is not worth a turn: the reading program copes. */
const SMALLEST = 0.3;

/**
 * How far the lines of text slope, in degrees, positive when they fall to the right; 0 when too little to matter. The angle
 * at which the rows of ink are most uneven is the one along the lines.
 */
export function skewOf(picture: GreyPicture): number {
  const points = inkPoints(picture);
  if (points.length < 400) return 0;
  let best = { angle: 0, score: unevenness(points, 0, picture.height) * 1.02 };
  for (let angle = -WIDEST; angle <= WIDEST + 1e-9; angle += STEP) {
    const score = unevenness(points, angle, picture.height);
    if (score > best.score) best = { angle, score };
  }
  return Math.abs(best.angle) < SMALLEST ? 0 : Math.round(best.angle * 10) / 10;
}

/** Coordinates of ink, one after the other; thinned where there is much. */
function inkPoints(picture: GreyPicture): Int32Array {
  const ink = inkOf(picture);
  const found: number[] = [];
  for (let at = 0; at < ink.length; at += 1)
    if (ink[at]) found.push(at % picture.width, Math.floor(at / picture.width));
  const every = Math.max(1, Math.floor(found.length / 120_000));
  if (every === 1) return Int32Array.from(found);
  return Int32Array.from(found.filter((_, index) => Math.floor(index / 2) % every === 0));
}

function unevenness(points: Int32Array, angle: number, height: number): number {
  const slope = Math.tan((angle * Math.PI) / 180);
  const rows = new Float64Array(height * 2);
  for (let at = 0; at < points.length; at += 2) {
    const row = Math.round(points[at + 1] - points[at] * slope + height / 2);
    if (row >= 0 && row < rows.length) rows[row] += 1;
  }
  let sum = 0;
  for (let row = 1; row < rows.length; row += 1) sum += (rows[row] - rows[row - 1]) ** 2;
  return sum;
}
