import { PDFDict, PDFName, PDFStream, type PDFContext, type PDFObject } from 'pdf-lib';
import { OperationReader } from './content-stream';
import { decodeStream } from './decode-stream';

const MAX_DEPTH = 30;

export type PageHazard = 'tiling-pattern' | 'soft-mask' | 'clipping-text' | 'nested-too-deep';

/**
 * How a page draws that removing letters and pixels does not reach: tiling patterns, soft masks made of drawings, and text
 * that clips. Such a page is redacted as a picture.
 */
export function hazardOf(page: PDFDict, context: PDFContext): PageHazard | undefined {
  const seen = new Set<PDFObject>();
  const visit = (
    drawing: PDFObject | undefined,
    resources: PDFObject | undefined,
    depth: number,
  ): PageHazard | undefined => {
    if (!(drawing instanceof PDFStream) || seen.has(drawing)) return undefined;
    if (depth > MAX_DEPTH) return 'nested-too-deep';
    seen.add(drawing);
    if (clipsByText(decodeStream(drawing))) return 'clipping-text';
    const found = resources ? context.lookup(resources) : undefined;
    if (!(found instanceof PDFDict)) return undefined;
    if (entries(found, 'Pattern', context).some(isTiling)) return 'tiling-pattern';
    if (entries(found, 'ExtGState', context).some(masks)) return 'soft-mask';
    for (const object of entries(found, 'XObject', context)) {
      if (!(object instanceof PDFStream) || object.dict.get(PDFName.of('Subtype'))?.toString() !== '/Form') continue;
      const hazard = visit(object, object.dict.get(PDFName.of('Resources')), depth + 1);
      if (hazard) return hazard;
    }
    return undefined;
  };
  const masks = (state: PDFObject): boolean =>
    state instanceof PDFDict && context.lookup(state.get(PDFName.of('SMask'))) instanceof PDFDict;
  return visit(context.lookup(page.get(PDFName.of('Contents'))), page.get(PDFName.of('Resources')), 0);
}

function isTiling(pattern: PDFObject): boolean {
  return pattern instanceof PDFStream;
}

function clipsByText(content: string): boolean {
  if (!/\bTr\b/.test(content)) return false;
  const reader = new OperationReader(content);
  while (reader.next()) {
    if (reader.operator === 'Tr' && Number(reader.operand(0)) >= 4) return true;
  }
  return false;
}

function entries(resources: PDFDict, category: string, context: PDFContext): PDFObject[] {
  const list = context.lookup(resources.get(PDFName.of(category)));
  if (!(list instanceof PDFDict)) return [];
  return list.values().map((value) => context.lookup(value) ?? value);
}
