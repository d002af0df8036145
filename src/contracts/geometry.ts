/**
 * A rectangle in PDF points (1/72 inch), origin bottom left of the unrotated page's own coordinate system:
 * `[x0, y0, x1, y1]` with `x0 < x1` and `y0 < y1`.
 */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number];

/** Boxes to redact by page index (from 0), the shape of the `--boxes` file. */
export type BoxesByPage = Record<string, Box[]>;
