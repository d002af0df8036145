import { PDFDict, PDFDocument, PDFName } from 'pdf-lib';
import type { ReadingLine, ReadingPiece, ReadingVersion } from '../pdf';
import { readingFiles } from './reading-files';

const NAME = 'Erik Bjerrevang';
const ABSENT = [{ text: NAME, type: 'NAME' }];
const OPTIONS = { createdAt: new Date('2026-11-22T10:00:00Z'), mostBytes: 70_000_000 };

const heading = (...runs: ReadingLine): ReadingPiece => ({ kind: 'heading', level: 1, runs });
const version = (...pieces: ReadingPiece[]): ReadingVersion => ({
  title: 'Læseudgave',
  municipality: 'Solby Kommune',
  caseNumber: '2026-000001',
  date: '2026-11-22',
  documents: [
    {
      number: '1',
      title: 'Brev',
      about: 'Brev.',
      pages: [{ number: 1, of: 1, packagePage: 1, reading: 'text', isPicture: false, pieces }],
    },
  ],
});

describe('the files of the reading version', () => {
  it('are HTML and PDF, also where a heading holds a word that a decision keeps', async () => {
    const kept = heading(
      { kind: 'text', text: 'Min far er faldet (' },
      { kind: 'text', text: NAME, isKept: true },
      { kind: 'text', text: ')' },
    );
    const files = await readingFiles(version(kept), ABSENT, OPTIONS);
    expect(files.map(({ name, report }) => [name, report.verdict])).toEqual([
      ['laeseudgave.html', 'pass'],
      ['laeseudgave.pdf', 'pass'],
    ]);
    expect(await tagsOf(files[1]?.content as Uint8Array)).toEqual(expect.arrayContaining(['H1', 'H2', 'H4']));
  }, 30_000);

  it('fail in both where the same word stands without such a decision', async () => {
    const files = await readingFiles(version(heading({ kind: 'text', text: `Far er ${NAME}` })), ABSENT, OPTIONS);
    expect(files.map(({ report }) => report.verdict)).toEqual(['fail', 'fail']);
  }, 30_000);
});

/** The kinds of tags in a PDF. */
async function tagsOf(bytes: Uint8Array): Promise<string[]> {
  const { context } = await PDFDocument.load(bytes);
  return context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFDict ? [object.get(PDFName.of('S'))] : []))
    .flatMap((kind) => (kind instanceof PDFName ? [kind.decodeText()] : []));
}
