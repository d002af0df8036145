import { danishDay, longDate } from '../../law';
import { LIFECYCLE, type RequestState } from '../../requests/lifecycle';
import type { AccessRequest, RequestScope } from '../../requests/request.entity';
import { requestStatus, type StatusTag } from '../views/status-tag';

const STATUS: Record<RequestState, StatusTag> = {
  received: requestStatus('received'),
  gathering: requestStatus('gathering'),
  converting: requestStatus('gathering'),
  proposing: requestStatus('gathering'),
  review: requestStatus('in_review'),
  applying: requestStatus('deciding'),
  assembling: requestStatus('deciding'),
  // A stop of the gate is the municipality's to mend; for the citizen the answer is still being made.
  stopped: requestStatus('deciding'),
  ready: requestStatus('awaiting_approval'),
  signed: requestStatus('sending'),
  submitted: requestStatus('sending'),
  delivered: requestStatus('delivered'),
  undeliverable: { word: 'Kunne ikke leveres digitalt', tone: 'attention' },
  withdrawn: requestStatus('withdrawn'),
};

export function statusOf(request: AccessRequest): StatusTag {
  return isOnPaper(request) ? { word: 'Sendes på papir', tone: 'active' } : STATUS[request.state];
}

/** The whole state in one sentence. */
export function sentenceOf(request: AccessRequest): string {
  return isOnPaper(request) ? ON_PAPER : LIFECYCLE[request.state].citizen;
}

export const ON_PAPER = 'Svaret er godkendt. Du får det på papir med posten, og du kan hente det her nu.';

/** For one who asked for paper, Digital Post failed in nothing. */
export function isOnPaper({ state, scope }: AccessRequest): boolean {
  return state === 'undeliverable' && scope.delivery === 'letter';
}

const DECIDED: readonly RequestState[] = ['signed', 'submitted', 'delivered', 'undeliverable'];
const SENT: readonly RequestState[] = ['submitted', 'delivered', 'undeliverable'];

export function isDecided({ state }: AccessRequest): boolean {
  return DECIDED.includes(state);
}

/** From here the citizen can fetch the answer on the page: it was approved and has left, or could not leave digitally. */
export function hasAnswer({ state }: AccessRequest): boolean {
  return SENT.includes(state);
}

/** The legal date, while the answer is owed. */
export function owedBy(request: AccessRequest): string | undefined {
  return isDecided(request) || request.state === 'withdrawn' ? undefined : request.deadlineOn;
}

export function scopeInWords(scope: RequestScope, municipality: string): string {
  const { kind, from, to } = scope;
  if (kind === 'cases') return `Du vil se dokumenterne i de sager hos ${municipality}, som du har valgt.`;
  if (kind === 'topic')
    return `Du vil se de dokumenter hos ${municipality}, der handler om det emne, du har beskrevet.`;
  if (kind === 'whole-file') return `Du vil se alle dokumenter, som ${municipality} har om dig.`;
  return `Du vil se alle dokumenter, som ${municipality} har om dig, fra ${from ? longDate(from) : 'begyndelsen'} til ${to ? longDate(to) : 'i dag'}.`;
}

export function deliveryInWords({ delivery }: RequestScope): string {
  return delivery === 'letter'
    ? 'På papir med posten. Du kan også hente svaret her på siden.'
    : 'I Digital Post. Du kan også hente svaret her på siden.';
}

export function today(now: Date): string {
  return danishDay(now);
}
