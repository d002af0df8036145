import { merkleRoot, merkleSteps, rootFrom } from './merkle';

const leaves = (count: number) => Array.from({ length: count }, (_, index) => Buffer.from(`leaf ${index}`));

describe('a tree of hashes', () => {
  it('has the roots that RFC 6962 gives for its simplest trees', () => {
    expect(merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(merkleRoot([Buffer.alloc(0)])).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  it.each([1, 2, 3, 7, 8, 33])('leads from each of %i leaves to the root', (count) => {
    const all = leaves(count);
    for (const [index, leaf] of all.entries()) expect(rootFrom(leaf, merkleSteps(all, index))).toBe(merkleRoot(all));
  });

  it('does not lead from a leaf that is not there, nor from a leaf in another place', () => {
    const all = leaves(5);
    expect(rootFrom(Buffer.from('another'), merkleSteps(all, 2))).not.toBe(merkleRoot(all));
    expect(rootFrom(all[3], merkleSteps(all, 2))).not.toBe(merkleRoot(all));
    expect(() => merkleSteps(all, 5)).toThrow('There are 5 leaves; there is no leaf 5.');
  });
});
