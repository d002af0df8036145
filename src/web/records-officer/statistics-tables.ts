import type { CouncilStatistics } from '../../delivery/statistics/council-statistics';
import { SMALLEST_SHOWN, type ShownCounts } from '../../delivery/statistics/hidden-counts';
import type { Spread, Statistics } from '../../delivery/statistics/statistics';
import type { StatisticsTable } from '../views/statistik';
import {
  areaInWords,
  basisInWords,
  groundInWords,
  monthInWords,
  outcomeInWords,
  percent,
  subjectInWords,
} from './statistics-words';

/** What stands for a hidden count. */
export const HIDDEN = 'skjult';
export const HIDDEN_NOTE = `»${HIDDEN}«: tallet eller et andet i tabellen er under ${SMALLEST_SHOWN} og kunne pege på enkeltpersoner.`;

const SPREAD_COLUMNS = [
  'Svar',
  'Inden fristen',
  'Andel inden fristen',
  'Arbejdsdage, midterste svar',
  'Arbejdsdage, 9 af 10 svar',
];

/** The tables behind the plots, in the order of the page. */
export function statisticsTables(
  statistics: Statistics,
): Record<'volume' | 'inTime' | 'basis' | 'area' | 'outcome' | 'grounds' | 'complaints' | 'risk', StatisticsTable> {
  const { months, byBasis, byArea, outcomes, grounds, secondReadings, complaints } = statistics;
  return {
    volume: {
      id: 'omfang',
      title: 'Anmodninger og svar',
      columns: ['Måned', 'Anmodninger modtaget', 'Svar godkendt', 'Sider i svarene'],
      rows: months.map(({ month, received, answered, pages }) => [monthInWords(month), received, answered, pages]),
    },
    inTime: {
      id: 'frist',
      title: 'Svar inden fristen',
      columns: ['Måned', 'Svar', 'Inden fristen', 'Andel'],
      rows: months.map(({ month, answered, inTime }) => [
        monthInWords(month),
        answered,
        inTime,
        answered > 0 ? percent(inTime / answered) : null,
      ]),
    },
    basis: spreadTable('retsgrundlag', 'Tid til afgørelse efter retsgrundlag', 'Retsgrundlag', byBasis, basisInWords),
    area: spreadTable('omraade', 'Tid til afgørelse efter område', 'Område', byArea, areaInWords),
    outcome: {
      id: 'udfald',
      title: 'Udfald',
      columns: ['Udfald', 'Svar'],
      rows: outcomes.map(({ outcome, answers }) => [outcomeInWords(outcome), answers]),
    },
    grounds: {
      id: 'hjemmel',
      title: 'Tilbageholdt efter hjemmel',
      columns: ['Hjemmel', 'Steder i dokumenter', 'Hele dokumenter'],
      rows: grounds.map(({ groundId, passages, documents }) => [groundInWords(groundId), passages, documents]),
    },
    complaints: {
      id: 'klager',
      title: 'Klager og udfald',
      columns: [
        ...['Handler om', 'Modtaget', 'Ikke afgjort', 'Stadfæstet', 'Ændret', 'Hjemvist', 'Afvist', 'Trukket tilbage'],
        ...['Behandlet af kommunen', 'Heraf inden fristen'],
      ],
      rows: complaints.map((each) => [
        ...[subjectInWords(each.about), each.received, each.open, each.upheld, each.changed, each.remitted],
        ...[each.rejected, each.withdrawn, each.dealtWith, each.inTime],
      ]),
    },
    risk: {
      id: 'risiko',
      title: 'Anden gennemlæsning',
      columns: ['Svar læst igen', 'Sider læst igen', 'Sider med noget overset', 'Højst overset (95 % sikkerhed)'],
      rows: [[secondReadings.answers, secondReadings.pages, secondReadings.faulty, boundInWords(secondReadings.bound)]],
    },
  };
}

export function boundInWords(bound: number | null): string | null {
  return bound === null ? null : `${(bound * 100).toFixed(1).replace('.', ',')} % af siderne`;
}

function spreadTable(
  id: string,
  title: string,
  name: string,
  spreads: Spread[],
  words: (name: string) => string,
): StatisticsTable {
  return {
    id,
    title,
    columns: [name, ...SPREAD_COLUMNS],
    rows: spreads.map((each) => [
      words(each.name),
      each.answers,
      each.inTime,
      percent(each.inTime / each.answers),
      each.median,
      each.ninetieth,
    ]),
  };
}

/** The tables for the council: nothing in them is more than what `hideSmallCounts` lets through. */
export function councilTables(council: CouncilStatistics): StatisticsTable[] {
  return [
    countTable('modtaget', 'Anmodninger modtaget', 'Måned', council.received, monthInWords),
    countTable('besvaret', 'Svar godkendt', 'Måned', council.answered, monthInWords),
    inTimeTable(council.inTimeByArea),
    countTable('grundlag', 'Svar efter retsgrundlag', 'Retsgrundlag', council.byBasis, basisInWords),
    countTable('udfald', 'Svar efter udfald', 'Udfald', council.outcomes, outcomeInWords),
    countTable('klageemner', 'Klager modtaget', 'Handler om', council.complaints, subjectInWords),
    countTable('hjemler', 'Steder fjernet efter hjemmel', 'Hjemmel', council.grounds, groundInWords),
    {
      id: 'tid',
      title: 'Tid til afgørelse',
      columns: ['Hvad', 'Arbejdsdage'],
      rows: [['Det midterste svar', council.median ?? HIDDEN]],
    },
  ];
}

const shown = (value: number | null): string | number => value ?? HIDDEN;

function countTable(
  id: string,
  title: string,
  name: string,
  counts: ShownCounts,
  words: (name: string) => string,
): StatisticsTable {
  return {
    id,
    title,
    columns: [name, 'Antal'],
    rows: [
      ...counts.rows.map((row, index) => [words(row), shown(counts.counts[index][0])]),
      ['I alt', shown(counts.total)],
    ],
    note: HIDDEN_NOTE,
  };
}

function inTimeTable(counts: ShownCounts): StatisticsTable {
  const line = (name: string, values: (number | null)[], total: number | null): (string | number)[] => [
    name,
    shown(values[0]),
    shown(values[1]),
    shown(total),
    // A share beside a total is a count in disguise: it stands only where both counts do.
    values[0] !== null && values[1] !== null ? percent(values[0] / (values[0] + values[1])) : HIDDEN,
  ];
  return {
    id: 'frister',
    title: 'Svar inden fristen efter område',
    columns: ['Område', 'Inden fristen', 'Efter fristen', 'I alt', 'Andel inden fristen'],
    rows: [
      ...counts.rows.map((row, index) =>
        line(areaInWords(row), counts.counts[index], counts.rowTotals?.[index] ?? null),
      ),
      line('I alt', counts.columnTotals, counts.total),
    ],
    note: HIDDEN_NOTE,
  };
}
