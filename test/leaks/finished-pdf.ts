import { PDFDocument, PDFName, StandardFonts, rgb, type PDFPage } from 'pdf-lib';

/** A finished page as it leaves: calm text, a bar with its label. Leaks are planted into it. */
export const SECRET = '120388-1234';
export const NAME = 'Mette Sørensen';
export const LABEL = 'par. 15 b';
export const BOX = [72, 640, 252, 660] as const;

export interface Finished {
  pdf: PDFDocument;
  page: PDFPage;
  /** Draws text in Helvetica. */
  write(text: string, x: number, y: number): void;
}

export async function finishedPdf(): Promise<Finished> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const page = pdf.addPage([595, 842]);
  const write = (text: string, x: number, y: number): void => page.drawText(text, { x, y, size: 12, font });
  write('Et roligt notat om et møde', 72, 760);
  page.drawRectangle({ x: BOX[0], y: BOX[1], width: 180, height: 20, color: rgb(0, 0, 0) });
  page.drawText(LABEL, { x: 80, y: 646, size: 9, font, color: rgb(1, 1, 1) });
  return { pdf, page, write };
}

/** As it is written in one piece, without a packed object. */
export async function bytesOf({ pdf }: Finished): Promise<Buffer> {
  return Buffer.from(await pdf.save({ useObjectStreams: false, updateFieldAppearances: false }));
}

export const name = (text: string): PDFName => PDFName.of(text);
