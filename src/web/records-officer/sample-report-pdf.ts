import { join } from 'node:path';
import { AUDIT_POINTS } from '../../delivery/sample-audit/points';
import { findingsOf, type SampleAnswer } from '../../delivery/sample-audit/sample-audit';
import { danishDay } from '../../law';
import { typeset } from '../../pdf';
import { periodInWords, pointsInNumbers, stratumInWords, type DrawnAudit } from './sample-audit-pages';

const TEMPLATE = join(__dirname, '../../../templates/letters/stikproeve.typ');

/** The report to take along, as tagged PDF. Deliveries by number, so that it can be passed on. */
export async function sampleReportPdf(drawn: DrawnAudit): Promise<Uint8Array> {
  const { municipality, audit, items, answers, staff, isRepeatable } = drawn;
  const named = (id: string | null): string => staff.get(id ?? '') ?? 'En medarbejder';
  const of = (itemId: string): SampleAnswer[] => answers.filter((answer) => answer.itemId === itemId);
  const data = {
    municipality,
    period: periodInWords(audit),
    drawn: { on: danishDay(audit.drawnAt), by: named(audit.drawnBy), of: audit.population, isRepeatable },
    seed: audit.seed,
    population: audit.populationSha256,
    closed: audit.closedAt && {
      on: danishDay(audit.closedAt),
      by: named(audit.closedBy),
      words: audit.conclusion ?? '',
    },
    open: items.length * AUDIT_POINTS.length - answers.length,
    points: pointsInNumbers(items, answers),
    items: items.map((item) => ({
      number: item.number,
      stratum: stratumInWords(item.stratum),
      answered: of(item.id).length,
      wrong: findingsOf(of(item.id)).length,
    })),
    findings: items.flatMap((item) =>
      findingsOf(of(item.id)).map((answer) => ({
        number: item.number,
        title: AUDIT_POINTS.find(({ number }) => number === answer.point)?.title ?? '',
        note: answer.note ?? '',
        by: named(answer.answeredBy),
        followUp: answer.followUp && { words: answer.followUp, by: named(answer.followedUpBy) },
      })),
    ),
  };
  return (await typeset(TEMPLATE, data, { standard: 'ua-1', createdAt: audit.closedAt ?? audit.drawnAt })).pdf;
}
