import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PDFDocument } from 'pdf-lib';
import { assemblePackage, type PackagePlan } from '../pdf';
import { type Bench, type Figure, inTurns, round, seconds, withReference } from './bench';

const FILES = 200;
const PAGES_A_FILE = 10;
const RUNS = 3;
const run = promisify(execFile);

/** A package of 2,000 stamped pages with bookmarks, beside `mutool merge` of the same files. */
export const assemblyBench: Bench = {
  name: 'assembly',
  about: `joins ${FILES} files of ${PAGES_A_FILE} pages into a package`,
  async *run(): AsyncIterable<Figure> {
    const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-bench-'));
    try {
      const files = await writeSources(folder);
      const ours = () => assemblePackage(planOf(files), join(folder, 'ours.pdf'));
      const theirs = () => run('mutool', ['merge', '-o', join(folder, 'theirs.pdf'), ...files]);
      const what = `assembly of ${FILES * PAGES_A_FILE} pages`;
      if (await isThere('mutool')) {
        const times = await inTurns(RUNS, ours, theirs);
        yield withReference(
          { what, value: round(times.ours), unit: 's' },
          'mutool merge of the same files',
          times.reference,
        );
      } else yield { what, value: round(await seconds(ours)), unit: 's', detail: { reference: 'no mutool here' } };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function writeSources(folder: string): Promise<string[]> {
  const pdf = await PDFDocument.create();
  for (let page = 1; page <= PAGES_A_FILE; page += 1) {
    const sheet = pdf.addPage([595, 842]);
    for (let line = 0; line < 40; line += 1)
      sheet.drawText(`Side ${page}, linje ${line}: en linje som i et almindeligt notat`, {
        x: 60,
        y: 780 - line * 18,
        size: 10,
      });
  }
  const bytes = await pdf.save();
  const files = Array.from({ length: FILES }, (_, index) => join(folder, `kilde-${index}.pdf`));
  await Promise.all(files.map((file) => writeFile(file, bytes)));
  return files;
}

function planOf(files: string[]): PackagePlan {
  return {
    title: 'Aktindsigt',
    municipality: 'Solby Kommune',
    createdAt: new Date('2026-11-22T10:00:00Z'),
    documents: files.map((file, index) => ({
      caseTitle: `Sag ${1 + Math.floor(index / 20)}`,
      number: index + 1,
      title: `Dokument ${index + 1}`,
      files: [file],
    })),
  };
}

async function isThere(program: string): Promise<boolean> {
  return run('sh', ['-c', `command -v ${program}`]).then(
    () => true,
    () => false,
  );
}
