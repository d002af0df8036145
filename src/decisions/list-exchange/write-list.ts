import ExcelJS from 'exceljs';
import { COLUMNS, ORDER, type Column } from './columns';
import { REASON_CODES } from './reason-codes';

/** A line of the list; every value is text. */
export type ListLine = Record<Column, string>;

const SHEET = 'Dokumentliste';
const REASONS = 'Begrundelser';

/** The list as a workbook with choices in the cells that are to be filled in. Text stays text: nothing becomes a formula. */
export async function writeList(lines: ListLine[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(SHEET, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = ORDER.map((key) => ({ key, header: COLUMNS[key].heading, width: COLUMNS[key].width }));
  sheet.getRow(1).font = { bold: true };
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: ORDER.length } };
  for (const line of lines) sheet.addRow(line);
  const reasons = workbook.addWorksheet(REASONS);
  for (const { words } of REASON_CODES) reasons.addRow([words]);
  reasons.getColumn(1).width = 70;
  for (let row = 2; row <= lines.length + 1; row += 1) {
    choices(sheet, row, 'covered', '"Ja,Nej"');
    choices(sheet, row, 'access', '"Ja,Nej,Delvis"');
    choices(sheet, row, 'reason', `${REASONS}!$A$1:$A$${REASON_CODES.length}`);
  }
  sheet.getColumn('reason').alignment = { wrapText: true, vertical: 'top' };
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** A reason may be gone on with in words, so other texts than those on the list are let be. */
function choices(sheet: ExcelJS.Worksheet, row: number, column: Column, list: string): void {
  sheet.getCell(row, ORDER.indexOf(column) + 1).dataValidation = {
    type: 'list',
    allowBlank: true,
    formulae: [list],
    showErrorMessage: column !== 'reason',
    errorTitle: 'Vælg fra listen',
    error: 'Vælg en af de værdier, som listen viser.',
  };
}
