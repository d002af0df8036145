import { signsOfCases, withNumbers } from './signs-of-cases';

const TODAY = new Date('2026-11-22T12:00:00Z');
const FIRST = '00000000-0000-4000-8000-000000000001';
const SECOND = '00000000-0000-4000-8000-000000000002';
const TIP = 'Kontrolteamet har modtaget et anonymt tip om ydelsen.';

describe('what speaks for keeping quiet that a case exists', () => {
  it('is told by case, once a reason, with the documents it was seen in', () => {
    const documents = [
      { id: FIRST, recordsCaseId: 'control', text: TIP },
      { id: SECOND, recordsCaseId: 'control', text: `${TIP} Politiet har bedt os vente.` },
      { id: 'c', recordsCaseId: 'ordinary', text: 'Borgeren søger om hjælpemidler.' },
    ];
    const [only, ...others] = signsOfCases(documents, TODAY);
    expect(others).toEqual([]);
    expect(only.recordsCaseId).toBe('control');
    expect(only.reasons.map((each) => each.split(':')[0])).toEqual([
      `Dokument [${FIRST}], [${SECOND}]`,
      `Dokument [${SECOND}]`,
    ]);
  });

  it('names documents by the number they have when it is read', () => {
    const numbers = new Map([[FIRST, 4]]);
    expect(withNumbers(`Dokument [${FIRST}], [${SECOND}]: Tegn.`, (id) => numbers.get(id))).toBe(
      'Dokument 4, –: Tegn.',
    );
  });
});
