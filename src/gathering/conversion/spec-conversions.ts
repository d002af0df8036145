import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { convertToPdf } from './convert-to-pdf';
import { findLibreOffice, type ConversionContext, type Converted } from './index';
import { textOfPages } from './pdf-js';
import { typeset } from '../../pdf';

export const SAMPLES = resolve(__dirname, '../../../test/data/conversion');

const folders: string[] = [];

/** A work folder that {@link removeWorkFolders} removes. */
export async function workFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'conversion-spec-'));
  folders.push(folder);
  return folder;
}

export async function removeWorkFolders(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

/** Converts a sample by its name, or bytes under a name. */
export async function convert(
  source: string | { name: string; bytes: Buffer },
  context: Partial<ConversionContext> = {},
  depth = 0,
) {
  const folder = await workFolder();
  const name = typeof source === 'string' ? source : source.name;
  let path = join(SAMPLES, name);
  if (typeof source !== 'string') {
    path = join(folder, 'original');
    await writeFile(path, source.bytes);
  }
  return convertToPdf(
    { path, name, depth },
    { workFolder: folder, signal: new AbortController().signal, typeset, libreOffice: 'none', ...context },
  );
}

/** The same, for files that must convert: the result and the text of every page. */
export async function converted(
  source: string | { name: string; bytes: Buffer },
  context: Partial<ConversionContext> = {},
): Promise<{ result: Converted; texts: string[]; text: string; codes: string[] }> {
  const result = await convert(source, context);
  if (result.state !== 'converted') throw new Error(`The file was not converted: ${result.reason}, ${result.message}`);
  const texts = await textOfPages(await readFile(result.pdfPath));
  const text = texts.join('\n').replace(/\s+/g, ' ');
  return { result, texts, text, codes: result.notes.map(({ code }) => code) };
}

/**
 * Name and body of a test that needs LibreOffice, for `it(...needsLibreOffice(…))`. Without it, it says so aloud; in CI it
 * fails.
 */
export function needsLibreOffice(name: string, run: (program: string) => Promise<void>): [string, () => Promise<void>] {
  return [
    name,
    async () => {
      const program = await findLibreOffice('auto');
      if (program) return run(program);
      if (process.env.CI)
        throw new Error('LibreOffice is not installed, and CI must test with it. Install libreoffice.');
      process.stderr.write(`NOT TESTED, because LibreOffice is not installed: ${name}\n`);
    },
  ];
}
