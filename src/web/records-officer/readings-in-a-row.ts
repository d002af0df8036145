export interface ToldEvent {
  at: Date;
  action: string;
  text: string;
  who: string;
}

const READING = 'vault.read';

/**
 * Readings of contents by the same person, with nothing else between them, told as one: a review opens every page, and
 * what was decided would drown in it. Each reading by itself is in the log.
 */
export function readingsInARow(events: ToldEvent[], words: string): Omit<ToldEvent, 'action'>[] {
  const told: (ToldEvent & { times: number })[] = [];
  for (const event of events) {
    const last = told.at(-1);
    if (event.action === READING && last?.action === READING && last.who === event.who) last.times += 1;
    else told.push({ ...event, times: 1 });
  }
  return told.map(({ at, text, who, times }) => ({ at, who, text: times > 1 ? `${words}: ${times} gange` : text }));
}
