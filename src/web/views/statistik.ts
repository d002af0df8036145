import type { BarChart } from '../records-officer/charts';

/** A table that stands behind a plot and in the files to take along. An empty cell is null. */
export interface StatisticsTable {
  id: string;
  title: string;
  columns: string[];
  rows: (string | number | null)[][];
  /** What a reader must know to understand it. */
  note?: string;
}

/** `/arkiv/statistik?fra=&til=`. */
export interface StatisticsPage {
  filter: { fra: string; til: string };
  figures: { label: string; value: string; detail?: string }[];
  sections: { heading: string; text: string; chart?: BarChart; table: StatisticsTable }[];
  /** Of a period that cannot be. */
  message?: string;
  query: string;
}

/** `/arkiv/statistik/byraad?fra=&til=`: counts in which no small number can be found. */
export interface CouncilPage {
  filter: { fra: string; til: string };
  tables: StatisticsTable[];
  query: string;
}
