import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/types/src/display/api';
import { PAGE_CHECKS } from './checks';
import { checkAnnotations, checkStructureText } from './document-checks';
import { sha256Of, type GatePart } from './gate-parts';
import { OriginalPages } from './original';
import * as on from './page-checks';
import { pageDrawer, type PageDrawer, type PagePicture } from './page-pictures';
import { readGatePage, type Layers, type PageReadingOfGate } from './page-reading';
import { engineOfPdfJs, openFileWithPdfJs } from './pdfjs-document';
import { checkInside, compareOutside, looksAlike, PICTURE_DPI, toPixelsOf } from './picture-checks';
import { PictureRow } from './picture-row';
import { judgeReadBefore } from './read-before';
import { whyRead } from './reading-checks';
import { Tally } from './tally';
import { TermSearch } from './terms';
import { readingEngine } from './verify-reading';
import type { GateFiles, GateRules } from './verify';

/** pdf.js keeps what it has read; after so many pages it is told to forget. */
const FORGET_AFTER = 50;

/** The checks of the pages from `first` to before `end` (from 0), one page at a time. */
export async function verifyPages(files: GateFiles, rules: GateRules, first: number, end: number): Promise<GatePart> {
  const tally = new Tally();
  const shown = new Map<number, number>();
  const toRead: number[] = [];
  const pdfjs = await engineOfPdfJs();
  let pages = 0;
  await tally.run('readable', pdfjs, async () => {
    const hash = await sha256Of(files.pdf);
    const { document, close } = await openFileWithPdfJs(files.pdf);
    const original = files.original === undefined ? undefined : await OriginalPages.open(files.original);
    try {
      pages = document.numPages;
      const run = new PagesUnderCheck(document, files, rules, tally, await pageDrawer(), hash, shown, toRead, original);
      await run.begin();
      await run.all(first, Math.min(end, pages));
    } finally {
      await original?.close();
      await close();
    }
    return [];
  });
  const { checks, findings, judged } = tally;
  return { pages, checks, findings, judged, shown: [...shown], toRead };
}

class PagesUnderCheck {
  private readonly search: TermSearch;
  private layers!: Layers;

  constructor(
    private readonly document: PDFDocumentProxy,
    private readonly files: GateFiles,
    private readonly rules: GateRules,
    private readonly tally: Tally,
    private readonly drawer: PageDrawer,
    private readonly hash: string,
    private readonly shown: Map<number, number>,
    private readonly toRead: number[],
    private readonly original: OriginalPages | undefined,
  ) {
    this.search = new TermSearch(rules.absent);
  }

  async begin(): Promise<void> {
    this.layers = (await this.document.getOptionalContentConfig({ intent: 'display' })) as unknown as Layers;
    const pdfjs = await engineOfPdfJs();
    const { engine, version } = this.drawer;
    for (const name of PAGE_CHECKS) {
      const isPicture = name === 'box-pixels' || name === 'picture-outside';
      this.tally.begin(name, isPicture ? { engine, version } : pdfjs);
    }
    this.tally.begin('layers', pdfjs);
    const { absent, boxes } = this.rules;
    if (absent.length === 0) this.tally.skip('page-text', 'No texts that must be gone were given.');
    if (!boxes) this.tally.skip('text-under-boxes', 'No redaction boxes were given.');
    if (!boxes) this.tally.skip('box-pixels', 'No redaction boxes were given.');
    if (!this.original) return this.tally.skip('picture-outside', 'The file before redaction was not given.');
    this.tally.begin('original', pdfjs);
    this.tally.add('original', this.original.countFinding(this.document.numPages));
  }

  async all(first: number, end: number): Promise<void> {
    const before = this.files.original;
    const wanted = (page: number): boolean => before !== undefined || this.boxesOf(page).length > 0;
    const after = new PictureRow(this.drawer, this.files.pdf, first, end, wanted);
    const same = this.original?.pages === this.document.numPages;
    const earlier = before && same ? new PictureRow(this.drawer, before, first, end, () => true) : undefined;
    try {
      for (let index = first; index < end; index += 1) {
        const names = [...PAGE_CHECKS, ...(this.original ? ['original'] : [])];
        await this.tally.page(names, index, () => this.one(index, after, earlier));
        if (index % FORGET_AFTER === FORGET_AFTER - 1) await this.document.cleanup();
      }
    } finally {
      await after.close();
      await earlier?.close();
    }
  }

