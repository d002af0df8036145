import { drawSample, pagesAtMost, sampleSize, upperBound } from './sampling';

const pagesOf = (stratum: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `${stratum}-${String(index).padStart(4, '0')}`, stratum }));

describe('the sample that a second person reads', () => {
  it('is the size that the hypergeometric distribution asks for', () => {
    // 300 pages of which 15 have a fault: the chance to draw none of them falls to 5 % at the 54th page.
    expect(sampleSize(300)).toBe(54);
    expect(sampleSize(10_000)).toBe(59);
    expect(sampleSize(0)).toBe(0);
  });

  it('never asks for more pages than there are', () => {
    for (const pages of [1, 2, 5, 19]) expect(sampleSize(pages)).toBeLessThanOrEqual(pages);
    expect(sampleSize(5)).toBe(5);
  });

  it('has pages of every kind of document, however few there are', () => {
    const drawn = drawSample([...pagesOf('mail', 400), ...pagesOf('note', 3)], 57, (id) => id);
    expect(drawn.filter(({ stratum }) => stratum === 'note')).toHaveLength(2);
    expect(drawn.filter(({ stratum }) => stratum === 'mail').length).toBeGreaterThanOrEqual(56);
  });

  it('is the same when it is drawn again from the same seed', () => {
    const order = (id: string): string => [...id].reverse().join('');
    const pages = pagesOf('mail', 100);
    expect(drawSample(pages, 20, order)).toEqual(drawSample([...pages].reverse(), 20, order));
  });
});

describe('what may be said after the second reading', () => {
  it('is three divided by the pages read when nothing was missed', () => {
    expect(upperBound(60, 0)).toBeCloseTo(0.0487, 3);
    expect(Math.abs(upperBound(300, 0) - 3 / 300)).toBeLessThan(0.0002);
  });

  it('is the upper end of the Clopper-Pearson interval when something was', () => {
    // Published table, one-sided 95 %: 1 of 50, 2 of 100.
    expect(upperBound(50, 1)).toBeCloseTo(0.0914, 3);
    expect(upperBound(100, 2)).toBeCloseTo(0.0616, 3);
  });

  it('is everything before anybody has read', () => {
    expect(upperBound(0, 0)).toBe(1);
    expect(pagesAtMost(300, 54, upperBound(54, 0))).toBe(13);
  });
});
