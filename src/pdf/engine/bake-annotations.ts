import { PDFArray, PDFDict, PDFName, PDFNumber, PDFRef, PDFStream, type PDFContext, type PDFObject } from 'pdf-lib';
import { number, numbers, transformedBox } from './form-matrix';
import type { Layers } from './layers';

/** An annotation's appearance, to be drawn as part of the page. */
export interface BakedAnnotation {
  form: PDFRef;
  /** Six numbers for `cm`. */
  placement: string;
}

/** Marks that are seen on paper. Notes, pop-ups and paper clips are not: they are recorded, not drawn. */
const SEEN = new Set([
  ...['Widget', 'FreeText', 'Stamp', 'Ink', 'Line', 'Square', 'Circle', 'Polygon', 'PolyLine', 'Caret', 'Watermark'],
  ...['Highlight', 'Underline', 'StrikeOut', 'Squiggly', 'Redact'],
]);
const HIDDEN = 2;
const NO_VIEW = 32;

export function annotationsOf(page: PDFDict, context: PDFContext): PDFDict[] {
  const list = context.lookup(page.get(PDFName.of('Annots')));
  if (!(list instanceof PDFArray)) return [];
  return list
    .asArray()
    .map((item) => context.lookup(item))
    .filter((item): item is PDFDict => item instanceof PDFDict);
}

/** What stamps, form fields and drawings show, so that it stays on the page when the annotations themselves go. */
export function bakedAnnotations(page: PDFDict, context: PDFContext, layers: Layers): BakedAnnotation[] {
  const baked: BakedAnnotation[] = [];
  for (const annotation of annotationsOf(page, context)) {
    const subtype =
      context
        .lookup(annotation.get(PDFName.of('Subtype')))
        ?.toString()
        .slice(1) ?? '';
    const flags = context.lookup(annotation.get(PDFName.of('F')));
    const bits = flags instanceof PDFNumber ? flags.asNumber() : 0;
    if (!SEEN.has(subtype) || bits & HIDDEN || bits & NO_VIEW || layers.isOff(annotation.get(PDFName.of('OC'))))
      continue;
    const form = normalAppearance(annotation, context);
    const placement = form && placementOf(annotation, form, context);
    if (form && placement) baked.push({ form, placement });
  }
  return baked;
}

function normalAppearance(annotation: PDFDict, context: PDFContext): PDFRef | undefined {
  const appearances = context.lookup(annotation.get(PDFName.of('AP')));
  if (!(appearances instanceof PDFDict)) return undefined;
  const normal = appearances.get(PDFName.of('N'));
  const found = normal ? context.lookup(normal) : undefined;
  if (found instanceof PDFStream) return referenceTo(normal, found, context);
  const state = context.lookup(annotation.get(PDFName.of('AS')));
  if (!(found instanceof PDFDict) || !(state instanceof PDFName)) return undefined;
  const stream = context.lookup(found.get(state));
  return stream instanceof PDFStream ? referenceTo(found.get(state), stream, context) : undefined;
}

function referenceTo(value: PDFObject | undefined, stream: PDFStream, context: PDFContext): PDFRef {
  // An appearance is a form, whether or not its dictionary says so.
  stream.dict.set(PDFName.of('Subtype'), PDFName.of('Form'));
  return value instanceof PDFRef ? value : context.register(stream);
}

/** ISO 32000-1, 12.5.5, algorithm 8.1: the matrix that fits the form's box into the annotation's rectangle. */
function placementOf(annotation: PDFDict, form: PDFRef, context: PDFContext): string | undefined {
  const stream = context.lookup(form) as PDFStream;
  const box = numbers(context.lookup(stream.dict.get(PDFName.of('BBox'))));
  const rect = numbers(context.lookup(annotation.get(PDFName.of('Rect'))));
  const matrix = numbers(context.lookup(stream.dict.get(PDFName.of('Matrix'))));
  if (box.length !== 4 || rect.length !== 4) return undefined;
  const own = (matrix.length === 6 ? matrix : [1, 0, 0, 1, 0, 0]) as [number, number, number, number, number, number];
  const [x0, y0, x1, y1] = transformedBox(own, box);
  if (x1 - x0 === 0 || y1 - y0 === 0) return undefined;
  const [left, right] = [Math.min(rect[0], rect[2]), Math.max(rect[0], rect[2])];
  const [bottom, top] = [Math.min(rect[1], rect[3]), Math.max(rect[1], rect[3])];
  const [sx, sy] = [(right - left) / (x1 - x0), (top - bottom) / (y1 - y0)];
  return [sx, 0, 0, sy, left - x0 * sx, bottom - y0 * sy].map(number).join(' ');
}
