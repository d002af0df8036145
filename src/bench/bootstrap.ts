/** The 95 % interval of a figure, in percent, when whole units (documents, sentences) are drawn again and again. */
export function bootstrap<T>(units: T[], figure: (sample: T[]) => number, draws = 1000): [low: number, high: number] {
  // A fixed seed: the interval is the same each time.
  let state = 20_261_122;
  const below = (count: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * count);
  };
  const figures: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const value = figure(units.map(() => units[below(units.length)]!));
    if (Number.isFinite(value)) figures.push(value);
  }
  figures.sort((a, b) => a - b);
  const at = (share: number): number => Number((figures[Math.floor(share * (figures.length - 1))] ?? NaN).toFixed(1));
  return [at(0.025), at(0.975)];
}