  private async one(index: number, after: PictureRow, earlier: PictureRow | undefined): Promise<void> {
    const { tally, search } = this;
    const { absent } = this.rules;
    const page = await this.document.getPage(index + 1);
    const reading = await readGatePage(page, this.layers);
    const rules = this.rulesOf(index);
    const text = on.checkPageText(index, reading, search, rules);
    tally.add('page-text', text.findings);
    tally.judge(text.judged);
    for (const [term, times] of text.shown) this.shown.set(term, (this.shown.get(term) ?? 0) + times);
    tally.add('text-under-boxes', on.checkBoxes(index, reading, rules));
    tally.add('covered-text', on.checkCovers(index, reading));
    tally.add('layers', on.checkHiddenLayers(index, reading));
    tally.add('annotations', await checkAnnotations(page, search));
    tally.add('structure-text', await checkStructureText(page, search));
    const { looksSame, isAlike } = this.look(page, reading, rules, await after.of(index), await earlier?.of(index));
    // A page that looks the same has lost no text that was seen; reading the original again would double the time.
    if (this.original && !looksSame) tally.add('original', await this.original.compare(index, reading, rules.boxes));
    const rule = absent.length === 0 ? 'none' : (this.rules.reading ?? 'scans');
    const why = whyRead(rule, this.hash, index, reading, this.isRasterised(index));
    const isKnown = why === 'picture' && isAlike() && (await this.judgeByReadingBefore(index, rules));
    if (why && !isKnown) this.toRead.push(index);
    page.cleanup();
  }

  /** True when what was read on the page before it was redacted shows that nothing is left to read. */
  private async judgeByReadingBefore(index: number, rules: on.PageRules): Promise<boolean> {
    const before = this.isRasterised(index) ? undefined : this.rules.readBefore?.[String(index)];
    const hits = before && judgeReadBefore(index, before, this.search, rules);
    if (!hits) return false;
    if (!this.tally.checks.some(({ name }) => name === 'ocr')) this.tally.begin('ocr', await readingEngine());
    this.tally.judge(hits);
    return true;
  }

  /** Whether the page was compared with the original and nothing differs, and whether no letter can be read on it that was not there. */
  private look(
    page: PDFPageProxy,
    reading: PageReadingOfGate,
    { boxes }: on.PageRules,
    after: PagePicture | undefined,
    before: PagePicture | undefined,
  ): { looksSame: boolean; isAlike: () => boolean } {
    if (!after) return { looksSame: false, isAlike: () => false };
    const index = page.pageNumber - 1;
    const toPixels = toPixelsOf(page.getViewport({ scale: PICTURE_DPI / 72 }), after);
    const letters = on.lettersIn(reading, boxes).map(({ box }) => box);
    const inside = checkInside(index, after, boxes, letters, toPixels);
    this.tally.add('box-pixels', inside);
    if (!before) return { looksSame: false, isAlike: () => false };
    const found = compareOutside(index, before, after, boxes, toPixels, this.isRasterised(index));
    this.tally.add('picture-outside', found);
    const isAlike = (): boolean => inside.length === 0 && looksAlike(before, after, boxes, toPixels);
    return { looksSame: found.length === 0, isAlike };
  }

  private isRasterised(index: number): boolean {
    return this.rules.rasterisedPages?.includes(index) === true;
  }

  private boxesOf(index: number): on.PageRules['boxes'] {
    return this.rules.boxes?.[String(index)] ?? [];
  }

  private rulesOf(index: number): on.PageRules {
    const { kept = [], labels = [], keepVisibleElsewhere = false } = this.rules;
    return {
      boxes: this.boxesOf(index),
      kept: kept.filter(({ page }) => page === index),
      labels,
      keepVisibleElsewhere,
    };
  }
}
