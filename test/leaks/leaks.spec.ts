import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AbsentTerm } from '../../src/contracts';
import { PdfEngine, redactDocument } from '../../src/pdf';
import { missingProgram } from '../support/missing-program';
import { LeakyPdf } from './leaky-pdf';
import { foundOutside } from './outside-walk';
import { PLACES_OF_THE_FILE, type HidingPlace } from './places-of-the-file';
import { PLACES_ON_THE_PAGE } from './places-on-the-page';
import { Random } from './random';
import { secretFrom } from './secret';

const PLACES = [...PLACES_OF_THE_FILE, ...PLACES_ON_THE_PAGE];
/** Files in all: one for every place, the rest in random combinations. The nightly run sets 2000. */
const FILES = Number(process.env.LEAK_FILES ?? 200);
const RANDOM_FILES = Math.max(10, FILES - PLACES.length);
const FIRST_SEED = Number(process.env.LEAK_SEED ?? 1);
/** Two files at a time keep two cores busy. */
const AT_ONCE = 2;
/** Of the random files so many must come out: a gate that refuses everything would leak nothing either. */
const WRITTEN = 0.99;

interface Outcome {
  seed: number;
  places: string[];
  written: boolean;
  failed: string[];
  leaks: string[];
}

describe('files that hide secrets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leaks-'));
  const engine = new PdfEngine({ temporaryFolder: folder });

  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  it('hides them in at least 25 places, each with a name of its own', () => {
    expect(new Set(PLACES.map(({ name }) => name)).size).toBe(PLACES.length);
    expect(PLACES.length).toBeGreaterThanOrEqual(60);
  });

  it.each(PLACES)('lets no secret out that is hidden in: $name', async ({ name }) => {
    const { leaks, written, failed } = await carry(FIRST_SEED, [name]);
    expect(leaks).toEqual([]);
    expect(failed).toEqual([]);
    expect(written).toBe(true);
  });

  it(`lets no secret out of ${RANDOM_FILES} files that hide it in random combinations`, async () => {
    missingProgram('qpdf', 'what an independent program finds in redacted files');
    missingProgram('pdftotext', 'what an independent program reads in redacted files');
    const outcomes: Outcome[] = [];
    const seeds = Array.from({ length: RANDOM_FILES }, (_, i) => FIRST_SEED + 1000 + i);
    const work = async (): Promise<void> => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) outcomes.push(await carry(seed));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(outcomes.filter(({ leaks }) => leaks.length > 0)).toEqual([]);
    const stopped = outcomes.filter((outcome) => !outcome.written);
    if (stopped.length > (1 - WRITTEN) * outcomes.length) expect(stopped).toEqual([]);
    // What is not written was stopped by a check that is named.
    expect(outcomes.filter((outcome) => !outcome.written && outcome.failed.length === 0)).toEqual([]);
  }, 3_600_000);

  /** One file the whole way; seeds make the same file every time. */
  async function carry(seed: number, only?: string[]): Promise<Outcome> {
    const random = new Random(seed);
    const places = only ? PLACES.filter(({ name }) => only.includes(name)) : random.some(PLACES, random.whole(2, 6));
    const { bytes, secrets } = fileWith(places, random);
    const [from, to] = [join(folder, `${seed}.pdf`), join(folder, `${seed}-ud.pdf`)];
    writeFileSync(from, bytes);
    const verdict = await redactDocument(
      engine,
      from,
      to,
      {},
      { absent: secrets, everywhere: true, temporaryFolder: folder },
    );
    const failed = verdict.report.checks.filter((check) => check.verdict === 'fail').map((check) => check.name);
    const leaks = verdict.written ? secrets.flatMap((secret) => foundOutside(to, secret)) : [];
    rmSync(from);
    rmSync(to, { force: true });
    return { seed, places: places.map(({ name }) => name), written: verdict.written, failed, leaks };
  }
});

function fileWith(places: readonly HidingPlace[], random: Random): { bytes: Buffer; secrets: AbsentTerm[] } {
  const pdf = new LeakyPdf();
  const secrets = Array.from({ length: random.whole(1, 2) }, () => secretFrom(random));
  for (const place of places) place.hide(pdf, random.pick(secrets).text, random);
  return { bytes: pdf.bytes(), secrets };
}
