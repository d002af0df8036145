import { columns, rows } from './charts';

const told = { id: 'x', title: 'Titel', description: 'Beskrivelse' };

describe('a plot', () => {
  it('draws standing bars in proportion, on one line, with their numbers', () => {
    const { bars, lines, legend } = columns(
      told,
      ['jan.', 'feb.'],
      [
        { name: 'Ind', values: [10, 5] },
        { name: 'Ud', values: [0, 10], isHatched: true },
      ],
    );
    expect(bars.map(({ height }) => height)).toEqual([190, 95, 0, 190]);
    expect(new Set(bars.map(({ y, height }) => y + height))).toEqual(new Set([lines[0].y1]));
    expect(bars.map(({ text }) => text)).toEqual(['10', '5', '0', '10']);
    expect(legend).toEqual([
      { text: 'Ind', isHatched: false },
      { text: 'Ud', isHatched: true },
    ]);
  });

  it('draws lying bars inside its width, with room for what they tell', () => {
    const { bars, marks, width } = rows(told, [
      { name: 'Skole', value: 4, text: '4 dage', mark: 9 },
      { name: 'Hjælp', value: 0, text: '0 dage', mark: 0 },
    ]);
    expect(marks[0].x).toBeGreaterThan(bars[0].x + bars[0].width);
    expect(Math.max(...bars.map(({ textX }) => textX))).toBeLessThan(width - 100);
  });

  it('stands where there is nothing to draw', () => {
    expect(columns(told, [], []).bars).toEqual([]);
    expect(rows(told, []).bars).toEqual([]);
  });
});
