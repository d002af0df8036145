import { AUDIT_POINTS } from '../../delivery/sample-audit/points';
import { danishDay } from '../../law';
import { csvOf } from './csv';
import { stratumInWords, type DrawnAudit } from './sample-audit-pages';
import { ANSWER_WORDS, PROGRAM_TAGS } from './sample-words';

/** The report as a table: a row for each point of each delivery. Deliveries by number, so that it can be passed on. */
export function sampleReportCsv({ audit, items, answers, staff }: DrawnAudit): string {
  const head = [
    'Sagsnummer',
    'Område og retsgrundlag',
    'Punkt',
    'Hvad',
    'Programmet',
    'Svar',
    'Bemærkning',
    'Besvaret af',
    'Besvaret',
    'Opfølgning',
    'Fulgt op',
  ];
  const rows = items.flatMap((item) =>
    AUDIT_POINTS.map(({ number, title }) => {
      const answer = answers.find((each) => each.itemId === item.id && each.point === number);
      return [
        item.number,
        stratumInWords(item.stratum),
        number,
        title,
        answer ? PROGRAM_TAGS[answer.programVerdict].word : '',
        answer ? ANSWER_WORDS[answer.verdict] : 'Ikke besvaret',
        answer?.note ?? '',
        answer ? (staff.get(answer.answeredBy) ?? 'En medarbejder') : '',
        answer ? danishDay(answer.answeredAt) : '',
        answer?.followUp ?? '',
        answer?.followedUpAt ? danishDay(answer.followedUpAt) : '',
      ];
    }),
  );
  const facts = [
    ['Periode', `${audit.periodFrom} – ${audit.periodTo}`],
    ['Trukket', danishDay(audit.drawnAt)],
    ['Frø', audit.seed],
    ['Trukket blandt', audit.population],
    ['Aftryk af det, der blev trukket blandt', audit.populationSha256],
    ['Afsluttet', audit.closedAt ? danishDay(audit.closedAt) : 'Nej'],
    ['Konklusion', audit.conclusion ?? ''],
  ];
  return csvOf([...facts, [], head, ...rows]);
}
