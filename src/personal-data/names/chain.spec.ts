import fc from 'fast-check';
import { factorsOf, forbidImpossible, marginals, TRANSITIONS } from './chain';
import { BEGINS, canFollow, CONTINUES, LABEL_COUNT } from './labels';

const HEAD = LABEL_COUNT;
const LENGTH = 3;

/** Every labelling of a short sentence with its weight. */
function labellings(scores: Float64Array, transitions: Float64Array): { labels: number[]; weight: number }[] {
  const all: { labels: number[]; weight: number }[] = [];
  const extend = (labels: number[], score: number): void => {
    if (labels.length === LENGTH) return void all.push({ labels, weight: Math.exp(score) });
    const before = labels.at(-1) ?? HEAD;
    for (let label = 0; label < LABEL_COUNT; label += 1) {
      const step = scores[labels.length * LABEL_COUNT + label]! + transitions[before * LABEL_COUNT + label]!;
      extend([...labels, label], score + step);
    }
  };
  extend([], 0);
  return all;
}

const weights = (count: number) =>
  fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: count, maxLength: count });

describe('the chain of labels', () => {
  it('gives each word the share that its label has of all labellings', () => {
    fc.assert(
      fc.property(weights(LENGTH * LABEL_COUNT), weights(TRANSITIONS), (words, pairs) => {
        const [scores, transitions] = [Float64Array.from(words), Float64Array.from(pairs)];
        forbidImpossible(transitions);
        const expectedPairs = new Float64Array(TRANSITIONS);
        const found = marginals(scores, LENGTH, factorsOf(transitions), expectedPairs);
        const all = labellings(scores, transitions);
        const total = all.reduce((sum, { weight }) => sum + weight, 0);
        for (let at = 0; at < LENGTH; at += 1) {
          for (let label = 0; label < LABEL_COUNT; label += 1) {
            const share = all.filter(({ labels }) => labels[at] === label).reduce((sum, one) => sum + one.weight, 0);
            expect(found[at * LABEL_COUNT + label]).toBeCloseTo(share / total, 9);
          }
        }
        expect(expectedPairs.reduce((sum, pair) => sum + pair, 0)).toBeCloseTo(LENGTH, 9);
      }),
      { numRuns: 30 },
    );
  });

  it('never lets a name go on where none has begun', () => {
    expect(canFollow(HEAD, CONTINUES)).toBe(false);
    expect(canFollow(BEGINS, CONTINUES)).toBe(true);
    const transitions = new Float64Array(TRANSITIONS);
    forbidImpossible(transitions);
    const scores = new Float64Array(LABEL_COUNT);
    scores[CONTINUES] = 50;
    expect(marginals(scores, 1, factorsOf(transitions))[CONTINUES]).toBe(0);
  });
});
