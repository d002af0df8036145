import {
  optionalCount,
  optionalDay,
  optionalFlag,
  optionalText,
  requiredCount,
  requiredId,
  requiredText,
  wireOf,
  wiresOf,
} from './wire';

const contract = expect.objectContaining({ errorClass: 'contract' });

describe('reading what came over the wire', () => {
  it('gives the values of fields that are as they were', () => {
    const item = { Id: 7, Key: 'a-1', Title: 'Brev', Count: 2, Open: true, Date: '2024-03-12T22:00:00Z' };
    expect(requiredId(item, 'Id', 'a case')).toBe('7');
    expect(requiredId(item, 'Key', 'a case')).toBe('a-1');
    expect(requiredText(item, 'Title', 'a case')).toBe('Brev');
    expect(requiredCount(item, 'Count', 'a case')).toBe(2);
    expect(optionalFlag(item, 'Open', 'a case')).toBe(true);
    expect(optionalDay(item, 'Date', 'a case')).toBe('2024-03-12');
    expect(wiresOf({ list: [item] }, 'a case', 'list')).toEqual([item]);
  });

  it.each([undefined, null, ' '])('takes %p for a text that is not there', (Title) => {
    expect(optionalText({ Title }, 'Title', 'a case')).toBeUndefined();
  });

  const broken: [string, () => unknown][] = [
    ['an object that is a list', () => wireOf([], 'a case')],
    ['a list that is an object', () => wiresOf({}, 'the list')],
    ['a list that is missing', () => wiresOf({}, 'the list', 'items')],
    ['a list of anything but objects', () => wiresOf([1], 'the list')],
    ['a text that is missing', () => requiredText({}, 'Title', 'a case')],
    ['a text that became a number', () => optionalText({ Title: 7 }, 'Title', 'a case')],
    ['an id that is missing', () => requiredId({}, 'Id', 'a case')],
    ['an id that leaves the path', () => requiredId({ Id: '../7' }, 'Id', 'a case')],
    ['a sum that is missing', () => requiredCount({}, 'Total', 'a case')],
    ['a sum that became a text', () => optionalCount({ Total: '7' }, 'Total', 'a case')],
    ['a flag that became a text', () => optionalFlag({ Open: 'yes' }, 'Open', 'a case')],
    ['a date of another form', () => optionalDay({ Date: '12/3-24' }, 'Date', 'a case')],
  ];
  it.each(broken)('calls %s a broken contract', (_name, read) => {
    expect(read).toThrow(contract);
  });
});
