import ExcelJS from 'exceljs';
import { UnreadableFile } from '../../gathering/conversion/conversion-result';
import { DEFAULT_LIMITS } from '../../gathering/conversion/limits';
import { readArchive } from '../../gathering/conversion/read-archive';
import { Refusal } from '../../requests/refusal';
import { columnOf, COLUMNS, NEEDED, type Column } from './columns';

/** A line as it came back; a cell that was left empty is an empty text. */
export type ReturnedLine = Partial<Record<Column, string>> & { row: number };

const LIMITS = { ...DEFAULT_LIMITS, inflatedBytes: 64 * 1024 * 1024, archiveParts: 500 };
const MOST_ROWS = 20_000;
/** A heading stands in one of the first rows; some lists have a title above it. */
const HEADING_ROWS = 10;

/**
 * The lines of a workbook that was filled in. Throws a `Refusal` with a sentence when it is no such list.
 */
export async function readList(bytes: Buffer): Promise<ReturnedLine[]> {
  const sheets = (await openWorkbook(bytes)).worksheets;
  for (const sheet of sheets) {
    const heading = headingOf(sheet);
    if (heading) return linesBelow(sheet, heading);
  }
  const names = NEEDED.map((column) => `»${COLUMNS[column].heading}«`).join(', ');
  throw new Refusal(
    'list-without-columns',
    `Filen har ikke de kolonner, der skal bruges: ${names}. Hent listen igen, og udfyld den.`,
  );
}

async function openWorkbook(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  try {
    // Says no to a file that unfolds to more than a list of documents ever does.
    readArchive(bytes, LIMITS);
    await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  } catch (error) {
    if (error instanceof UnreadableFile && error.reason === 'too-large')
      throw new Refusal(
        'list-too-large',
        'Filen er for stor til at være en dokumentliste. Hent listen igen, og udfyld den.',
      );
    throw new Refusal(
      'list-unreadable',
      'Filen kan ikke læses som et Excel-ark (.xlsx). Gem den som .xlsx, og prøv igen.',
    );
  }
  return workbook;
}

function headingOf(sheet: ExcelJS.Worksheet): { row: number; columns: Map<number, Column> } | undefined {
  for (let row = 1; row <= Math.min(HEADING_ROWS, sheet.rowCount); row += 1) {
    const columns = new Map<number, Column>();
    sheet.getRow(row).eachCell((cell, number) => {
      const column = columnOf(textOf(cell));
      if (column) columns.set(number, column);
    });
    if (NEEDED.every((column) => [...columns.values()].includes(column))) return { row, columns };
  }
  return undefined;
}

function linesBelow(
  sheet: ExcelJS.Worksheet,
  { row, columns }: { row: number; columns: Map<number, Column> },
): ReturnedLine[] {
  if (sheet.rowCount > MOST_ROWS)
    throw new Refusal('list-too-large', `Listen har over ${MOST_ROWS} rækker. Hent listen igen, og udfyld den.`);
  const lines: ReturnedLine[] = [];
  for (let number = row + 1; number <= sheet.rowCount; number += 1) {
    const cells = [...columns].map(([at, column]) => [column, textOf(sheet.getRow(number).getCell(at))] as const);
    if (cells.every(([, text]) => text === '')) continue;
    lines.push({ row: number, ...Object.fromEntries(cells) });
  }
  return lines;
}

/** A cell may hold a number, a date, rich text or a formula's result; what is seen in it is what counts. */
function textOf(cell: ExcelJS.Cell): string {
  try {
    return cell.text.trim();
  } catch {
    // exceljs cannot show a merged or broken cell.
    return '';
  }
}
