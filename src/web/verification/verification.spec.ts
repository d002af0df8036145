import { CHECKS } from '../../pdf/gate/checks';
import type { LeakReport } from '../../contracts';
import { checkInWords } from './check-words';
import { verificationView } from './verification';

const report = (over: Partial<LeakReport> = {}): LeakReport => ({
  verdict: 'pass',
  pages: 3,
  sha256: '0'.repeat(64),
  checks: [{ name: 'page-text', engine: 'pdf.js', version: '5', verdict: 'pass' }],
  findings: [],
  ...over,
});
const decision = { id: 'd1', person: 'T1', decidedBy: 'm', decidedAt: '2026-11-20T10:00:00Z' };
const hit = { check: 'page-text', page: 2, term: 0, verdict: 'kept' as const, decision };
const ABOUT = '. Det handler om: nabo';
const view = (one: LeakReport) =>
  verificationView([{ name: 'aktindsigt.pdf', report: one }], new Date(0), {
    staff: new Map([['m', 'Mette Holm']]),
    roles: new Map([['T1', 'nabo']]),
  });

describe('the verification report on the pages', () => {
  it('says who decided that a place stays, one line for places that were judged alike', () => {
    expect(view(report({ judged: [hit, hit] }))?.judged).toEqual([
      {
        place: 'aktindsigt.pdf, side 3',
        verdict: 'kept',
        text: `2 steder er beholdt efter afgørelse af Mette Holm${ABOUT}`,
      },
    ]);
  });

  it('tells judgements about different persons apart, and says nothing of one that it does not know', () => {
    const other = { ...hit, decision: { ...decision, person: 'T9' } };
    expect(view(report({ judged: [hit, other] }))?.judged.map(({ text }) => text)).toEqual([
      `Ét sted er beholdt efter afgørelse af Mette Holm${ABOUT}`,
      'Ét sted er beholdt efter afgørelse af Mette Holm',
    ]);
  });

  it('names a leak by its place', () => {
    const leak = { ...hit, verdict: 'leak' as const, decision: undefined };
    const found = { check: 'page-text', engine: 'pdf.js', page: 2, message: 'x', term: 0 };
    const shown = view(report({ verdict: 'fail', judged: [leak], findings: [found] }));
    expect(shown?.findings).toEqual([{ place: 'aktindsigt.pdf, side 3', text: 'Sidernes tekst (pdf.js)' }]);
    expect(shown?.judged[0]?.text).toBe('Ét sted viser noget, der skal være fjernet');
  });

  it('has Danish words for every check', () => {
    for (const name of [...CHECKS, 'original', 'file-name', 'text']) expect(checkInWords(name)).not.toBe(name);
  });

  it('shows nothing before anything was checked', () => {
    expect(verificationView([], new Date(0), { staff: new Map(), roles: new Map() })).toBeUndefined();
  });
});
