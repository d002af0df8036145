import { readFile } from 'node:fs/promises';
import type { LeakCheck } from '../../contracts';
import * as whole from './document-checks';
import type { GatePart } from './gate-parts';
import { reachable, scanObjects } from './object-scan';
import { engineOfPdfJs, openFileWithPdfJs } from './pdfjs-document';
import { checkObjectText, checkPrivateData, checkStructure, checkUnreachable } from './scan-checks';
import { checkStreams } from './stream-checks';
import { withPages } from './pages-of-objects';
import { Tally } from './tally';
import { TermSearch } from './terms';
import type { GateFiles, GateRules } from './verify';

const SCAN = { engine: 'object-scan', version: '2.0.0' };

/** The checks of the file as a whole: what pdf.js reads outside its pages, and every object by its own marks. */
export async function verifyFile(files: GateFiles, rules: GateRules): Promise<GatePart> {
  const tally = new Tally();
  const search = new TermSearch(rules.absent);
  const pdfjs = await engineOfPdfJs();
  let pages = 0;
  await tally.run('readable', pdfjs, async () => {
    const { document, close } = await openFileWithPdfJs(files.pdf);
    try {
      pages = document.numPages;
      await tally.run('metadata', pdfjs, () => whole.checkMetadata(document, search));
      await tally.run('navigation', pdfjs, () => whole.checkNavigation(document, search));
      await tally.run('attachments', pdfjs, () => whole.checkAttachments(document));
      await tally.run('form-values', pdfjs, () => whole.checkForm(document, search));
      await tally.run('scripts', pdfjs, () => whole.checkScripts(document));
      await tally.run('layers', pdfjs, () => whole.checkLayers(document));
      const outside = Object.keys(rules.boxes ?? {}).some((key) => !(Number(key) >= 0 && Number(key) < pages));
      if (!outside) return [];
      return [{ message: 'Redaction boxes name a page that the file does not have.', grave: true }];
    } finally {
      await close();
    }
  });
  const streamed = await checkBytes(files.pdf, tally, search);
  const { checks, findings } = tally;
  return { pages, checks, findings, judged: [], shown: [], streamed };
}

async function checkBytes(path: string, tally: Tally, search: TermSearch): Promise<GatePart['streamed']> {
  const grave = <T>(found: T[]): (T & { grave: true })[] => found.map((finding) => ({ ...finding, grave: true }));
  const run = (name: string, found: () => ReturnType<typeof checkStructure>): Promise<void> =>
    tally.run(name, SCAN as Pick<LeakCheck, 'engine' | 'version'>, () => grave(found()));
  let streamed: [number, number][] = [];
  // An exception in the scan fails "structure", and the checks that then never ran fail with it.
  await tally.run('structure', SCAN, async () => {
    const pdf = await readFile(path);
    const file = scanObjects(pdf);
    const reached = reachable(file);
    const streams = checkStreams(file, pdf.length, search, reached);
    await run('unreachable-objects', () => checkUnreachable(file, reached));
    await run('private-data', () => checkPrivateData(file));
    const leaks = withPages([...checkObjectText(file, search, reached), ...streams.leaks], file);
    await run('object-text', () => leaks.map(({ message, term, usedOn }) => ({ message, term, usedOn })));
    tally.begin('unpainted-text', SCAN);
    streamed = [...streams.streamed];
    const broken = withPages([...checkStructure(file), ...streams.damaged], file);
    return grave(broken.map(({ message, usedOn }) => ({ message, usedOn })));
  });
  return streamed;
}
