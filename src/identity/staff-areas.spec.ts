import { areasOf } from './staff-areas';

describe('the areas of an employee', () => {
  it('are all where the authority does not divide them, whatever the login says', () => {
    expect(areasOf({ areas: ['32.30'] }, undefined)).toBeNull();
  });

  it.each([
    [
      ['32.30', '27'],
      ['32.30', '27'],
    ],
    ['32.30, 27', ['32.30', '27']],
    [['32.30', 'alt', 7, ''], ['32.30']],
  ])('are those that the claim %p lists', (said, areas) => {
    expect(areasOf({ omraader: said }, 'omraader')).toEqual(areas);
  });

  it('are none where areas are divided and the login names no area', () => {
    expect(areasOf({}, 'omraader')).toEqual([]);
    expect(areasOf({ omraader: { all: true } }, 'omraader')).toEqual([]);
  });
});
