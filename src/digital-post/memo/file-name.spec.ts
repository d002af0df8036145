import { hasRefusedCharacter, sanitiseFileName, uniqueFileNames } from './file-name';

describe('file names in Digital Post', () => {
  it.each([
    ['Sag 12/2026: afgørelse?.pdf', 'Sag 12-2026- afgørelse.pdf'],
    ['a<>b|c*.pdf', 'a-b-c.pdf'],
    ['min\u00a0sag\u2003nr\u30001.pdf', 'min-sag-nr-1.pdf'],
    ['linje\r\nskift.pdf', 'linje-skift.pdf'],
    ['..\\..\\etc.pdf', 'etc.pdf'],
    ['???.pdf', 'dokument.pdf'],
    ['', 'dokument'],
    ['brev', 'brev'],
  ])('makes %j into %j', (name, expected) => {
    expect(sanitiseFileName(name)).toBe(expected);
    expect(hasRefusedCharacter(expected)).toBe(false);
  });

  it('keeps the extension when it cuts at 256 characters', () => {
    const name = sanitiseFileName(`${'æ'.repeat(400)}.pdf`);

    expect([...name]).toHaveLength(256);
    expect(name.endsWith('æ.pdf')).toBe(true);
  });

  it('tells equal names apart, whatever their case', () => {
    expect(uniqueFileNames(['brev.pdf', 'Brev.pdf', 'brev.pdf', 'brev (2).pdf'])).toEqual([
      'brev.pdf',
      'Brev (2).pdf',
      'brev (3).pdf',
      'brev (2) (2).pdf',
    ]);
  });
});
