import type { JudgedHit, LeakReport } from '../../contracts';
import type { Moment } from '../pages/dates';
import { checkInWords } from './check-words';

export interface NamedReport {
  name: string;
  report: LeakReport;
}

/** What the gate said of a package, on the pages of the one who signs and of the records officer. */
export interface VerificationView {
  verdict: 'pass' | 'fail';
  checkedAt: Moment;
  checks: { name: string; engine: string; verdict: 'pass' | 'fail' | 'skipped'; reason?: string }[];
  /** Place and engine, never the secret. */
  findings: { place: string; text: string }[];
  /** Places where something that is removed elsewhere is seen, and why it may be. */
  judged: { place: string; text: string; verdict: 'leak' | 'kept' }[];
}

/** Whom the judgements speak of. */
export interface NamedPeople {
  /** Employees' names by id. */
  staff: ReadonlyMap<string, string>;
  /** Persons of the request by key, in words for their role: a report never says what stands in a place. */
  roles: ReadonlyMap<string, string>;
}

/** What the gate said of each file. Places, never what stood there. */
export function verificationView(
  reports: NamedReport[],
  checkedAt: Date,
  people: NamedPeople,
): VerificationView | undefined {
  if (reports.length === 0) return undefined;
  return {
    verdict: reports.every(({ report }) => report.verdict === 'pass') ? 'pass' : 'fail',
    checkedAt,
    checks: reports.flatMap(({ name, report }) =>
      report.checks.map((check) => ({
        name: `${name}: ${checkInWords(check.name)}`,
        engine: `${check.engine} ${check.version}`,
        verdict: check.verdict,
        reason: check.verdict === 'skipped' ? 'Der var intet at prøve.' : undefined,
      })),
    ),
    // A file that passed may name places that a decision allows; they are no findings for the one who signs.
    findings: reports
      .filter(({ report }) => report.verdict === 'fail')
      .flatMap(({ name, report }) =>
        report.findings.map(({ page, check, engine }) => ({
          place: placeOf(name, page),
          text: `${checkInWords(check)} (${engine})`,
        })),
      ),
    judged: reports.flatMap(({ name, report }) => judgedPlaces(name, report.judged ?? [], people)),
  };
}

/** Hits that were judged alike on one page are one line. */
function judgedPlaces(name: string, hits: readonly JudgedHit[], people: NamedPeople): VerificationView['judged'] {
  const groups = new Map<string, JudgedHit[]>();
  for (const hit of hits) {
    const key = `${hit.page}:${hit.verdict}:${hit.decision?.decidedBy ?? ''}:${hit.decision?.person ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), hit]);
  }
  return [...groups.values()].map((group) => {
    const [{ page, verdict, decision }] = group as [JudgedHit, ...JudgedHit[]];
    return { place: placeOf(name, page), verdict, text: judgement(group.length, verdict, decision, people) };
  });
}

function judgement(
  count: number,
  verdict: JudgedHit['verdict'],
  decision: JudgedHit['decision'],
  { staff, roles }: NamedPeople,
): string {
  const places = count === 1 ? 'Ét sted' : `${count} steder`;
  if (verdict === 'leak') return `${places} viser noget, der skal være fjernet`;
  const by = decision ? (staff.get(decision.decidedBy) ?? 'en medarbejder') : 'ingen bestemt';
  const role = decision?.person === undefined ? undefined : roles.get(decision.person);
  return `${places} er beholdt efter afgørelse af ${by}${role ? `. Det handler om: ${role}` : ''}`;
}

function placeOf(name: string, page: number | undefined): string {
  return page === undefined ? name : `${name}, side ${page + 1}`;
}
