import { foldText } from './folded-text';
import { TermSearch, spellings, termsInText } from './terms';
import { verifyText } from './outgoing';

const terms = (...texts: string[]) => texts.map((text) => ({ text }));
const found = (text: string, ...absent: string[]) => termsInText(text, terms(...absent)).length;

describe('search for terms', () => {
  it.each([
    ['120388-1234', 'CPR 1203881234.'],
    ['120388-1234', '1 2 0 3 8 8 - 1 2 3 4'],
    ['120388-1234', 'nummer 120388-\n1234 i sagen'],
    ['120388-1234', '120388\u00ad\u20131234'],
    ['120388-1234', '4321-883021'],
    ['1203881234', '120388 1234'],
    ['１２０３８８-1234', '120388-1234'],
    ['Mette Sørensen', 'METTE  SØRENSEN'],
    ['Mette Sørensen', 'Mette Soerensen'],
    ['Mette Sørensen', 'Sørensen, Mette'],
    ['Mette Sørensen', 'Mette\nSørensens hus'],
    ['Mette Sørensen', 'nesnerøS etteM'],
    ['Søren Aagaard', 'Søren Ågård'],
    ['Søren Aagaard', 'S ø r e n  A a g a a r d'],
    ['Anna Andersen', 'AnnaAndersen'],
    ['Bo Eriksen', 'boeriksen@example.dk'],
    ['40 12 34 56', '+45 40123456'],
    ['+45 40123456', 'ring på 40-12-34-56'],
    ['ab@example.dk', 'AB@Example.DK'],
  ])('finds %p in %p', (term, text) => {
    expect(found(text, term)).toBeGreaterThan(0);
  });

  it.each([
    ['Ib', 'biblioteket'],
    ['Ib', 'sagens ib'],
    ['Jens', 'Jensen'],
    ['12', '1234'],
    ['40123456', '140123456'],
    ['Mette Sørensen', 'Mette Hansen og Poul Sørensen'],
  ])('does not take %p for part of %p', (term, text) => {
    expect(found(text, term)).toBe(0);
  });

  it('gives the place in the text that was searched', () => {
    const text = 'Det er Mette  Sørensen her';
    const [hit] = termsInText(text, terms('mette sørensen'));
    expect(text.slice(hit?.start, hit?.end)).toBe('Mette  Sørensen');
  });

  it('seeks single words of a name only when asked', () => {
    const search = new TermSearch([{ text: 'Mette Sørensen', type: 'NAME' }]);
    expect(search.find('Poul Sørensen')).toHaveLength(0);
    expect(search.find('Poul Sørensen', 'text', true)).toMatchObject([{ term: 0, part: true }]);
  });

  it('does not take coordinates for a telephone number', () => {
    const search = new TermSearch(terms('12345678'));
    expect(search.find('12 34 56 78 re', 'structure')).toHaveLength(0);
    expect(search.find('12.345678 0 l', 'structure')).toHaveLength(0);
    expect(search.find('x12345678y', 'structure')).toHaveLength(1);
  });

  it('names a term of a single letter as one that cannot be sought', () => {
    expect(new TermSearch(terms('K', 'Mette')).unsearchable).toEqual([0]);
  });

  it('keeps the number of spellings small and without empty ones', () => {
    expect(spellings({ text: '40123456', type: 'PHONE' }).every((spelling) => spelling.length >= 8)).toBe(true);
    expect(spellings(' ')).toEqual([]);
  });

  it('reports a letter or a file name without repeating the term', () => {
    const [finding] = verifyText('The file name', 'brev-til-Mette-Sørensen.pdf', terms('Mette Sørensen'));
    expect(finding).toMatchObject({ check: 'text', term: 0 });
    expect(JSON.stringify(finding)).not.toMatch(/Mette/);
  });

  it('maps every folded letter back to the text', () => {
    const text = 'Ægir ﬁk Aase 𝐗';
    const folded = foldText(text);
    expect(folded.starts).toHaveLength(folded.letters.length);
    expect(folded.ends.every((end, i) => end > (folded.starts[i] as number) && end <= text.length)).toBe(true);
  });

  it('finds an account in its groups among the bytes of a file, and no coordinates', () => {
    const account = new TermSearch(terms('4690 5123456789'));
    expect(account.find('/W 9 ID 4690 5123456789 EI', 'structure')).toHaveLength(1);
    expect(new TermSearch(terms('22334455')).find('22 33 44 55 re', 'structure')).toHaveLength(0);
  });
});
