import { LIFECYCLE, type RequestState } from '../../requests/lifecycle';
import type { AccessRequest } from '../../requests/request.entity';
import type { RequestEvent } from '../../requests/request-event.entity';
import type { TimelineStep } from '../views/anmodning';
import { isOnPaper, ON_PAPER } from './request-words';

interface Phase {
  states: RequestState[];
  now: string;
  coming: string;
}

/** The way of a request in the citizen's words; a state belongs to one phase. */
const PHASES: Phase[] = [
  {
    states: ['received', 'gathering', 'converting', 'proposing'],
    now: 'Vi samler dine dokumenter',
    coming: 'Vi samler dine dokumenter',
  },
  {
    states: ['review'],
    now: 'En sagsbehandler gennemgår dokumenterne',
    coming: 'En sagsbehandler gennemgår dokumenterne',
  },
  { states: ['applying', 'assembling', 'stopped'], now: 'Svaret gøres klar', coming: 'Svaret gøres klar' },
  { states: ['ready'], now: 'Svaret skal godkendes', coming: 'Svaret godkendes' },
  { states: ['signed', 'submitted'], now: 'Svaret er på vej', coming: 'Du får svaret' },
];

/** What happened, what happens now, and what comes. */
export function timelineOf(request: AccessRequest, events: RequestEvent[]): TimelineStep[] {
  const { state } = request;
  const steps = events.map(({ kind, words, at }): TimelineStep =>
    kind === 'undeliverable' && isOnPaper(request)
      ? { title: ON_PAPER, at, state: 'done' }
      : { title: words, at, state: kind === 'undeliverable' ? 'problem' : 'done' },
  );
  const at = PHASES.findIndex((phase) => phase.states.includes(state));
  if (at < 0) return steps;
  const title = PHASES[at].now;
  const sentence = LIFECYCLE[state].citizen;
  return [
    ...steps,
    // The same words are not said twice.
    { title, state: 'now', text: sentence === `${title}.` ? undefined : sentence },
    ...PHASES.slice(at + 1).map(({ coming }): TimelineStep => ({ title: coming, state: 'coming' })),
  ];
}
