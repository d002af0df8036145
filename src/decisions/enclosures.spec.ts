import { enclosuresOf } from './enclosures';

describe('"Vedlagt" of the letter', () => {
  it('names one PDF of documents, the reading version, recordings and the certificate', () => {
    expect(
      enclosuresOf([
        { kind: 'aktliste', name: 'aktliste.pdf' },
        { kind: 'package', name: 'aktindsigt.pdf' },
        { kind: 'reading-html', name: 'laeseudgave.html' },
        { kind: 'reading-pdf', name: 'laeseudgave.pdf' },
        { kind: 'recording', name: 'optagelse-4.mp3' },
      ]),
    ).toEqual([
      'Aktliste',
      'Dokumenterne samlet i én PDF med bogmærker',
      'Læseudgave af dokumenterne til dig, der får siderne læst op eller ikke ser dem (laeseudgave.pdf og laeseudgave.html)',
      'optagelse-4.mp3',
      'Bevis (bevis.pdf)',
    ]);
  });

  it('names every part of a divided package, and only what was made', () => {
    expect(
      enclosuresOf([
        { kind: 'package', name: 'aktindsigt-del-1-af-2.pdf' },
        { kind: 'package', name: 'aktindsigt-del-2-af-2.pdf' },
      ]),
    ).toEqual([
      'Aktliste',
      'Dokumenterne, del 1 af 2 (aktindsigt-del-1-af-2.pdf)',
      'Dokumenterne, del 2 af 2 (aktindsigt-del-2-af-2.pdf)',
      'Bevis (bevis.pdf)',
    ]);
  });
});
