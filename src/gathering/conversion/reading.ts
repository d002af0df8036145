import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { UnreadableFile } from './conversion-result';
import type { ConversionNotes } from './conversion-note';
import { fitBlocks } from './fit-blocks';
import type { ConversionLimits } from './limits';
import { addPicturePages } from './picture-pages';
import type { ReadingBlock, ReadingPicture } from './reading-block';

/** The typesetter of `src/pdf/typeset`, given by the caller. */
export type Typeset = (
  templatePath: string,
  data: unknown,
  options: { standard: 'ua-1' | 'a-2a' },
) => Promise<{ pdf: Uint8Array }>;

export interface ReadingPage {
  title: string;
  /** Shown under the title on the first page. */
  note: string;
  blocks: ReadingBlock[];
}

const TEMPLATE = join(__dirname, '..', '..', '..', 'templates', 'letters', 'laesning.typ');

/** Told on the first page of every reading. */
export function layoutNote(municipality: string | undefined): string {
  const by = municipality ? ` af ${municipality}` : '';
  return `Gengivet uden layout${by}: Teksten er dokumentets egen, men opstillingen på siden er ikke originalens.`;
}

/** Adds the pages of one PDF to another. */
export async function addPages(target: PDFDocument, source: Uint8Array): Promise<void> {
  const pages = await PDFDocument.load(source, { updateMetadata: false });
  for (const page of await target.copyPages(pages, pages.getPageIndices())) target.addPage(page);
}

/**
 * Sets blocks of text as PDF. One run makes a tagged file; what is too long for one run is set in parts, and the parts
 * put together lose the tags.
 */
export async function setReading(
  page: ReadingPage,
  typeset: Typeset,
  limits: Pick<ConversionLimits, 'pages'>,
): Promise<Uint8Array> {
  const parts = fitBlocks(page.blocks);
  const files: Uint8Array[] = [];
  for (const [index, blocks] of parts.entries()) {
    const title = index === 0 ? page.title : `${page.title} (fortsat)`;
    const { pdf } = await typeset(TEMPLATE, { ...page, title, blocks }, { standard: 'ua-1' });
    files.push(pdf);
  }
  if (files.length === 1) return files[0]!;
  const whole = await PDFDocument.create({ updateMetadata: false });
  for (const file of files) await addPages(whole, file);
  if (whole.getPageCount() > limits.pages)
    throw new UnreadableFile('too-large', `Filen giver over ${limits.pages} sider.`);
  return whole.save();
}

/** Puts pages of pictures after a PDF. A picture that cannot be read is noted, not fatal: its place is marked in the text. */
export async function appendPictures(
  pdf: Uint8Array,
  pictures: ReadingPicture[],
  notes: ConversionNotes,
  limits: Pick<ConversionLimits, 'pixels' | 'pages'>,
): Promise<Uint8Array> {
  if (pictures.length === 0) return pdf;
  const whole = await PDFDocument.load(pdf, { updateMetadata: false });
  for (const picture of pictures) {
    try {
      await addPicturePages(whole, picture.bytes, notes, limits);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      notes.add('picture-unreadable');
    }
  }
  return whole.save();
}
