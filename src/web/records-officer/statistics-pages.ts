import { Injectable } from '@nestjs/common';
import { councilStatistics } from '../../delivery/statistics/council-statistics';
import { statisticsOf, type Period, type Spread, type Statistics } from '../../delivery/statistics/statistics';
import type { StaffUser } from '../../identity/sessions';
import { danishDay } from '../../law';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { count, decimal } from '../pages/amounts';
import type { CouncilPage, StatisticsPage, StatisticsTable } from '../views/statistik';
import { columns, rows } from './charts';
import { boundInWords, councilTables, statisticsTables } from './statistics-tables';
import {
  areaInWords,
  basisInWords,
  complaintsInWords,
  groundInWords,
  monthInWords,
  outcomeInWords,
  percent,
  subjectInWords,
} from './statistics-words';

/** A plot of more months than these tells nobody anything. */
const MOST_YEARS = 10;

type Section = StatisticsPage['sections'][number];

/** `/arkiv/statistik`: how are we doing? */
@Injectable()
export class StatisticsPages {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async page(user: StaffUser, fra: string, til: string): Promise<StatisticsPage> {
    const period = this.period(fra, til);
    const statistics = await this.read(user, period);
    return {
      filter: { fra: period.from, til: period.to },
      figures: figuresOf(statistics),
      sections: sectionsOf(statistics),
      message:
        fra && til && fra > til ? 'Den første dag ligger efter den sidste. Her er de seneste tolv måneder.' : undefined,
      query: queryOf(period),
    };
  }

  async council(user: StaffUser, fra: string, til: string): Promise<CouncilPage> {
    const period = this.period(fra, til);
    const tables = councilTables(councilStatistics(await this.read(user, period)));
    return { filter: { fra: period.from, til: period.to }, tables, query: queryOf(period) };
  }

  /** What the files to take along hold: the same tables as the page. */
  async tables(user: StaffUser, fra: string, til: string): Promise<StatisticsTable[]> {
    return Object.values(statisticsTables(await this.read(user, this.period(fra, til))));
  }

  /** The twelve months up to today when no period is given, or none that can be. */
  private period(fra: string, til: string): Period {
    const today = danishDay(this.clock.now());
    const [year, month] = today.split('-').map(Number);
    const yearAgo = new Date(Date.UTC(year - 1, month, 1)).toISOString().slice(0, 10);
    const [from, to] = [fra || yearAgo, til || today];
    const isTooLong = Number(to.slice(0, 4)) - Number(from.slice(0, 4)) > MOST_YEARS;
    return from <= to && !isTooLong ? { from, to } : { from: yearAgo, to: today };
  }

  private read(user: StaffUser, period: Period): Promise<Statistics> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      await this.audit.write(entities, user.authorityId, {
        actor: { kind: 'staff', id: user.staffId },
        action: 'archive.statistics',
        subject: { kind: 'statistics' },
        reason: 'The statistics were looked at.',
        details: { from: period.from, to: period.to },
      });
      return statisticsOf(entities, period, danishDay(this.clock.now()));
    });
  }
}

function queryOf({ from, to }: Period): string {
  return `?fra=${from}&til=${to}`;
}

export function figuresOf({ months, all }: Statistics): StatisticsPage['figures'] {
  const received = months.reduce((sum, month) => sum + month.received, 0);
  const pages = months.reduce((sum, month) => sum + month.pages, 0);
  return [
    { label: 'Anmodninger modtaget', value: count(received) },
    { label: 'Svar godkendt', value: count(all?.answers ?? 0), detail: `${count(pages)} sider` },
    {
      label: 'Svar inden fristen',
      value: all ? percent(all.inTime / all.answers) : '–',
      detail: '7 arbejdsdage, hvor loven siger det',
    },
    {
      label: 'Arbejdsdage til afgørelse',
      value: all ? decimal(all.median) : '–',
      detail: all ? `9 af 10 svar inden ${decimal(all.ninetieth)}` : undefined,
    },
  ];
}

