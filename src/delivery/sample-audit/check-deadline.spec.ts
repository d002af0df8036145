import type { LateNotice } from '../late-notice/late-notice.entity';
import type { AuditedDelivery } from './audited-delivery';
import { checkDeadline } from './check-deadline';

const at = (day: string): Date => new Date(`${day}T10:00:00+01:00`);

function answeredOn(day: string, ...lateNotices: Partial<LateNotice>[]) {
  return checkDeadline({
    request: { receivedOn: '2026-11-02', deadlineOn: '2026-11-11' },
    decision: { signedAt: at(day) },
    delivery: { deliveredAt: null },
    lateNotices: lateNotices.map((notice) => ({ state: 'delivered', ...notice })),
  } as AuditedDelivery);
}

const notice = { writtenAt: at('2026-11-10'), expectedOn: '2026-11-20' };

it('is right when the answer was approved on the last day', () => {
  expect(answeredOn('2026-11-11').verdict).toBe('right');
});

it('is wrong when the answer was late and nobody said so', () => {
  const { verdict, lines } = answeredOn('2026-11-13');
  expect(verdict).toBe('wrong');
  expect(lines).toContain('Godkendt 2 arbejdsdage efter fristen.');
  expect(lines.at(-1)).toBe('Borgeren fik intet fristbrev inden fristen.');
});

it('is wrong when the notice was written after the deadline', () => {
  expect(answeredOn('2026-11-20', { ...notice, writtenAt: at('2026-11-12') }).verdict).toBe('wrong');
});

it.each(['queued', 'failed', 'not_registered'] as const)('is wrong when the notice never left (%s)', (state) => {
  const { verdict, lines } = answeredOn('2026-11-20', { ...notice, state });
  expect(verdict).toBe('wrong');
  expect(lines.join(' ')).toContain('men det kom ikke af sted');
});

it('leaves to a person whether a notice in time was concrete, and says that its date was kept', () => {
  const { verdict, lines } = answeredOn('2026-11-20', notice);
  expect(verdict).toBe('doubt');
  expect(lines).toContain('Datoen i fristbrevet blev holdt.');
});

it('says that a promised date went by, until a later notice named a new one', () => {
  expect(answeredOn('2026-11-24', notice).lines.join(' ')).toContain('20. november 2026, blev ikke holdt');
  const second = { writtenAt: at('2026-11-19'), expectedOn: '2026-11-27' };
  expect(answeredOn('2026-11-24', notice, second).lines).toContain('Datoen i fristbrevet blev holdt.');
});

it('counts a notice that an employee sent on paper', () => {
  expect(answeredOn('2026-11-20', { ...notice, state: 'handed_over' }).verdict).toBe('doubt');
});
