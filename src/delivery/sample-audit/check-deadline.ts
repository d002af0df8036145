import { danishDay, longDate } from '../../law';
import type { LateNotice } from '../late-notice/late-notice.entity';
import { WorkingDayCount } from '../statistics/working-day-count';
import type { AuditedDelivery } from './audited-delivery';
import type { Evidence } from './points';

type Timing = Pick<AuditedDelivery, 'request' | 'decision' | 'delivery' | 'lateNotices'>;

/**
 * Point 1 (OFL § 36, stk. 2): decided in time, or told in time that it would be late. Whether a notice is concrete
 * enough is a person's to judge; that there was none in time, or that none came out, is not.
 */
export function checkDeadline({ request, decision, delivery, lateNotices }: Timing): Evidence {
  const approved = danishDay(decision.signedAt as Date);
  const { deadlineOn } = request;
  const dates = [
    `Modtaget ${longDate(request.receivedOn)}, frist ${longDate(deadlineOn)}.`,
    `Godkendt ${longDate(approved)}${delivery.deliveredAt ? `, leveret ${longDate(danishDay(delivery.deliveredAt))}` : ', ikke leveret endnu'}.`,
  ];
  const notices = lateNotices.map(noticeInWords);
  if (approved <= deadlineOn) return { verdict: 'right', lines: [...dates, ...notices] };
  const days = new WorkingDayCount().between(deadlineOn, approved);
  const late = `Godkendt ${days} ${days === 1 ? 'arbejdsdag' : 'arbejdsdage'} efter fristen.`;
  const inTime = lateNotices.filter((notice) => hasLeft(notice) && danishDay(notice.writtenAt) <= deadlineOn);
  if (inTime.length === 0)
    return { verdict: 'wrong', lines: [...dates, late, ...notices, 'Borgeren fik intet fristbrev inden fristen.'] };
  const promised = lateNotices.filter(hasLeft).reduce((last, { expectedOn }) => max(last, expectedOn), '');
  const kept =
    approved <= promised
      ? 'Datoen i fristbrevet blev holdt.'
      : `Datoen i fristbrevet, ${longDate(promised)}, blev ikke holdt, og der kom ikke et nyt.`;
  const look = 'Se efter, om grunden er konkret, og om datoen var realistisk.';
  return { verdict: 'doubt', lines: [...dates, late, ...notices, kept, look] };
}

const NOT_OUT: readonly LateNotice['state'][] = ['queued', 'prepared', 'failed', 'not_registered'];

function hasLeft({ state }: LateNotice): boolean {
  return !NOT_OUT.includes(state);
}

function noticeInWords(notice: LateNotice): string {
  const fate = hasLeft(notice) ? '' : ', men det kom ikke af sted';
  return `Fristbrev skrevet ${longDate(danishDay(notice.writtenAt))} med svar senest ${longDate(notice.expectedOn)}${fate}.`;
}

const max = (one: string, other: string): string => (one > other ? one : other);
