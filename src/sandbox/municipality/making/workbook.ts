import ExcelJS from 'exceljs';

/** A sheet from lines whose cells stand two or more spaces apart; the first line is its title. */
export async function workbook(text: string): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.creator = 'Solby Kommune';
  book.created = book.modified = new Date('2025-01-02T08:00:00Z');
  const sheet = book.addWorksheet('Ark1', { pageSetup: { paperSize: 9, orientation: 'landscape', fitToWidth: 1 } });
  for (const line of text.trimEnd().split('\n')) sheet.addRow(line.split(/\s{2,}/).map(cell));
  sheet.eachRow((row) => (row.alignment = { wrapText: true, vertical: 'top' }));
  sheet.getRow(1).font = { bold: true, size: 13 };
  sheet.columns.forEach((column, index) => (column.width = index === 0 ? 28 : 20));
  return Buffer.from(await book.xlsx.writeBuffer());
}

function cell(text: string): string | number {
  return /^\d{1,6}$/.test(text) && !text.startsWith('0') ? Number(text) : text;
}
