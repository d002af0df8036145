import { labelForms } from './label-forms';

describe('the forms of a label', () => {
  it.each([
    ['§ 15 b, nr. 5', ['§ 15 b, nr. 5', '§ 15 b']],
    ['§ 30, nr. 1', ['§ 30, nr. 1', '§ 30']],
    ['§ 11 a, stk. 2', ['§ 11 a, stk. 2', '§ 11 a']],
    ['§ 23', ['§ 23']],
    ['art. 15, stk. 4', ['art. 15, stk. 4']],
    ['Person 2 · § 15 b, nr. 5', ['Person 2 · § 15 b, nr. 5', 'Person 2 · § 15 b', 'Person 2']],
  ])('%s grows shorter without saying anything else', (label, forms) => expect(labelForms(label)).toEqual(forms));
});
