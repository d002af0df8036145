import { drawDeliveries, populationHash } from './draw';

const deliveriesOf = (stratum: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `${stratum}-${index}`, stratum }));
const rows = [
  ...deliveriesOf('32 · FVL_PART', 80),
  ...deliveriesOf('27 · FVL_PART', 15),
  ...deliveriesOf('27 · SUL_37', 2),
];
const counted = (drawn: { stratum: string }[], stratum: string): number =>
  drawn.filter((each) => each.stratum === stratum).length;

describe('the draw of a sample audit', () => {
  it('is as large as was asked for, and never larger than there are deliveries', () => {
    for (let wanted = 1; wanted <= 97; wanted += 1) expect(drawDeliveries(rows, wanted, 'a')).toHaveLength(wanted);
    expect(drawDeliveries(rows, 500, 'a')).toHaveLength(97);
    expect(drawDeliveries([], 10, 'a')).toEqual([]);
  });

  it('sees every kind, and the rest in proportion', () => {
    const drawn = drawDeliveries(rows, 20, 'a');
    expect(counted(drawn, '27 · SUL_37')).toBe(1);
    expect(counted(drawn, '27 · FVL_PART')).toBe(4);
    expect(counted(drawn, '32 · FVL_PART')).toBe(15);
  });

  it('takes the largest kinds when there are more kinds than deliveries to draw', () => {
    expect(drawDeliveries(rows, 1, 'a')[0].stratum).toBe('32 · FVL_PART');
  });

  it('is the same from the same seed in any order, another from another', () => {
    const ids = (seed: string, from = rows): string[] => drawDeliveries(from, 12, seed).map(({ id }) => id);
    expect(ids('a', [...rows].reverse())).toEqual(ids('a'));
    expect(ids('b')).not.toEqual(ids('a'));
    expect(populationHash([...rows].reverse())).toBe(populationHash(rows));
    expect(populationHash(rows.slice(1))).not.toBe(populationHash(rows));
  });

  it('draws each delivery of a kind equally often', () => {
    const times = new Map<string, number>();
    for (let seed = 0; seed < 600; seed += 1)
      for (const { id } of drawDeliveries(deliveriesOf('a', 10), 3, String(seed)))
        times.set(id, (times.get(id) ?? 0) + 1);
    // 180 expected, standard deviation 11: five of them either way.
    for (const count of times.values()) expect(Math.abs(count - 180)).toBeLessThan(56);
    expect(times.size).toBe(10);
  });
});
