import { PDFArray, type PDFDict, PDFName, PDFNumber, type PDFContext } from 'pdf-lib';

/** `[a b c d e f]` (ISO 32000-1, 8.3.3). */
export type Matrix = [number, number, number, number, number, number];

/**
 * Moves a form's /Matrix into its content: the form looks the same, and engines that forget the matrix when they rewrite
 * the form leave its text where it is. Returns the content to use; changes the dictionary.
 */
export function normaliseForm(context: PDFContext, form: PDFDict, content: string): string {
  const matrix = numbers(form.get(PDFName.of('Matrix')));
  form.delete(PDFName.of('Matrix'));
  if (matrix.length !== 6 || matrix.every((value, index) => value === [1, 0, 0, 1, 0, 0][index])) return content;
  const box = numbers(form.get(PDFName.of('BBox')));
  if (box.length !== 4) return content;
  form.set(PDFName.of('BBox'), context.obj(transformedBox(matrix as Matrix, box)));
  const [x0, y0, x1, y1] = box;
  const clip = `${number(x0)} ${number(y0)} ${number(x1 - x0)} ${number(y1 - y0)} re W n`;
  return `q ${matrix.map(number).join(' ')} cm ${clip}\n${content}\nQ`;
}

export function transformedBox([a, b, c, d, e, f]: Matrix, [x0, y0, x1, y1]: number[]): number[] {
  const corners = [
    [x0, y0],
    [x1, y0],
    [x0, y1],
    [x1, y1],
  ].map(([x, y]) => [a * x + c * y + e, b * x + d * y + f]);
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** The matrix that does first one, then the other. */
export function times(first: Matrix, then: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [g, h, i, j, k, l] = then;
  return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l];
}

/** Undefined for a matrix that makes everything a line or a point. */
export function inverse([a, b, c, d, e, f]: Matrix): Matrix | undefined {
  const area = a * d - b * c;
  if (!Number.isFinite(area) || Math.abs(area) < 1e-12) return undefined;
  return [d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area];
}

export function numbers(value: unknown): number[] {
  if (!(value instanceof PDFArray)) return [];
  return value.asArray().map((_, index) => {
    const found = value.lookup(index);
    return found instanceof PDFNumber ? found.asNumber() : 0;
  });
}

/** PDF knows no exponents. */
export function number(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(6).replace(/0+$/, '');
}
