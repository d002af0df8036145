import ExcelJS from 'exceljs';
import type { ConversionNotes } from './conversion-note';
import { UnreadableFile } from './conversion-result';
import type { ConversionLimits } from './limits';
import type { ReadingBlock } from './reading-block';

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** Workbooks hold local time without a zone; exceljs gives it as UTC. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const day = `${twoDigits(date.getUTCDate())}-${twoDigits(date.getUTCMonth() + 1)}-${date.getUTCFullYear()}`;
  const time = `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}`;
  if (date.getUTCFullYear() <= 1900) return time;
  return time === '00:00' ? day : `${day} ${time}`;
}

/** Formats such as `000000-0000` carry meaning: a CPR or account number kept as a number loses its zeros without them. */
function numberText(value: number, format: string | undefined): string {
  if (format && /^[0\-. ]+$/.test(format) && /0{3}/.test(format) && Number.isInteger(value) && value >= 0) {
    const places = format.replace(/[^0]/g, '').length;
    const digits = [...String(value).padStart(places, '0')];
    if (digits.length === places && !format.includes('.')) return format.replace(/0/g, () => digits.shift()!);
  }
  const percent = format?.includes('%') === true;
  const shown = percent ? value * 100 : value;
  const text = shown.toLocaleString('da-DK', { useGrouping: false, maximumFractionDigits: 10 });
  return percent ? `${text} %` : text;
}

function valueText(value: ExcelJS.CellValue, format: string | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return numberText(value, format);
  if (typeof value === 'boolean') return value ? 'SAND' : 'FALSK';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'string') return value;
  if ('richText' in value) return value.richText.map((run) => run.text).join('');
  if ('error' in value) return String(value.error);
  if ('hyperlink' in value) return valueText(value.text as ExcelJS.CellValue, format);
  if ('formula' in value || 'sharedFormula' in value) return valueText(value.result as ExcelJS.CellValue, format);
  return String(value);
}

function sheetTitle(sheet: ExcelJS.Worksheet): string {
  return sheet.state === 'visible' ? `Ark: ${sheet.name}` : `Ark: ${sheet.name} (skjult i regnearket)`;
}

interface SheetReading {
  blocks: ReadingBlock[];
  cells: number;
}

function readSheet(sheet: ExcelJS.Worksheet, notes: ConversionNotes): SheetReading {
  const found: { row: number; hidden: boolean; cells: Map<number, string> }[] = [];
  const columns = new Set<number>();
  sheet.eachRow({ includeEmpty: false }, (row, rowNumber) => {
    const cells = new Map<number, string>();
    row.eachCell({ includeEmpty: false }, (cell, column) => {
      // The other cells of a merged range repeat the first one's value.
      const text = cell.isMerged && cell.master !== cell ? '' : valueText(cell.value, cell.numFmt);
      if (text === '') return;
      cells.set(column, text);
      columns.add(column);
    });
    if (cells.size > 0) found.push({ row: rowNumber, hidden: row.hidden === true, cells });
  });
  const ordered = [...columns].sort((left, right) => left - right);
  const isHidden = (column: number) => sheet.getColumn(column).hidden === true;
  if (found.some(({ hidden }) => hidden) || ordered.some(isHidden)) notes.add('hidden-cells-shown');
  const header = [
    '',
    ...ordered.map((column) => `${sheet.getColumn(column).letter}${isHidden(column) ? ' (skjult)' : ''}`),
  ];
  const rows = found.map(({ row, hidden, cells }) => [
    hidden ? `${row} (skjult)` : String(row),
    ...ordered.map((column) => cells.get(column) ?? ''),
  ]);
  const content: ReadingBlock =
    rows.length > 0
      ? { kind: 'table', rows: [header, ...rows], header: true }
      : { kind: 'paragraph', text: 'Arket har intet indhold.' };
  return {
    blocks: [{ kind: 'heading', level: 2, text: sheetTitle(sheet) }, content],
    cells: rows.length * header.length,
  };
}

async function load(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  } catch {
    throw new UnreadableFile('damaged', 'Regnearket kan ikke læses.');
  }
  return workbook;
}

/** Reads every sheet, row and column of a workbook, hidden ones too (marked as such), with the values that the cells show. */
export async function readWorkbook(
  bytes: Buffer,
  notes: ConversionNotes,
  limits: Pick<ConversionLimits, 'cells'>,
): Promise<ReadingBlock[]> {
  const workbook = await load(bytes);
  if (workbook.worksheets.length === 0) throw new UnreadableFile('damaged', 'Regnearket har ingen ark.');
  const blocks: ReadingBlock[] = [];
  let cells = 0;
  for (const sheet of workbook.worksheets) {
    const reading = readSheet(sheet, notes);
    cells += reading.cells;
    if (cells > limits.cells) throw new UnreadableFile('too-large', `Regnearket har over ${limits.cells} felter.`);
    if (sheet.state !== 'visible') notes.add('hidden-sheets-shown');
    blocks.push(...reading.blocks);
  }
  return blocks;
}
