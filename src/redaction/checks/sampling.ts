/** Reading a sample a second time: how many pages, which, and what may be said afterwards. Pure arithmetic. */

/** The smallest share of pages with something missed that the sample is to rule out, and how surely. */
export const TOLERATED_SHARE = 0.05;
export const CONFIDENCE = 0.95;

export interface SampledPage {
  id: string;
  /** Pages of one kind are drawn among themselves. */
  stratum: string;
}

/**
 * The fewest pages that must be read, and found without fault, to say that fewer than `tolerated` of `population` pages have
 * something missed: drawing without replacement, so that small requests are not asked for more pages than they have.
 *
 * @param population number of pages, 0 or more
 * @param tolerated share of pages, between 0 and 1
 */
export function sampleSize(population: number, tolerated = TOLERATED_SHARE, confidence = CONFIDENCE): number {
  const faulty = Math.max(1, Math.ceil(population * tolerated));
  let unseen = 1;
  for (let read = 0; read < population; read += 1) {
    if (unseen <= 1 - confidence) return read;
    unseen *= Math.max(0, population - faulty - read) / (population - read);
  }
  return population;
}

/**
 * Draws pages so that every kind of document is read: in proportion to its pages, at least two of each kind.
 *
 * @param order a number for each page that nobody can foresee, the same for the same page: it decides who is drawn
 */
export function drawSample<Page extends SampledPage>(
  pages: Page[],
  size: number,
  order: (id: string) => string,
): Page[] {
  const strata = new Map<string, Page[]>();
  for (const page of pages) strata.set(page.stratum, [...(strata.get(page.stratum) ?? []), page]);
  return [...strata.keys()].sort().flatMap((name) => {
    const all = strata.get(name) as Page[];
    const share = Math.ceil((size * all.length) / Math.max(1, pages.length));
    const shuffled = [...all].sort((a, b) => (order(a.id) < order(b.id) ? -1 : 1));
    return shuffled.slice(0, Math.min(all.length, Math.max(2, share)));
  });
}

/**
 * The largest share of pages with something missed that is still believable after `faulty` such pages were found among
 * `read`: the upper end of Clopper and Pearson's one-sided interval. With no fault it is close to 3 / `read`.
 */
export function upperBound(read: number, faulty: number, confidence = CONFIDENCE): number {
  if (read === 0 || faulty >= read) return 1;
  let [low, high] = [faulty / read, 1];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (chanceOfAtMost(faulty, read, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}

/** How many of the pages that were not read may have something missed, at most. */
export function pagesAtMost(population: number, read: number, bound: number): number {
  return Math.floor((population - read) * bound);
}

function chanceOfAtMost(most: number, of: number, share: number): number {
  let term = Math.pow(1 - share, of);
  let sum = term;
  for (let k = 1; k <= most; k += 1) {
    term *= ((of - k + 1) / k) * (share / (1 - share));
    sum += term;
  }
  return sum;
}
