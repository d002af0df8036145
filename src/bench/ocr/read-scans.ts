import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PdfEngine, readByOcr } from '../../pdf';
import { worn } from '../detect/paper';
import { cpuSeconds } from '../process-family';

export interface PageReading {
  text: string;
  pages: number;
  /** What the program says of each page, 0 to 1. */
  trusts: number[];
  /** Seconds of the processor for reading alone, in all processes. */
  cpu: number;
}

interface How {
  dpi: number;
  /** Askew and grainy as from an old scanner. */
  isWorn: boolean;
  program: 'native' | 'js';
}

/** The pages of a PDF as pictures, read by a program that knows nothing of their text. Undefined: it is not here. */
export async function readScans(
  engine: PdfEngine,
  pdf: Uint8Array,
  { dpi, isWorn, program }: How,
): Promise<PageReading | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-bench-'));
  try {
    const file = join(folder, 'sider.pdf');
    await writeFile(file, pdf);
    const all: PageReading = { text: '', pages: 0, trusts: [], cpu: 0 };
    for (const { index, width, height } of await engine.readPages(file)) {
      const drawn = await engine.rasterise(file, index, { dpi, format: 'png' });
      const picture = isWorn ? await worn(drawn, index) : drawn;
      const page = {
        dpi,
        pageWidth: width,
        pageHeight: height,
        rotation: 0,
        language: 'dan',
        engine: program,
      } as const;
      let read: Awaited<ReturnType<typeof readByOcr>> = null;
      all.cpu += await cpuSeconds(async () => (read = await readByOcr(picture, page)));
      const reading = read as Awaited<ReturnType<typeof readByOcr>>;
      if (!reading) return undefined;
      all.text += `${reading.text}\n`;
      all.trusts.push(reading.trust);
      all.pages += 1;
    }
    return all;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
