import type { EntityManager } from 'typeorm';
import { CONFIDENCE, upperBound } from '../../redaction/checks/sampling';
import { complaintsIn, type ComplaintsAbout } from './complaint-statistics';
import { WorkingDayCount } from './working-day-count';

/** Days as YYYY-MM-DD, both inclusive. */
export interface Period {
  from: string;
  to: string;
}

/** One answer as statistics see it. */
export interface AnswerFact {
  /** YYYY-MM. */
  month: string;
  /** Main group of KLE of its first case; empty when it has none. */
  area: string;
  basis: string;
  outcome: string;
  pages: number;
  workingDays: number;
  isInTime: boolean;
}

export interface Spread {
  name: string;
  answers: number;
  inTime: number;
  /** Working days; the middle answer, and the one that nine of ten are not slower than. */
  median: number;
  ninetieth: number;
}

export interface WithheldByGround {
  groundId: string;
  passages: number;
  documents: number;
}

export interface SecondReadings {
  answers: number;
  pages: number;
  faulty: number;
  /** Upper end of what may still be missed, as a share of pages; null when nobody has read a second time. */
  bound: number | null;
}

export interface Statistics {
  period: Period;
  months: { month: string; received: number; answered: number; inTime: number; pages: number }[];
  all: Spread | null;
  byBasis: Spread[];
  byArea: Spread[];
  outcomes: { outcome: string; answers: number }[];
  grounds: WithheldByGround[];
  secondReadings: SecondReadings;
  complaints: ComplaintsAbout[];
  answers: AnswerFact[];
}

/**
 * What happened in a period: requests and complaints by the day they came in, answers by the day they were approved.
 * @param today YYYY-MM-DD: a complaint whose deadline has gone by is late from then
 */
export async function statisticsOf(entities: EntityManager, period: Period, today = period.to): Promise<Statistics> {
  const between = [period.from, period.to];
  const received: { month: string; count: number }[] = await entities.query(RECEIVED, between);
  const rows: (Omit<AnswerFact, 'workingDays' | 'isInTime'> & { received: string; due: string; decided: string })[] =
    await entities.query(ANSWERS, between);
  const days = new WorkingDayCount();
  const answers = rows.map(({ received: from, due, decided, ...fact }): AnswerFact => ({
    ...fact,
    workingDays: days.between(from, decided),
    isInTime: decided <= due,
  }));
  const [reading]: { answers: number; pages: number; faulty: number }[] = await entities.query(READINGS, between);
  return {
    period,
    months: monthsOf(period).map((month) => {
      const own = answers.filter((each) => each.month === month);
      return {
        month,
        received: received.find((each) => each.month === month)?.count ?? 0,
        answered: own.length,
        inTime: own.filter(({ isInTime }) => isInTime).length,
        pages: own.reduce((sum, { pages }) => sum + pages, 0),
      };
    }),
    all: answers.length > 0 ? spreadOf('', answers) : null,
    byBasis: spreadsBy(answers, ({ basis }) => basis),
    byArea: spreadsBy(answers, ({ area }) => area),
    outcomes: [...grouped(answers, ({ outcome }) => outcome)].map(([outcome, own]) => ({
      outcome,
      answers: own.length,
    })),
    grounds: await entities.query(GROUNDS, between),
    secondReadings: {
      ...reading,
      bound: reading.pages > 0 ? upperBound(reading.pages, reading.faulty, CONFIDENCE) : null,
    },
    complaints: await complaintsIn(entities, period, today),
    answers,
  };
}

function spreadsBy(answers: AnswerFact[], nameOf: (answer: AnswerFact) => string): Spread[] {
  return [...grouped(answers, nameOf)]
    .map(([name, own]) => spreadOf(name, own))
    .sort((a, b) => b.answers - a.answers || a.name.localeCompare(b.name));
}

function spreadOf(name: string, answers: AnswerFact[]): Spread {
  const days = answers.map(({ workingDays }) => workingDays).sort((a, b) => a - b);
  const middle = days.length >> 1;
  return {
    name,
    answers: answers.length,
    inTime: answers.filter(({ isInTime }) => isInTime).length,
    median: days.length % 2 === 1 ? days[middle] : (days[middle - 1] + days[middle]) / 2,
    ninetieth: days[Math.ceil(days.length * 0.9) - 1],
  };
}

function grouped<Item>(items: Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Every month of the period, also one in which nothing happened. */
function monthsOf({ from, to }: Period): string[] {
  const months: string[] = [];
  for (let [year, month] = from.split('-').map(Number); ;) {
    const name = `${year}-${String(month).padStart(2, '0')}`;
    if (name > to.slice(0, 7)) return months;
    months.push(name);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
}

const DAY_OF = `(v.registered_at at time zone 'Europe/Copenhagen')::date`;
const IN_PERIOD = `v.state <> 'undone' and v.registered_at >= ($1::date)::timestamp at time zone 'Europe/Copenhagen'
  and v.registered_at < ($2::date + 1)::timestamp at time zone 'Europe/Copenhagen'`;

const RECEIVED = `select to_char(received_on, 'YYYY-MM') as month, count(*)::int as count from request
  where received_on between $1::date and $2::date group by 1`;

const ANSWERS = `select to_char(${DAY_OF}, 'YYYY-MM') as month, ${DAY_OF}::text as decided, r.received_on::text as received,
    r.deadline_on::text as due, coalesce(v.areas[1], '') as area,
    coalesce((select min(c.basis) from records_case c where c.request_id = r.id and c.existence <> 'protected'), r.basis) as basis,
    coalesce(d.outcome, '') as outcome, coalesce((d.facts->>'pages')::int, 0) as pages
  from delivery v join request r on r.id = v.request_id join decision d on d.id = v.decision_id where ${IN_PERIOD}`;

const GROUNDS = `with answered as (select distinct v.request_id from delivery v where ${IN_PERIOD})
  select "groundId", sum(passages)::int as passages, sum(documents)::int as documents from (
    select r.ground_id as "groundId", 1 as passages, 0 as documents from answered a join redaction r on r.request_id = a.request_id
      join file f on f.id = r.file_id join document d on d.id = f.document_id join records_case c on c.id = d.records_case_id
    where r.decision = 'remove' and d.outcome not in ('withheld', 'outside', 'duplicate') and c.existence <> 'protected'
    union all
    select d.withheld_ground, 0, 1 from answered a join document d on d.request_id = a.request_id
      join records_case c on c.id = d.records_case_id where d.outcome = 'withheld' and c.existence <> 'protected') used
  group by 1 order by sum(passages + documents) desc, 1`;

/** The second reading of the round that was approved. */
const READINGS = `select count(distinct p.id)::int as answers, count(*)::int as pages, count(*) filter (where s.missed > 0)::int as faulty
  from delivery v join decision d on d.id = v.decision_id join sample_plan p on p.request_id = d.request_id and p.round = d.round
    join sample_page s on s.plan_id = p.id where s.missed is not null and ${IN_PERIOD}`;
