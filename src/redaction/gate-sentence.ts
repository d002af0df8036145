import type { LeakReport } from '../contracts';

/** Where the gate stopped a file, for staff: page, check and engine, never what was found. `where` names the file. */
export function gateSentence(report: LeakReport, where: string): string {
  const failed = new Set(report.checks.filter((check) => check.verdict === 'fail').map((check) => check.name));
  const finding = report.findings.find((each) => failed.has(each.check)) ?? report.findings[0];
  const place = finding?.page === undefined ? 'et sted uden for siderne' : `side ${finding.page + 1}`;
  return `Kontrollen fandt noget, der ikke må udleveres, i ${where}, ${place} (${finding?.check ?? 'ukendt kontrol'}, ${finding?.engine ?? 'ukendt motor'}). Åbn gennemgangen igen, og fjern det.`;
}
