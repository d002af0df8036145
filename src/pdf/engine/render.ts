import type { Box } from '../../contracts';
import { PdfTooLargeError } from './errors';
import type { PageFrame } from './page-frame';
import { pageFrame } from './page-frame';
import { bytesOf, type OpenDocument } from './pdfium';

/** A page as a picture: red, green, blue and a byte without meaning, rows from the top, turned as /Rotate says. */
export interface Picture {
  width: number;
  height: number;
  channels: 4;
  data: Uint8Array;
  frame: PageFrame;
  /** Pixels per point. */
  scale: number;
}

const MAX_PIXELS = 120_000_000;
const BGRX = 3;
const ANNOTATIONS_OFF = 0;
const REVERSE_BYTE_ORDER = 0x10;

/** Draws a page on white. Memory that is given and large enough is used for the picture; what it held is gone then. */
export function renderPage(document: OpenDocument, page: number, dpi: number, memory?: Uint8Array): Picture {
  const { pdfium } = document;
  const frame = pageFrame(document, page);
  const scale = dpi / 72;
  const turned = frame.rotation % 180 !== 0;
  const width = Math.max(1, Math.round((turned ? frame.height : frame.width) * scale));
  const height = Math.max(1, Math.round((turned ? frame.width : frame.height) * scale));
  if (width * height > MAX_PIXELS) {
    throw new PdfTooLargeError(`A page of ${width} by ${height} pixels is too large to draw at ${dpi} dpi.`);
  }
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, BGRX, 0, 0);
  if (bitmap === 0)
    throw new PdfTooLargeError(`The PDF engine has no memory left for a picture of ${width} by ${height} pixels.`);
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, ANNOTATIONS_OFF | REVERSE_BYTE_ORDER);
    const stride = pdfium.FPDFBitmap_GetStride(bitmap);
    const source = bytesOf(pdfium);
    const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
    const row = width * 4;
    const isEnough = memory !== undefined && memory.length >= row * height;
    const data = isEnough ? memory.subarray(0, row * height) : new Uint8Array(row * height);
    if (stride === row) data.set(source.subarray(start, start + row * height));
    else
      for (let y = 0; y < height; y++) data.set(source.subarray(start + y * stride, start + y * stride + row), y * row);
    return { width, height, channels: 4, data, frame, scale };
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}

/** The pixels `[left, top, right, bottom)` that a box in user space covers on the turned picture, not clipped. */
export function pixelsOf(picture: Picture, box: Box): [number, number, number, number] {
  const { frame, scale } = picture;
  const [x0, y0, x1, y1] = [
    box[0] - frame.origin[0],
    box[1] - frame.origin[1],
    box[2] - frame.origin[0],
    box[3] - frame.origin[1],
  ];
  const { width, height } = frame;
  const turned: Record<PageFrame['rotation'], [number, number, number, number]> = {
    0: [x0, height - y1, x1, height - y0],
    90: [y0, x0, y1, x1],
    180: [width - x1, y0, width - x0, y1],
    270: [height - y1, width - x1, height - y0, width - x0],
  };
  return turned[frame.rotation].map((value) => value * scale) as [number, number, number, number];
}
