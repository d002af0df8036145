import { nativeIsThere } from '../ocr/native-tesseract';
import type { GatePart } from './gate-parts';
import { pageDrawer } from './page-pictures';
import { openFileWithPdfJs } from './pdfjs-document';
import { checkReading, READING_DPI } from './reading-checks';
import { Tally } from './tally';
import { TermSearch } from './terms';
import type { GateFiles, GateRules } from './verify';

const CHECK = 'ocr';

/** What a reading program sees on some pages (from 0) of the finished file. */
export async function verifyReading(files: GateFiles, rules: GateRules, pages: readonly number[]): Promise<GatePart> {
  const tally = new Tally();
  tally.begin(CHECK, await readingEngine());
  if (pages.length === 0) tally.skip(CHECK, reasonOf(rules));
  for (const index of pages) await tally.page([CHECK], index, () => readOne(index, files, rules, tally));
  const { checks, findings, judged } = tally;
  return { pages: 0, checks, findings, judged, shown: [] };
}

/** The program that reads, as the report names it. */
export async function readingEngine(): Promise<{ engine: string; version: string }> {
  return { engine: 'tesseract', version: (await nativeIsThere()) ? 'of this machine' : 'tesseract.js' };
}

function reasonOf({ absent, reading }: GateRules): string {
  if (absent.length === 0) return 'No texts that must be gone were given.';
  return reading === 'none' ? 'No page was to be read.' : 'No page is a scan, and none was drawn among the others.';
}

async function readOne(index: number, files: GateFiles, rules: GateRules, tally: Tally): Promise<void> {
  const { document, close } = await openFileWithPdfJs(files.pdf);
  try {
    const page = await document.getPage(index + 1);
    const { kept = [], labels = [], keepVisibleElsewhere = false } = rules;
    const boxes = rules.boxes?.[String(index)] ?? [];
    const drawer = await pageDrawer();
    for await (const picture of drawer.draw(files.pdf, index, index + 1, READING_DPI)) {
      const placed = { boxes, kept, labels, keepVisibleElsewhere };
      const { findings, judged } = await checkReading(page, picture, new TermSearch(rules.absent), placed);
      tally.add(CHECK, findings);
      tally.judge(judged);
    }
  } finally {
    await close();
  }
}
