import ExcelJS from 'exceljs';
import type { StatisticsTable } from '../views/statistik';

const LONGEST_SHEET_NAME = 31;
const NOT_IN_SHEET_NAMES = /[\\/*?:[\]]/g;

/** A sheet a table, with a heading row that stays when one scrolls. Texts are texts: nothing in it is a formula. */
export async function workbookOf(tables: StatisticsTable[], made: Date): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'Aktindsigt';
  workbook.created = made;
  workbook.modified = made;
  for (const table of tables) {
    const name = table.title.replace(NOT_IN_SHEET_NAMES, ' ').slice(0, LONGEST_SHEET_NAME);
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.addRow(table.columns).font = { bold: true };
    for (const row of table.rows) sheet.addRow(row.map((value) => value ?? ''));
    if (table.note) sheet.addRow([]);
    if (table.note) sheet.addRow([table.note]);
    sheet.columns.forEach((column, index) => {
      const texts = [table.columns[index] ?? '', ...table.rows.map((row) => String(row[index] ?? ''))];
      column.width = Math.min(60, Math.max(10, ...texts.map((text) => text.length + 2)));
    });
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
