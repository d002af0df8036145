import { execFile, spawn } from 'node:child_process';
import { engineOfPdfJs, openFileWithPdfJs } from './pdfjs-document';

/** A page as it is shown, turned and cropped: three bytes a pixel, from the upper left corner. */
export interface PagePicture {
  width: number;
  height: number;
  data: Uint8Array;
}

/** A program that draws pages and had no part in redacting them. */
export interface PageDrawer {
  engine: string;
  version: string;
  /** Pages from `first` to before `end` (from 0), one at a time. Throws when one cannot be drawn. */
  draw(pdf: string, first: number, end: number, dpi: number): AsyncGenerator<PagePicture, void>;
}

const TIMEOUT_MS = 300_000;
/** A header of a picture and its numbers are never longer. */
const LONGEST_HEADER = 64;

let chosen: Promise<PageDrawer> | undefined;

/** Poppler where it is installed, since it is quick; else pdf.js. Never PDFium: it does the redacting. */
export function pageDrawer(): Promise<PageDrawer> {
  chosen ??= popplerVersion().then((version) => (version === undefined ? withPdfJs() : withPoppler(version)));
  return chosen;
}

function popplerVersion(): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('pdftoppm', ['-v'], { timeout: 10_000 }, (error, stdout, stderr) => {
      resolve(error ? undefined : /version (\S+)/.exec(`${stdout}${stderr}`)?.[1]);
    });
  });
}

function withPoppler(version: string): PageDrawer {
  return { engine: 'poppler', version, draw: drawWithPoppler };
}

/** Exported for tests: the way of a machine without Poppler. */
export async function withPdfJs(): Promise<PageDrawer> {
  return { ...(await engineOfPdfJs()), draw: drawWithPdfJs };
}

async function* drawWithPoppler(
  pdf: string,
  first: number,
  end: number,
  dpi: number,
): AsyncGenerator<PagePicture, void> {
  const args = ['-q', '-cropbox', '-r', String(dpi), '-f', String(first + 1), '-l', String(end), pdf];
  const child = spawn('pdftoppm', args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  failed.catch(() => undefined);
  try {
    let left = end - first;
    for await (const picture of picturesIn(child.stdout)) {
      left -= 1;
      yield picture;
    }
    if (left !== 0) throw new RangeError('The pages could not all be drawn.');
  } finally {
    child.kill('SIGKILL');
  }
}

/** Portable pixmaps one after the other, as Poppler writes them. */
async function* picturesIn(stream: AsyncIterable<Buffer>): AsyncGenerator<PagePicture, void> {
  let parts: Buffer[] = [];
  let held = 0;
  let wanted = LONGEST_HEADER;
  for await (const part of stream) {
    parts.push(part);
    held += part.length;
    while (held >= wanted && held > 0) {
      const all = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
      const { size, width, height, at } = headerOf(all);
      if (all.length < size) {
        parts = [all];
        wanted = size;
        break;
      }
      yield { width, height, data: all.subarray(at, size) };
      parts = [all.subarray(size)];
      held = all.length - size;
      wanted = LONGEST_HEADER;
    }
  }
  if (held > 0) throw new RangeError('The picture of a page ends too early.');
}

function headerOf(bytes: Buffer): { size: number; width: number; height: number; at: number } {
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, LONGEST_HEADER));
  if (!header) throw new RangeError('The picture of a page cannot be read.');
  const [width, height, at] = [Number(header[1]), Number(header[2]), header[0].length];
  return { size: at + width * height * 3, width, height, at };
}

interface NodeCanvas {
  canvas: unknown;
  context: { getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray } };
}

async function* drawWithPdfJs(pdf: string, first: number, end: number, dpi: number): AsyncGenerator<PagePicture, void> {
  const { document, close } = await openFileWithPdfJs(pdf);
  try {
    const factory = (document as unknown as { canvasFactory: { create(w: number, h: number): NodeCanvas } })
      .canvasFactory;
    for (let index = first; index < end; index += 1) {
      const page = await document.getPage(index + 1);
      const viewport = page.getViewport({ scale: dpi / 72 });
      const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
      const { canvas, context } = factory.create(width, height);
      await page.render({ canvas: null, canvasContext: context, viewport } as never).promise;
      void canvas;
      yield { width, height, data: withoutAlpha(context.getImageData(0, 0, width, height).data) };
      page.cleanup();
    }
  } finally {
    await close();
  }
}

function withoutAlpha(pixels: Uint8ClampedArray): Uint8Array {
  const data = new Uint8Array((pixels.length / 4) * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    data[to] = pixels[from] as number;
    data[to + 1] = pixels[from + 1] as number;
    data[to + 2] = pixels[from + 2] as number;
  }
  return data;
}
