import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BoxesByPage, PageText } from '../contracts';
import {
  PdfCrashError,
  PdfDamagedError,
  PdfEncryptedError,
  PdfEngine,
  PdfTimeoutError,
  PdfTooLargeError,
  redactDocument,
} from '../pdf';

/** Where a file of a collection ended. Only `fault` is a fault of ours: everything else is a state to act on. */
export type EndState =
  | 'redacted, gate passed'
  | 'redacted, gate refused'
  | 'needs a password'
  | 'damaged'
  | 'too large'
  | 'took too long'
  | 'its process died'
  | 'fault';

export interface FileResult {
  state: EndState;
  pages: number;
  boxes: number;
  rasterised: number;
  /** The failed checks of the gate, or the words of the refusal. */
  why?: string;
}

const PAGES_AT_MOST = 100;
const STATES: [new (message: string) => Error, EndState][] = [
  [PdfEncryptedError, 'needs a password'],
  [PdfDamagedError, 'damaged'],
  [PdfTooLargeError, 'too large'],
  [PdfTimeoutError, 'took too long'],
  [PdfCrashError, 'its process died'],
];

/** Reads a file, removes two words of each page, and lets the gate judge what came of it. */
async function carry(engine: PdfEngine, file: string): Promise<FileResult> {
  const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-samling-'));
  let pages = 0;
  let boxes: BoxesByPage = {};
  try {
    pages = await engine.pageCount(file);
    if (pages > PAGES_AT_MOST)
      return { state: 'too large', pages, boxes: 0, rasterised: 0, why: `more than ${PAGES_AT_MOST} pages` };
    boxes = twoWordsAPage(await engine.readPages(file));
    const out = join(folder, 'ud.pdf');
    const verdict = await redactDocument(engine, file, out, boxes, { keepElsewhere: true, temporaryFolder: folder });
    return {
      state: verdict.verdict === 'pass' ? 'redacted, gate passed' : 'redacted, gate refused',
      pages,
      boxes: verdict.boxes,
      rasterised: verdict.rasterisedPages.length,
      why:
        verdict.verdict === 'pass'
          ? undefined
          : [...new Set(verdict.report.findings.map((finding) => finding.check))].join(', '),
    };
  } catch (error) {
    const state = STATES.find(([kind]) => error instanceof kind)?.[1] ?? 'fault';
    return { state, pages, boxes: 0, rasterised: 0, why: (error as Error).message };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function twoWordsAPage(pages: PageText[]): BoxesByPage {
  return Object.fromEntries(
    pages.map((page, index) => {
      const words = page.words.filter((word) => /\p{L}{3}|\d{3}/u.test(word.text));
      const chosen = [words[Math.floor(words.length / 3)], words[Math.floor((2 * words.length) / 3)]];
      return [String(index), [...new Set(chosen)].filter(Boolean).map((word) => word.box)];
    }),
  );
}

const engine = new PdfEngine({ processes: 1, timeoutMs: 60_000 });
process.on('message', (file: string) => {
  void carry(engine, file).then((result) => process.send?.(result));
});
process.on('disconnect', () => void engine.close().then(() => process.exit(0)));
