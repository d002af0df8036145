import type { NamedReading } from './name-mentions';
import type { NameRun } from './name-runs';
import type { People } from './people';
import type { Person } from './person';

/** `[08:13] `, `12/3 kl. 9.40 – `: what stands before a sender's name in a thread of messages. */
const TIME_BEFORE =
  /^[ \t>]*[[(]?(?:\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?,? )?(?:kl\.? )?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?[\])]?[ \t–-]*$/;

/** True when the name is a sender's label: a time before it on its line, a colon after it. */
export function isSender({ reading }: Pick<NamedReading, 'reading'>, start: number, end: number): boolean {
  if (reading.text[end] !== ':') return false;
  const lineStart = reading.text.lastIndexOf('\n', start - 1) + 1;
  return start - lineStart < 40 && TIME_BEFORE.test(reading.text.slice(lineStart, start));
}

/**
 * In a thread that an employee of the register writes in, and the requester does not, the other senders are colleagues:
 * nobody outside the municipality is let into it.
 */
export function takeColleagues(people: People, text: NamedReading): void {
  const senders = new Set<Person>();
  for (const run of text.runs) {
    const person = isSenderRun(text, run) ? people.match(run.words, null, text.document) : null;
    if (person) senders.add(person);
  }
  const isOfStaff = [...senders].some(({ access, fromRegister }) => fromRegister && access === 'employee');
  const isOpen = [...senders].some(({ access, fromRegister }) => fromRegister && access !== 'employee');
  if (!isOfStaff || isOpen) return;
  for (const person of senders) {
    if (person.access !== 'unknown') continue;
    person.access = 'employee';
    person.role = 'skriver i medarbejdernes tråd';
    person.evidence = 'Skriver sammen med en medarbejder fra registret, og borgeren er ikke med i tråden.';
  }
}

function isSenderRun(text: NamedReading, run: NameRun): boolean {
  return isSender(text, run.start, run.end);
}