export function sectionsOf(statistics: Statistics): Section[] {
  const tables = statisticsTables(statistics);
  const { months, byBasis, byArea, outcomes, grounds, secondReadings, complaints } = statistics;
  const names = months.map(({ month }) => monthInWords(month));
  const received = months.reduce((sum, month) => sum + month.received, 0);
  const answered = months.reduce((sum, month) => sum + month.answered, 0);
  return [
    {
      heading: 'Hvor meget kommer ind, og hvor meget bliver besvaret?',
      text: `${count(received)} anmodninger er modtaget, og ${count(answered)} svar er godkendt i perioden.`,
      chart: columns(
        { id: 'omfang', title: 'Anmodninger og svar pr. måned', description: 'Modtaget og godkendt, måned for måned.' },
        names,
        [
          { name: 'Anmodninger modtaget', values: months.map((month) => month.received) },
          { name: 'Svar godkendt', values: months.map((month) => month.answered), isHatched: true },
        ],
      ),
      table: tables.volume,
    },
    {
      heading: 'Hvor stor en del er afgjort inden fristen?',
      text: 'Fristen er 7 arbejdsdage efter offentlighedsloven, forvaltningsloven og sundhedsloven. 5. juni, 24. og 31. december tælles som arbejdsdage.',
      chart: columns(
        { id: 'frist', title: 'Andel af svar inden fristen pr. måned', description: 'I procent af månedens svar.' },
        names,
        [{ name: 'Andel', values: months.map((month) => (month.answered > 0 ? month.inTime / month.answered : 0)) }],
        percent,
      ),
      table: tables.inTime,
    },
    spreadSection('Hvor lang tid tager det efter retsgrundlag?', 'tid-grundlag', byBasis, basisInWords, tables.basis),
    spreadSection('Hvor lang tid tager det efter område?', 'tid-omraade', byArea, areaInWords, tables.area),
    {
      heading: 'Hvad får borgerne?',
      text: 'Et svar tælles efter det, borgeren fik samlet.',
      chart: rows(
        { id: 'udfald', title: 'Svar efter udfald', description: 'Antal svar.' },
        outcomes.map(({ outcome, answers }) => ({
          name: outcomeInWords(outcome),
          value: answers,
          text: count(answers),
        })),
      ),
      table: tables.outcome,
    },
    {
      heading: 'Hvad bliver holdt tilbage, og efter hvilken hjemmel?',
      text: 'Steder, der er fjernet i dokumenter, som borgeren fik. Hele dokumenter står i tabellen.',
      chart: rows(
        { id: 'hjemmel', title: 'Steder fjernet efter hjemmel', description: 'Antal steder.' },
        grounds.map(({ groundId, passages }) => ({
          name: groundInWords(groundId),
          value: passages,
          text: count(passages),
        })),
      ),
      table: tables.grounds,
    },
    {
      heading: 'Hvad bliver der klaget over, og hvordan går det?',
      text: complaintsInWords(complaints),
      chart: rows(
        { id: 'klager', title: 'Klager efter emne', description: 'Antal klager, der er kommet i perioden.' },
        complaints.map(({ about, received: own }) => ({
          name: subjectInWords(about),
          value: own,
          text: count(own),
        })),
      ),
      table: tables.complaints,
    },
    {
      heading: 'Hvor meget kan være overset?',
      text:
        secondReadings.bound === null
          ? 'Ingen svar i perioden er læst af to. Derfor kan der ikke siges noget om, hvor meget der kan være overset.'
          : `${count(secondReadings.pages)} sider er læst af to, og på ${count(secondReadings.faulty)} var noget overset. Med 95 % sikkerhed gælder det højst ${boundInWords(secondReadings.bound)}. Siderne er trukket svar for svar, så tallet er et skøn over svar, der bliver læst igen.`,
      table: tables.risk,
    },
  ];
}

function spreadSection(
  heading: string,
  id: string,
  spreads: Spread[],
  words: (name: string) => string,
  table: StatisticsTable,
): Section {
  return {
    heading,
    text: 'Bjælken viser det midterste svar i arbejdsdage, stregen det, som 9 af 10 svar holder sig inden for.',
    chart: rows(
      { id, title: table.title, description: 'Arbejdsdage fra modtagelse til godkendt svar.' },
      spreads.map(({ name, median, ninetieth }) => ({
        name: words(name),
        value: median,
        mark: ninetieth,
        text: `${decimal(median)} (9 af 10: ${decimal(ninetieth)})`,
      })),
    ),
    table,
  };
}
