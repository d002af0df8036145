/** Day and clock in Denmark as a form has them: `2026-11-22`, `09:30`. */
export function danishDayAndClock(at: Date): [string, string] {
  const words = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Copenhagen',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
  return words.split(' ') as [string, string];
}
