import type { Complaint } from '../../delivery/complaints/complaint.entity';
import { danishDay, longDate, remittedDueOn } from '../../law';
import type { ComplaintPage } from '../views/klager';
import { OUTCOMES } from './complaint-words';

type Step = ComplaintPage['steps'][number];

/** The way of a complaint: what happened, what is now, what comes. */
export function stepsOf(complaint: Complaint, today: string, note: string | null): Step[] {
  const { receivedOn, sendTo, state } = complaint;
  const steps: Step[] = [{ title: 'Klagen kom', state: 'done', at: receivedOn }];
  if (sendTo === 'municipality') steps.push(reassessed(complaint, today));
  if (state !== 'closed' || complaint.forwardedOn !== null) steps.push(forwarded(complaint, today));
  steps.push(ended(complaint, note));
  return steps;
}

function reassessed({ reassessedAt, dueOn, state }: Complaint, today: string): Step {
  if (reassessedAt !== null) return { title: 'Kommunen så på svaret igen', state: 'done', at: danishDay(reassessedAt) };
  const title = 'Kommunen ser på svaret igen';
  return state === 'closed' ? { title, state: 'problem', text: 'Blev ikke gjort.' } : now(title, dueOn, today);
}

function forwarded(complaint: Complaint, today: string): Step {
  const { forwardedOn, body, dueOn, state, sendTo } = complaint;
  const receiver = body ?? 'klageinstansen';
  if (forwardedOn !== null) {
    const isLate = forwardedOn > dueOn;
    const text = isLate ? `Fristen var ${longDate(dueOn)}.` : undefined;
    return { title: `Sendt til ${receiver}`, state: isLate ? 'problem' : 'done', at: forwardedOn, text };
  }
  const title = `Klagen sendes til ${receiver}`;
  const isNow = state === 'upheld' || (state === 'received' && sendTo === 'direct');
  return isNow ? now(title, dueOn, today) : { title, state: 'coming' };
}

function ended({ outcome, outcomeBy, outcomeOn, state, body, bodyDueOn }: Complaint, note: string | null): Step {
  if (outcome !== null) {
    const who = outcomeBy === 'municipality' ? 'af kommunen selv' : outcomeBy === 'body' ? `af ${body}` : 'af borgeren';
    const again =
      outcome === 'remitted' ? ` Nyt svar senest ${longDate(remittedDueOn(outcomeOn as string).strict)}.` : '';
    const title = `${OUTCOMES[outcome]} ${who}`;
    return { title, state: 'done', at: outcomeOn as string, text: `${note ?? ''}${again}`.trim() || undefined };
  }
  const text = bodyDueOn === null ? undefined : `Instansen har som udgangspunkt til ${longDate(bodyDueOn)}.`;
  return { title: 'Klagen afgøres', state: state === 'forwarded' ? 'now' : 'coming', text };
}

function now(title: string, dueOn: string, today: string): Step {
  const isLate = dueOn < today;
  return { title, state: isLate ? 'problem' : 'now', text: `${isLate ? 'Fristen var' : 'Senest'} ${longDate(dueOn)}.` };
}
