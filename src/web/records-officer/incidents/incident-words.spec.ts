import { hoursLeft } from './incident-words';

const now = new Date('2026-11-22T12:00:00Z');
const inMinutes = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

it.each([
  [72 * 60, '72 timer tilbage'],
  [119, '1 time tilbage'],
  [59, 'Under 1 time tilbage'],
  [0, 'Fristen er overskredet'],
  [-5, 'Fristen er overskredet'],
])('with %i minutes to go says "%s"', (minutes, words) => expect(hoursLeft(inMinutes(minutes), now)).toBe(words));
