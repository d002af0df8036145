import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PDFDocument } from 'pdf-lib';
import { numberDocuments } from '../../src/gathering/number-documents';
import { SourceRun } from '../../src/gathering/source-run.entity';
import { GatheringDesk } from '../support/gathering-desk';
import type { ListedDocument, ListedSystem } from '../support/listed-system';

const CPR = '1404861216';
const SYSTEMS = ['a', 'b', 'c', 'd'];
const DOCUMENTS_EACH = 1250;
const CASES_EACH = 5;
const PAGES = 6;
/** A busy machine needs a minute and a half. */
const LIMIT_MS = 400_000;
const MORE_HEAP_BYTES = 40 * 1024 * 1024;

/** The heap without what nobody holds any more. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

async function pagesOf(count: number): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  for (let page = 0; page < count; page += 1) pdf.addPage([595, 842]);
  return Buffer.from(await pdf.save());
}

/** Made up while it is fetched; no two are the same, as a comment after the end tells them apart. */
function document(id: string, base: Buffer): ListedDocument {
  return {
    id,
    title: `Dokument ${id}`,
    get content() {
      return Buffer.concat([base, Buffer.from(`\n% ${id.padEnd(12)}\n`)]);
    },
  };
}

describe('5,000 documents of 30,000 pages in four systems', () => {
  let desk: GatheringDesk;
  const systems: ListedSystem[] = [];

  beforeAll(async () => {
    desk = await GatheringDesk.start();
    const base = await pagesOf(PAGES);
    for (const key of SYSTEMS) {
      const system = await desk.connect(key);
      system.cases = Array.from({ length: CASES_EACH }, (_, index) => ({
        id: `${key}${index}`,
        cpr: CPR,
        documents: Array.from({ length: DOCUMENTS_EACH / CASES_EACH }, (_each, number) =>
          document(`${key}${index}-${number}`, base),
        ),
      }));
      systems.push(system);
    }
  });
  afterAll(() => desk?.close());

  it(
    'are gathered side by side and listed in memory that does not grow with them',
    async () => {
      const { id } = await desk.ask(CPR);
      const before = heapInUse();
      const begun = performance.now();
      await Promise.all((await desk.runs(id)).map((run) => desk.search(run)));
      const seconds = (performance.now() - begun) / 1000;
      const grown = heapInUse() - before;
      const runs = await desk.within((entities) => entities.findBy(SourceRun, { requestId: id }));
      expect(runs.map(({ state, documents, files }) => ({ state, documents, files }))).toEqual(
        SYSTEMS.map(() => ({ state: 'complete', documents: DOCUMENTS_EACH, files: DOCUMENTS_EACH })),
      );
      for (const system of systems) expect(new Set(system.fetched).size).toBe(system.fetched.length);
      const numbered = await desk.within((entities) => numberDocuments(entities, id));
      expect(numbered).toHaveLength(SYSTEMS.length * DOCUMENTS_EACH);
      expect((await desk.request(id)).state).toBe('converting');
      process.stderr.write(
        `5,000 documents of ${PAGES} pages gathered in ${seconds.toFixed(1)} s; the heap grew by ${(grown / 1048576).toFixed(1)} MiB.\n`,
      );
      expect(grown).toBeLessThan(MORE_HEAP_BYTES);
    },
    LIMIT_MS,
  );
});
