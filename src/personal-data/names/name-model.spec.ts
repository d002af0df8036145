import fc from 'fast-check';
import { read } from '../tokens';
import { nameCandidates, PROPOSE_FROM, trainedNames } from './name-model';

const found = (text: string, threshold = 0.5): string[] =>
  nameCandidates(read(text), 'case file', threshold).map(({ start, end }) => text.slice(start, end));

describe('the trained name model', () => {
  it.each([
    ['I går ringede Birgitte Lauritzen igen.', 'Birgitte Lauritzen'],
    ['Han har talt med Abdirahman Warsame om det.', 'Abdirahman Warsame'],
    ['Mødet blev holdt med Oksana Kovalchuk.', 'Oksana Kovalchuk'],
    ['I DAG RINGEDE BIRGITTE LAURITZEN IGEN', 'BIRGITTE LAURITZEN'],
    ['Han har talt med Soren Kjaergaard i dag.', 'Soren Kjaergaard'],
  ])('finds the person in %p', (text, name) => expect(found(text)).toEqual([name]));

  it.each([
    'Du kan klage til Ankestyrelsen inden fire uger.',
    'Mødet holdes på rådhuset i Odense den 3. maj.',
    'Ifølge loven skal kommunen svare inden syv dage.',
  ])('finds nobody in %p', (text) => expect(found(text)).toEqual([]));

  it('proposes more the lower the threshold, and keeps what a higher one gave', () => {
    const text = 'Referat: Lissi og Bent fra Vang kom; Trofast, Urban og Kulle gik før tiden.';
    const sure = found(text, 0.9).join(' ').split(' ');
    const proposed = found(text, PROPOSE_FROM).join(' ');
    for (const word of sure) expect(proposed).toContain(word);
  });

  it('gives candidates in order, inside the text, the same twice, for any input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const reading = read(text);
        const candidates = nameCandidates(reading, 'case file', 0.01);
        expect(nameCandidates(reading, 'case file', 0.01)).toEqual(candidates);
        let end = 0;
        for (const candidate of candidates) {
          expect(candidate.start).toBeGreaterThanOrEqual(end);
          expect(candidate.end).toBeLessThanOrEqual(text.length);
          expect(candidate.probability > 0 && candidate.probability <= 1.000001).toBe(true);
          end = candidate.end;
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['ten megabytes of one word', () => 'a'.repeat(10_000_000)],
    ['a megabyte of names', () => 'Anders Riis '.repeat(83_000)],
    ['half a megabyte of mixed scripts', () => 'Ånd שלום дом 名 '.repeat(31_000)],
    ['a quarter of a megabyte of words that are never met twice', () => newWords(250_000)],
  ])('answers %s on a single line in bounded work', (_name, textOf) => {
    const reading = read(textOf());
    const began = process.cpuUsage();
    const { person } = trainedNames().probabilities(reading, 'case file');
    const { user, system } = process.cpuUsage(began);
    expect(person.every((chance) => chance >= 0 && chance <= 1.000001)).toBe(true);
    // A bound against work that grows with the square, not a measurement.
    expect((user + system) / 1e6).toBeLessThan(60);
  });
});

/** Words that are each met once only, so that nothing remembered helps. */
function newWords(length: number): string {
  let state = 7;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += `${state.toString(36).replace(/\d/g, 'x')}${state % 5 === 0 ? ' Kx' : ' '}`;
  }
  return text;
}
