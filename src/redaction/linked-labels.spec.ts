import { labelForms } from '../pdf';
import { jointLabel, labelOf, personLabels, personOf } from './linked-labels';

const access = new Map([['T3', 'protected' as const]]);
const passage = (partyKey: string | null, role = 'third') => ({ partyKey, role });

describe('labels that link', () => {
  it('give each person the same number wherever he or she is named, in the order of the list of parties', () => {
    const labels = personLabels([passage('T10'), passage('T2'), passage('T10'), passage(null)], access);
    expect([...labels]).toEqual([
      ['T2', 'Person 1'],
      ['T10', 'Person 2'],
    ]);
  });

  it.each([
    ['a notifier', passage('T1', 'notifier')],
    ['a person with a protected address', passage('T1', 'beskyttet adresse')],
    ['a person whom the register protects', passage('T3')],
    ['a child', passage('T1', 'child of the other parent')],
  ])('are refused for %s, and leave no gap', (_, refused) => {
    expect([...personLabels([refused, passage('T4')], access)]).toEqual([['T4', 'Person 1']]);
  });

  it('are refused everywhere for a person who has such a role in one passage', () => {
    expect(personLabels([passage('T1', 'neighbour'), passage('T1', 'underretter')], access).size).toBe(0);
  });

  it('fall back to the provision alone', () => {
    expect(labelOf(undefined, '§ 15 b, nr. 5')).toBe('§ 15 b, nr. 5');
    expect(labelOf('Person 1', '§ 15 b, nr. 5')).toBe('Person 1 · § 15 b, nr. 5');
  });

  it('tell their person in every form that fits a cover, and never one that no label names', () => {
    const label = labelOf('Person 12', '§ 15 b, nr. 5') as string;
    expect(labelForms(label)).toHaveLength(3);
    expect(labelForms(label).map(personOf)).toEqual(['Person 12', 'Person 12', 'Person 12']);
    expect(['§ 15 b, nr. 5', '', undefined, 'Person 12x'].map(personOf)).toEqual(Array(4).fill(undefined));
  });

  it('name nobody on a box over the words about two persons', () => {
    expect(jointLabel('Person 1 · § 23', 'Person 2 · § 23')).toBe('§ 23');
    expect(jointLabel('§ 23', '§ 23')).toBe('§ 23');
    expect(jointLabel('§ 23', undefined)).toBe('§ 23');
  });
});
