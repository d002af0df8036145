import { hideSmallCounts, SMALLEST_SHOWN, type ShownCounts } from './hidden-counts';
import type { AnswerFact, Statistics } from './statistics';

/** What the council is told: counts in which no small number can be found. Each shares no more with another than its total. */
export interface CouncilStatistics {
  period: Statistics['period'];
  received: ShownCounts;
  answered: ShownCounts;
  inTimeByArea: ShownCounts;
  byBasis: ShownCounts;
  outcomes: ShownCounts;
  grounds: ShownCounts;
  complaints: ShownCounts;
  /** Working days of the middle answer; null when there are few. */
  median: number | null;
}

export const IN_TIME = 'inTime';
export const LATE = 'late';

export function councilStatistics(statistics: Statistics): CouncilStatistics {
  const { period, months, answers, grounds, complaints, all } = statistics;
  return {
    period,
    received: one(months.map(({ month, received }) => [month, received])),
    answered: one(months.map(({ month, answered }) => [month, answered])),
    inTimeByArea: inTimeBy(answers, ({ area }) => area),
    byBasis: one(counted(answers, ({ basis }) => basis)),
    outcomes: one(counted(answers, ({ outcome }) => outcome)),
    grounds: one(grounds.filter(({ passages }) => passages > 0).map(({ groundId, passages }) => [groundId, passages])),
    complaints: one(complaints.map(({ about, received }) => [about, received])),
    median: all && all.answers >= SMALLEST_SHOWN ? all.median : null,
  };
}

function one(counts: [name: string, count: number][]): ShownCounts {
  return hideSmallCounts({
    rows: counts.map(([name]) => name),
    columns: ['count'],
    counts: counts.map(([, count]) => [count]),
  });
}

function inTimeBy(answers: AnswerFact[], nameOf: (answer: AnswerFact) => string): ShownCounts {
  const rows = [...new Set(answers.map(nameOf))].sort();
  const count = (row: string, isInTime: boolean): number =>
    answers.filter((answer) => nameOf(answer) === row && answer.isInTime === isInTime).length;
  return hideSmallCounts({
    rows,
    columns: [IN_TIME, LATE],
    counts: rows.map((row) => [count(row, true), count(row, false)]),
  });
}

function counted(answers: AnswerFact[], nameOf: (answer: AnswerFact) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(nameOf(answer), (counts.get(nameOf(answer)) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b));
}
