import { PDFDict, PDFName, PDFRawStream, PDFStream, type PDFFont, type PDFPage } from 'pdf-lib';
import { deflateSync } from 'node:zlib';
import type { Box } from '../../contracts';
import { number } from './form-matrix';
import { labelForms } from './label-forms';
import { decodeStream } from './decode-stream';
import { resourceList } from './page-builder';

interface Cover {
  fill: readonly [number, number, number];
  labels?: (string | undefined)[];
}

const FONT_NAME = 'Maerkat';
const LARGEST_LABEL = 9;
const SMALLEST_LABEL = 4;
/** Below this a shorter form at a larger size is read more easily. */
const READABLE_LABEL = 5.5;

/** Fills the boxes, and writes a label on each where it fits: real text, upright as the page is shown. */
export function coverBoxes(page: PDFPage, boxes: readonly Box[], cover: Cover, font: PDFFont): void {
  const turn = page.getRotation().angle;
  const fills = boxes.map(
    ([x0, y0, x1, y1]) =>
      `${cover.fill.map(number).join(' ')} rg ${number(x0)} ${number(y0)} ${number(x1 - x0)} ${number(y1 - y0)} re f`,
  );
  const labels = boxes.map((box, index) => labelText(cover.labels?.[index] ?? '', box, turn, cover, font));
  // All labels come after all fills: boxes of neighbouring lines may touch, and a label may not lie under a fill.
  const drawn = [...fills, ...labels].filter((each) => each !== '');
  const context = page.doc.context;
  const resources = context.lookup(page.node.get(PDFName.of('Resources')), PDFDict);
  if (cover.labels?.some(Boolean)) resourceList(resources, 'Font', context).set(PDFName.of(FONT_NAME), font.ref);
  const before = context.lookup(page.node.get(PDFName.of('Contents')), PDFStream);
  const content = `q\n${decodeStream(before)}\nQ\nq\n${drawn.join('\n')}\nQ`;
  const bytes = deflateSync(Buffer.from(content, 'latin1'));
  const dict = context.obj({ Filter: 'FlateDecode', Length: bytes.length }) as PDFDict;
  page.node.set(PDFName.of('Contents'), context.register(PDFRawStream.of(dict, bytes)));
}

function labelText(wanted: string, box: Box, turn: number, cover: Cover, font: PDFFont): string {
  if (wanted === '') return '';
  const isSideways = Math.abs(turn % 180) === 90;
  const [width, height] = isSideways ? [box[3] - box[1], box[2] - box[0]] : [box[2] - box[0], box[3] - box[1]];
  const fitting = fittingForm(wanted, width - 2, height, font);
  if (!fitting) return '';
  const { label, size } = fitting;
  const wide = font.widthOfTextAtSize(label, size);
  // Along the line of writing (cos, sin) and up from it (-sin, cos), from the middle of the box.
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.round(Math.cos(angle)), Math.round(Math.sin(angle))];
  const [along, up] = [-wide / 2, -size * 0.35];
  const x = (box[0] + box[2]) / 2 + along * cos - up * sin;
  const y = (box[1] + box[3]) / 2 + along * sin + up * cos;
  const isDark = cover.fill[0] * 0.3 + cover.fill[1] * 0.6 + cover.fill[2] * 0.1 < 0.5;
  const place = [cos, sin, -sin, cos, x, y].map(number).join(' ');
  return `BT ${isDark ? 1 : 0} g 0 Tr /${FONT_NAME} ${number(size)} Tf ${place} Tm ${font.encodeText(label).toString()} Tj ET`;
}

/** The longest form that fits in a readable size, else the longest that fits at all. */
function fittingForm(
  wanted: string,
  width: number,
  height: number,
  font: PDFFont,
): { label: string; size: number } | undefined {
  const fitting = labelForms(wanted).flatMap((label) => {
    const size = fittingSize(label, width, height, font);
    return size === undefined ? [] : [{ label, size }];
  });
  return fitting.find(({ size }) => size >= READABLE_LABEL) ?? fitting[0];
}

/** The largest size at which a label fits; undefined when it does not fit or cannot be written in the font. */
function fittingSize(label: string, width: number, height: number, font: PDFFont): number | undefined {
  try {
    const size = Math.min(LARGEST_LABEL, height * 0.8, (width / font.widthOfTextAtSize(label, 1)) * 0.999);
    return size >= SMALLEST_LABEL ? size : undefined;
  } catch {
    return undefined;
  }
}
