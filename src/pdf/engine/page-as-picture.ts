import { StandardFonts } from 'pdf-lib';
import { emptyDocument } from './document-bytes';
import type { HiddenContent } from './hidden-content';
import type { RasterisedPage } from './jobs';
import { PageBuilder } from './page-builder';
import { drawPageAsPicture, pictureOf } from './page-picture';
import { wholeSource } from './page-source';
import type { PageTarget } from './page-target';
import type { OpenDocument } from './pdfium';

/** FLAT_NORMALDISPLAY (fpdf_flatten.h): all that is not hidden. */
const AS_SHOWN = 0;
const BLACK = [0, 0, 0];

/** Appends a page that can be shown but not taken apart: its picture, with its words unseen. */
export async function addAsPicture(target: PageTarget, original: OpenDocument, page: number): Promise<void> {
  const document = await emptyDocument();
  // Stamps and the values of form fields are drawn into the page: they are seen, and their objects are not taken over.
  original.withPage(page, (handle) => original.pdfium.FPDFPage_Flatten(handle, AS_SHOWN));
  const font = await document.embedFont(StandardFonts.Helvetica);
  await drawPageAsPicture(document, await pictureOf(original, page, [], BLACK), font);
  await document.flush();
  new PageBuilder(wholeSource(document), target, { isClean: true }).addPage(0);
}

/** What the caseworker is told of such a page, since what it hid could not be brought to light. */
export function toldOfPicture({ page, why }: RasterisedPage): HiddenContent {
  const reason =
    why === 'tree-unreadable'
      ? 'Filens opbygning kunne ikke følges, så siden er gjort til et billede.'
      : 'Sidens indhold er beskadiget og kunne ikke skilles ad, så siden er gjort til et billede.';
  return { kind: 'metadata', page, text: `${reason} Skjult indhold kunne ikke gennemgås.` };
}
