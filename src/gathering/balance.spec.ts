import { sourceBalance, type CountedDocument, type Ending } from './balance';

const documents = (...endings: (Ending | `${Ending}#`)[]): CountedDocument[] =>
  endings.map((ending, index) => ({
    recordsCaseId: 'k',
    sourceDocumentId: ending.endsWith('#') ? `${index}#1` : String(index),
    ending: ending.replace('#', '') as Ending,
  }));

describe('one source in the account', () => {
  it('is even when every listed item and everything found inside ended somewhere', () => {
    const balance = sourceBalance('r', 'SBSYS', 3, 3, documents('full', 'partial', 'withheld', 'full#'));
    expect(balance).toMatchObject({ listed: 3, inside: 1, claimed: 3, isEven: true });
    expect(Object.values(balance.endings).reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  it('is not even when an item that was listed is nowhere, or one is there that nobody listed', () => {
    expect(sourceBalance('r', 'SBSYS', null, 3, documents('full', 'full')).isEven).toBe(false);
    expect(sourceBalance('r', 'SBSYS', null, 1, documents('full', 'full')).isEven).toBe(false);
  });
});
