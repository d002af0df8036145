import { createHash } from 'node:crypto';
import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api';
import type { AbsentTerm, BoxesByPage, KeptOccurrence, LeakCheck, LeakFinding, LeakReport } from '../../contracts';
import * as whole from './document-checks';
import { checkBoxes, checkCovers, checkPageText, type PageRules } from './page-checks';
import { readGatePage } from './page-reading';
import { loadPdfJs, openWithPdfJs } from './pdfjs-document';
import { reachable, scanObjects } from './object-scan';
import { compareWithOriginal } from './original';
import { Tally } from './tally';
import { checkObjectText, checkPrivateData, checkStructure, checkUnreachable } from './scan-checks';
import { checkStreams } from './stream-checks';
import { TermSearch } from './terms';

export interface VerifyOptions {
  /** The texts that must be gone. */
  absent: AbsentTerm[];
  /** What was redacted: no text may lie under these boxes. */
  boxes?: BoxesByPage;
  /** Visible occurrences that a decision keeps. */
  kept?: KeptOccurrence[];
  /** Our own labels, the only text allowed inside boxes. */
  labels?: string[];
  /** The file before redaction: the page counts must be equal, and text outside the boxes must still be there. */
  original?: Uint8Array;
  /** Accepts the terms in visible text outside the boxes. */
  keepVisibleElsewhere?: boolean;
}

const SCAN = 'object-scan';
const SCAN_VERSION = '1.0.0';

/**
 * The leak gate: judges a finished PDF with pdf.js and with a scan of its bytes, neither of which took part in redacting.
 * Never throws and fails closed: whatever cannot be read is a failure. The report names terms by index only.
 */
export async function verifyPdf(pdf: Uint8Array, options: VerifyOptions): Promise<LeakReport> {
  const tally = new Tally();
  const search = new TermSearch(options.absent);
  const pdfjs = { engine: 'pdf.js', version: await versionOfPdfJs() };
  const shown = new Set<number>();
  let pages = 0;
  await tally.run('readable', pdfjs, async () => {
    const { document, close } = await openWithPdfJs(pdf);
    try {
      pages = document.numPages;
      await checkDocument(document, tally, pdfjs, search);
      await checkPages(document, tally, pdfjs, search, options, shown);
      const { original } = options;
      if (original) await tally.run('original', pdfjs, () => compareWithOriginal(document, original, options));
    } finally {
      await close();
    }
    return [];
  });
  await checkBytes(pdf, tally, search, shown);
  tally.needNamed();
  const { checks, findings } = tally;
  return {
    verdict: checks.every((check) => check.verdict !== 'fail') ? 'pass' : 'fail',
    pages,
    sha256: createHash('sha256').update(pdf).digest('hex'),
    checks,
    findings,
  };
}

async function versionOfPdfJs(): Promise<string> {
  try {
    return (await loadPdfJs()).version;
  } catch {
    // The check "readable" fails for the same reason and says so.
    return 'not loaded';
  }
}

type Engine = Pick<LeakCheck, 'engine' | 'version'>;

async function checkDocument(
  document: PDFDocumentProxy,
  tally: Tally,
  pdfjs: Engine,
  search: TermSearch,
): Promise<void> {
  await tally.run('metadata', pdfjs, () => whole.checkMetadata(document, search));
  await tally.run('navigation', pdfjs, () => whole.checkNavigation(document, search));
  await tally.run('attachments', pdfjs, () => whole.checkAttachments(document));
  await tally.run('form-values', pdfjs, () => whole.checkForm(document, search));
  await tally.run('scripts', pdfjs, () => whole.checkScripts(document));
  await tally.run('layers', pdfjs, () => whole.checkLayers(document));
}

async function checkPages(
  document: PDFDocumentProxy,
  tally: Tally,
  pdfjs: Engine,
  search: TermSearch,
  options: VerifyOptions,
  shown: Set<number>,
): Promise<void> {
  const begin = (name: string): void => tally.begin(name, pdfjs);
  ['page-text', 'text-under-boxes', 'covered-text', 'annotations', 'structure-text'].forEach(begin);
  if (options.absent.length === 0) tally.skip('page-text', 'No texts that must be gone were given.');
  if (!options.boxes) tally.skip('text-under-boxes', 'No redaction boxes were given.');
  for (let index = 0; index < document.numPages; index += 1) {
    const rules: PageRules = {
      boxes: options.boxes?.[String(index)] ?? [],
      kept: options.kept ?? [],
      keepVisibleElsewhere: options.keepVisibleElsewhere === true,
      labels: options.labels ?? [],
    };
    await tally.page(
      ['page-text', 'text-under-boxes', 'covered-text', 'annotations', 'structure-text'],
      index,
      async () => {
        const page = await document.getPage(index + 1);
        const reading = await readGatePage(page);
        tally.add('page-text', checkPageText(index, reading, search, rules, shown));
        tally.add('text-under-boxes', checkBoxes(index, reading, rules));
        tally.add('covered-text', checkCovers(index, reading));
        tally.add('annotations', await whole.checkAnnotations(page, search));
        tally.add('structure-text', await whole.checkStructureText(page, search));
        page.cleanup();
      },
    );
  }
  const outside = Object.keys(options.boxes ?? {}).filter(
    (key) => !(Number(key) >= 0 && Number(key) < document.numPages),
  );
  if (outside.length > 0) {
    tally.add('text-under-boxes', [
      { message: 'Redaction boxes name a page that the file does not have.', grave: true },
    ]);
  }
}

async function checkBytes(pdf: Uint8Array, tally: Tally, search: TermSearch, shown: Set<number>): Promise<void> {
  const engine = { engine: SCAN, version: SCAN_VERSION };
  const grave = <T>(found: T[]): (T & { grave: true })[] => found.map((finding) => ({ ...finding, grave: true }));
  await tally.run('bytes', engine, async () => {
    const file = scanObjects(pdf);
    const reached = reachable(file);
    const streams = checkStreams(file, pdf.length, search, reached, shown);
    await tally.run('structure', engine, () => grave([...checkStructure(file), ...streams.damaged]));
    await tally.run('unreachable-objects', engine, () => grave(checkUnreachable(file, reached)));
    await tally.run('private-data', engine, () => grave(checkPrivateData(file)));
    await tally.run('object-text', engine, () => grave([...checkObjectText(file, search, reached), ...streams.leaks]));
    return [];
  });
}

/** The same search for anything else that leaves: a letter's text, a file name, a message header. */
export function verifyText(name: string, text: string, terms: readonly AbsentTerm[]): LeakFinding[] {
  return new TermSearch(terms).find(text).map(({ term }) => ({
    check: 'text',
    engine: 'term-search',
    message: `${name} holds a text that must be gone.`,
    term,
  }));
}
