import { collectHiddenOfPage } from './collect-hidden';
import { PdfDamagedError, PdfError } from './errors';
import { GrowingPdf } from './growing-pdf';
import type { HiddenContent } from './hidden-content';
import type { Cleaned, RasterisedPage } from './jobs';
import { addAsPicture, toldOfPicture } from './page-as-picture';
import { PageBuilder } from './page-builder';
import type { PageSource } from './page-source';
import { withDocument, type OpenDocument } from './pdfium';
import { readPage } from './read-pages';

interface Wanted {
  firstPage: number;
  pages: number;
  out: string;
}

/** Writes some pages of a document anew. Without a source to take them from every page becomes a picture. */
export async function buildPages(
  source: PageSource | undefined,
  original: OpenDocument,
  wanted: Wanted,
): Promise<Cleaned> {
  const run = new PagesBeingBuilt(source, original, wanted.out);
  try {
    for (let index = wanted.firstPage; index < wanted.firstPage + wanted.pages; index++) await run.add(index);
  } catch (error) {
    run.target.abandon();
    throw error;
  }
  run.target.finish();
  const lost = await lostText(original, wanted, run.layered());
  return { hidden: [...run.hidden, ...lost], rasterised: run.rasterised };
}

class PagesBeingBuilt {
  readonly target: GrowingPdf;
  readonly hidden: HiddenContent[] = [];
  readonly rasterised: RasterisedPage[] = [];
  private readonly withoutLayers = new Set<number>();
  private builder: PageBuilder | undefined;

  constructor(
    private readonly source: PageSource | undefined,
    private readonly original: OpenDocument,
    out: string,
  ) {
    this.target = new GrowingPdf(out);
  }

  /** Appends a page, as it is drawn where that can be, else as its picture. */
  async add(page: number): Promise<void> {
    if (!this.isTakenOver(page)) {
      await addAsPicture(this.target, this.original, page);
      const rasterised = { page, why: this.source ? 'content-unreadable' : 'tree-unreadable' } as const;
      this.rasterised.push(rasterised);
      this.hidden.push(toldOfPicture(rasterised));
    }
    this.target.flush();
  }

  /** Pages whose layers were switched off, and that are not pictures. */
  layered(): number[] {
    return [...this.withoutLayers].filter((page) => !this.rasterised.some((each) => each.page === page));
  }

  private isTakenOver(page: number): boolean {
    if (!this.source) return false;
    const before = this.target.pages;
    try {
      const found = collectHiddenOfPage(this.source, page);
      this.builder ??= this.newBuilder(this.source);
      this.builder.addPage(page);
      this.hidden.push(...found);
      return true;
    } catch (error) {
      // Memory that ran out is no fault of the page; anything else the page's objects brought about.
      if (error instanceof PdfError && !(error instanceof PdfDamagedError)) throw error;
      if (this.target.pages > before) this.target.dropPage();
      // What it had copied is gone with the page.
      this.builder = undefined;
      return false;
    }
  }

  private newBuilder(source: PageSource): PageBuilder {
    return new PageBuilder(source, this.target, {
      writesPaintedLetters: true,
      onHidden: (content) => this.hidden.push(content),
      onDroppedLayer: (page) => this.withoutLayers.add(page),
    });
  }
}

/** The text that went away with layers that were switched off. */
async function lostText(original: OpenDocument, wanted: Wanted, pages: number[]): Promise<HiddenContent[]> {
  if (pages.length === 0) return [];
  return withDocument(wanted.out, (cleaned) =>
    pages.map((page) => {
      const left = readPage(cleaned, page - wanted.firstPage).words.map((word) => word.text);
      const lost = readPage(original, page).words.filter((word) => {
        const at = left.indexOf(word.text);
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      });
      const text = lost.map((word) => word.text).join(' ') || 'Et lag uden tekst var slået fra.';
      return { kind: 'layer' as const, page, text };
    }),
  );
}
