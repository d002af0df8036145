import type { LeakReport } from '../../contracts';
import type { VerificationView } from '../views/godkend';

export interface NamedReport {
  name: string;
  report: LeakReport;
}

/** What the gate said of each file, for the one who signs. Places, never what stood there. */
export function verificationView(reports: NamedReport[], checkedAt: Date): VerificationView | undefined {
  if (reports.length === 0) return undefined;
  return {
    verdict: reports.every(({ report }) => report.verdict === 'pass') ? 'pass' : 'fail',
    checkedAt,
    checks: reports.flatMap(({ name, report }) =>
      report.checks.map((check) => ({
        name: `${name}: ${check.name}`,
        engine: `${check.engine} ${check.version}`,
        verdict: check.verdict,
        reason: check.reason,
      })),
    ),
    // A file that passed may name places that a decision allows; they are no findings for the one who signs.
    findings: reports
      .filter(({ report }) => report.verdict === 'fail')
      .flatMap(({ name, report }) =>
        report.findings.map(({ page, check, engine }) => ({
          place: page === undefined ? name : `${name}, side ${page + 1}`,
          text: `${check} (${engine})`,
        })),
      ),
  };
}
