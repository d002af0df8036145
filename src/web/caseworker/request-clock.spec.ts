import { workingDaysLeft } from './request-clock';

it('counts working days to the deadline, weekends left out', () => {
  expect(workingDaysLeft('2026-11-20', '2026-12-01', 'strict')).toBe(7);
  expect(workingDaysLeft('2026-11-22', '2026-11-23', 'strict')).toBe(1);
});

it('is zero on the last day, and negative after it', () => {
  expect(workingDaysLeft('2026-12-01', '2026-12-01', 'strict')).toBe(0);
  expect(workingDaysLeft('2026-12-03', '2026-12-01', 'strict')).toBe(-2);
});

it('reads soft holidays as the municipality does', () => {
  expect(workingDaysLeft('2026-12-23', '2026-12-28', 'strict')).toBe(2);
  expect(workingDaysLeft('2026-12-23', '2026-12-28', 'lenient')).toBe(1);
});
