import ExcelJS from 'exceljs';
import type { EntityManager } from 'typeorm';
import { fillRegister } from '../../src/bench/register-rows';
import { REGISTER_ROWS, searchRegister, type RegisterRow } from '../../src/delivery/register/register-search';
import { councilStatistics } from '../../src/delivery/statistics/council-statistics';
import { statisticsOf, type Statistics } from '../../src/delivery/statistics/statistics';
import { addWorkingDays } from '../../src/law';
import { Database } from '../../src/platform/database/database';
import { KeyRing } from '../../src/platform/keys/authority-keys';
import { councilTables, HIDDEN, statisticsTables } from '../../src/web/records-officer/statistics-tables';
import { workbookOf } from '../../src/web/records-officer/workbook';
import { platformApp, type PlatformApp } from '../support/platform-app';

const DELIVERIES = 420;
const PERIOD = { from: '2021-11-01', to: '2021-12-31' };
let platform: PlatformApp;
let statistics: Statistics;

beforeAll(async () => {
  platform = await platformApp();
  const { authorityId, app, database } = platform;
  await fillRegister(database.ownerUrl, authorityId, await app.get(KeyRing).of(authorityId), DELIVERIES);
  statistics = await within((entities) => statisticsOf(entities, PERIOD));
});
afterAll(() => platform?.close());

function within<T>(work: (entities: EntityManager) => Promise<T>): Promise<T> {
  return platform.app.get(Database).inAuthority(platform.authorityId, work);
}

const ANYTHING = { text: '', states: null, channel: '', area: '', personRefId: '', from: '', to: '' };

describe('statistics', () => {
  it('count every request and every answer once, in the month it belongs to', async () => {
    const sum = (of: (month: Statistics['months'][number]) => number): number =>
      statistics.months.reduce((total, month) => total + of(month), 0);
    expect(statistics.months.map(({ month }) => month)).toEqual(['2021-11', '2021-12']);
    expect(sum((month) => month.received)).toBe(DELIVERIES);
    expect(sum((month) => month.answered)).toBe(DELIVERIES);
    for (const parts of [statistics.byArea, statistics.byBasis])
      expect(parts.reduce((total, { answers }) => total + answers, 0)).toBe(DELIVERIES);
    expect(statistics.outcomes).toEqual([{ outcome: 'partial', answers: DELIVERIES }]);
  });

  it('count working days as the deadline does', () => {
    // Each answer of the made register was approved three days after the request came in.
    expect(new Set(statistics.answers.map(({ workingDays }) => workingDays))).toEqual(new Set([1, 2, 3]));
    expect(addWorkingDays('2021-11-26', 1, 'strict')).toBe('2021-11-29');
    expect(statistics.all).toMatchObject({ answers: DELIVERIES, inTime: DELIVERIES, ninetieth: 3 });
  });

  it('say that nothing is known of what was missed while nobody has read a second time', () => {
    expect(statistics.secondReadings).toEqual({ answers: 0, pages: 0, faulty: 0, bound: null });
  });

  it('are the same in the workbook as on the page', async () => {
    const tables = Object.values(statisticsTables(statistics));
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await workbookOf(tables, new Date('2026-11-22T09:00:00Z'))) as never);
    expect(workbook.worksheets.map(({ name }) => name)).toContain('Tilbageholdt efter hjemmel');
    const volume = workbook.getWorksheet('Anmodninger og svar');
    expect(volume?.getRow(1).getCell(2).value).toBe('Anmodninger modtaget');
    expect(volume?.getRow(2).getCell(2).value).toBe(statistics.months[0].received);
  });

  it('for the council hold no count under five, and none in the workbook either', async () => {
    const tables = councilTables(councilStatistics(statistics));
    const numbers = tables.flatMap(({ id, rows }) =>
      id === 'tid' ? [] : rows.flat().filter((cell) => typeof cell === 'number'),
    );
    expect(numbers.length).toBeGreaterThan(5);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(5);
    // One answer lies in a small area: it, and a second number, are hidden.
    const areas = tables.find(({ id }) => id === 'frister');
    expect(areas?.rows.filter((row) => row.includes(HIDDEN)).length).toBeGreaterThanOrEqual(2);
  });
});

describe('the register', () => {
  it('shows every delivery once when it is paged through, and the same backwards', async () => {
    const forth: RegisterRow[][] = [];
    for (let olderThan: string | undefined; ; olderThan = forth.at(-1)?.at(-1)?.cursor) {
      const { rows, hasOlder } = await within((entities) => searchRegister(entities, ANYTHING, { olderThan }));
      forth.push(rows);
      if (!hasOlder) break;
    }
    const ids = forth.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(DELIVERIES);
    expect(forth).toHaveLength(Math.ceil(DELIVERIES / REGISTER_ROWS));
    const times = forth.flat().map(({ registeredAt }) => registeredAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const newerThan = forth[2][0].cursor;
    const back = await within((entities) => searchRegister(entities, ANYTHING, { newerThan }));
    expect(back.rows.map(({ id }) => id)).toEqual(forth[1].map(({ id }) => id));
    expect([back.hasNewer, back.hasOlder]).toEqual([true, true]);
  });

  it('belongs to one authority: another sees nothing of it', async () => {
    const { rows } = await platform.app
      .get(Database)
      .inAuthority(platform.otherAuthorityId, (entities) => searchRegister(entities, ANYTHING));
    expect(rows).toEqual([]);
  });

  it('takes what is typed as text: a percent sign finds nothing', async () => {
    const { rows } = await within((entities) => searchRegister(entities, { ...ANYTHING, text: '%' }));
    expect(rows).toEqual([]);
  });
});
