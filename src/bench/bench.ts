/** One measured figure. A reference measured in the same run makes it comparable between machines. */
export interface Figure {
  /** What was measured, in words: "1,000 tagged pages redacted". */
  what: string;
  value: number;
  /** "pages/s", "ms", "MiB", "%". */
  unit: string;
  reference?: { what: string; value: number };
  /** value / reference.value, where there is a reference. */
  ratio?: number;
  /** 95 % interval of the value, where it is a share of a sample. */
  interval?: [number, number];
  /** Anything else that a reader needs to trust the figure: sizes, versions, counts, runs. */
  detail?: Record<string, unknown>;
}

/** A benchmark: `npm run bench -- NAME` runs those of that name, without a name all run. */
export interface Bench {
  name: string;
  about: string;
  /** Yields a figure as soon as it is known. `args` are the words after the name. */
  run(args: string[]): AsyncIterable<Figure>;
}

export function withReference(figure: Figure, what: string, value: number): Figure {
  return { ...figure, reference: { what, value }, ratio: round(figure.value / value) };
}

export function round(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Seconds that both took, run in turns so that a noisy moment meets both; the median of each. */
export async function inTurns(
  runs: number,
  ours: () => Promise<unknown>,
  reference: () => Promise<unknown>,
): Promise<{ ours: number; reference: number }> {
  const times: { ours: number[]; reference: number[] } = { ours: [], reference: [] };
  for (let run = 0; run < runs; run += 1) {
    times.ours.push(await seconds(ours));
    times.reference.push(await seconds(reference));
  }
  return { ours: median(times.ours), reference: median(times.reference) };
}

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e9;
}
