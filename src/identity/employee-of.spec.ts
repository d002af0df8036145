import { isEmployeeOf } from './employee-of';

it('lets in who the login server says is an employee of the authority', () => {
  expect(isEmployeeOf('11223344', '11223344', 98)).toBe(true);
});

it('turns away an employee of another authority', () => {
  expect(isEmployeeOf('11223344', '55667788', 1)).toBe(false);
});

it('takes a login without a CVR number only where there is one authority', () => {
  expect(isEmployeeOf('11223344', undefined, 1)).toBe(true);
  expect(isEmployeeOf('11223344', undefined, 2)).toBe(false);
});
