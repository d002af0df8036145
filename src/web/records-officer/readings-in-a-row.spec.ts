import { readingsInARow, type ToldEvent } from './readings-in-a-row';

const at = new Date('2026-11-22T09:00:00Z');
const event = (action: string, text: string, who = 'Mette'): ToldEvent => ({ at, action, text, who });
const told = (events: ToldEvent[]) =>
  readingsInARow(events, 'Åbnede indhold').map(({ text, who }) => `${who}: ${text}`);

describe('readings in a row', () => {
  it('are told once, with how often', () => {
    const events = [1, 2, 3].map((page) => event('vault.read', `Åbnede indhold: side ${page}`));
    expect(told(events)).toEqual(['Mette: Åbnede indhold: 3 gange']);
  });

  it('by two people, or with an act between them, stay apart', () => {
    const reading = event('vault.read', 'Åbnede indhold: side 1');
    const act = event('review.decide', 'Besluttede at fjerne: antal 1');
    expect(told([reading, act, reading, { ...reading, who: 'Jens' }])).toEqual([
      'Mette: Åbnede indhold: side 1',
      'Mette: Besluttede at fjerne: antal 1',
      'Mette: Åbnede indhold: side 1',
      'Jens: Åbnede indhold: side 1',
    ]);
  });

  it('are the only thing that is joined', () => {
    const act = event('review.decide', 'Besluttede at fjerne: antal 1');
    expect(told([act, act])).toHaveLength(2);
  });
});
