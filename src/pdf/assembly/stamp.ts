import { PDFName, PDFNumber, type PDFDocument, type PDFPage, type PDFRef } from 'pdf-lib';
import type { StampFont } from './stamp-font';

export interface StampText {
  left: string;
  right: string;
}

const FONT_KEY = PDFName.of('AktindsigtStempel');
const MARGIN = 24;
/** Size on A4; larger pages get a larger stamp so that it can be read on the screen. */
const SIZE = 7;
const A4_WIDTH = 595;

/**
 * Prints a line below each page. The page grows by a strip at the edge that is the lower one when shown, and the old content
 * is clipped to what was in sight, so that the stamp covers nothing and nothing that was cropped away comes into view.
 */
export class Stamp {
  constructor(
    private readonly target: PDFDocument,
    private readonly font: StampFont,
  ) {}

  print(page: PDFPage, text: StampText): void {
    const rotation = (((Math.round(page.getRotation().angle / 90) * 90) % 360) + 360) % 360;
    const seen = visibleBox(page);
    const across = rotation % 180 === 0 ? seen.width : seen.height;
    const { size, margin } = this.fit(text, across);
    const strip = size * 2.3;
    const grown = grow(seen, rotation, strip);
    const clip = `q ${seen.x} ${seen.y} ${seen.width} ${seen.height} re W n\n`;
    const lines = [
      place(grown, rotation, margin, size * 0.8, this.shown(text.left)),
      place(grown, rotation, across - margin - this.font.width(text.right, size), size * 0.8, this.shown(text.right)),
    ];
    const close = `\nQ q 0 g BT ${FONT_KEY.toString()} ${size} Tf ${lines.join(' ')} ET Q\n`;
    const [start, end] = [this.stream(clip), this.stream(close)];
    // Makes a list of the content, also when the page has a single stream; only a list can be wrapped.
    page.node.normalize();
    if (!page.node.wrapContentStreams(start, end))
      page.node.set(PDFName.Contents, this.target.context.obj([start, end]));
    page.node.setFontDictionary(FONT_KEY, this.font.font.ref);
    const { context } = this.target;
    const corners = [grown.x, grown.y, grown.x + grown.width, grown.y + grown.height];
    page.node.set(PDFName.MediaBox, context.obj(corners.map((value) => PDFNumber.of(value))));
    page.node.delete(PDFName.CropBox);
  }

  /** Both halves must fit side by side on the narrowest page. */
  private fit(text: StampText, across: number): { size: number; margin: number } {
    const wanted = Math.max(SIZE, (SIZE * across) / A4_WIDTH / 1.2);
    const margin = Math.min(MARGIN, across * 0.05);
    const needed = this.font.width(`${text.left}    ${text.right}`, wanted);
    return { size: round(Math.min(wanted, (wanted * (across - 2 * margin)) / needed)), margin };
  }

  private shown(text: string): string {
    return `${this.font.encode(text)} Tj`;
  }

  private stream(content: string): PDFRef {
    return this.target.context.register(this.target.context.stream(content));
  }
}

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

function visibleBox(page: PDFPage): Area {
  const [media, crop] = [page.getMediaBox(), page.getCropBox()];
  const x = Math.max(media.x, crop.x);
  const y = Math.max(media.y, crop.y);
  const width = Math.min(media.x + media.width, crop.x + crop.width) - x;
  const height = Math.min(media.y + media.height, crop.y + crop.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : media;
}

/** Adds the strip at the edge that lies below when the page is turned clockwise by `rotation`. */
function grow({ x, y, width, height }: Area, rotation: number, strip: number): Area {
  if (rotation === 90) return { x, y, width: width + strip, height };
  if (rotation === 180) return { x, y, width, height: height + strip };
  if (rotation === 270) return { x: x - strip, y, width: width + strip, height };
  return { x, y: y - strip, width, height: height + strip };
}

/** Text at `along` points from the lower left corner as shown and `up` points above the lower edge as shown. */
function place({ x, y, width, height }: Area, rotation: number, along: number, up: number, shown: string): string {
  const matrix: Record<number, number[]> = {
    0: [1, 0, 0, 1, x + along, y + up],
    90: [0, 1, -1, 0, x + width - up, y + along],
    180: [-1, 0, 0, -1, x + width - along, y + height - up],
    270: [0, -1, 1, 0, x + up, y + height - along],
  };
  return `${(matrix[rotation] ?? []).map(round).join(' ')} Tm ${shown}`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
