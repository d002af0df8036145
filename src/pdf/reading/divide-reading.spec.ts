import { divideReading } from './divide-reading';
import type { ReadingDocument, ReadingPage, ReadingVersion } from './reading-model';

const page = (letters: number, number = 1, of = 1): ReadingPage => ({
  number,
  of,
  packagePage: number,
  reading: 'text',
  isPicture: false,
  pieces: [{ kind: 'paragraph', runs: [{ kind: 'text', text: 'x'.repeat(letters) }] }],
});
const document = (number: number, ...letters: number[]): ReadingDocument => ({
  number: String(number),
  title: 'Brev',
  about: 'Brev.',
  pages: letters.map((each, index) => page(each, index + 1, letters.length)),
});
const version = (...documents: ReadingDocument[]): ReadingVersion => ({
  title: 'Læseudgave',
  municipality: 'Solby Kommune',
  caseNumber: '2026-000001',
  date: '2026-11-22',
  documents,
});
const inWords = (parts: ReadingVersion[]): string[] =>
  parts.map(({ documents }) =>
    documents.map(({ number, pages }) => `${number}:${pages.map((p) => p.number)}`).join(' '),
  );

describe('the division of a reading version', () => {
  it('leaves one that is short enough as it is', () => {
    const whole = version(document(1, 40), document(2, 60));
    expect(divideReading(whole, 100)).toEqual([whole]);
  });

  it('is at the borders of documents, and each part says which it is', () => {
    const parts = divideReading(version(document(1, 40), document(2, 50), document(3, 20, 30)), 100);
    expect(inWords(parts)).toEqual(['1:1 2:1', '3:1,2']);
    expect(parts.map(({ title }) => title)).toEqual(['Læseudgave, del 1 af 2', 'Læseudgave, del 2 af 2']);
  });

  it('is at pages where one document is longer, which says that it goes on', () => {
    const parts = divideReading(version(document(1, 60, 30, 200, 10), document(2, 50)), 100);
    expect(inWords(parts)).toEqual(['1:1,2', '1:3', '1:4 2:1']);
    expect(parts.map(({ documents }) => documents[0]?.about)).toEqual([
      'Brev. Fortsættes i den næste del.',
      'Brev. Fortsat fra den forrige del. Fortsættes i den næste del.',
      'Brev. Fortsat fra den forrige del.',
    ]);
  });
});
