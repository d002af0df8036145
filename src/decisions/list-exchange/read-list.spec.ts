import ExcelJS from 'exceljs';
import { writeArchive } from '../../gathering/conversion/write-archive';
import { readList } from './read-list';
import { writeList, type ListLine } from './write-list';

const LINE: ListLine = {
  number: '1',
  fileName: 'afgørelse.pdf',
  category: 'Udgående',
  date: '03-01-2024',
  id: '4711#2',
  parentId: '',
  isAttachment: 'Nej',
  covered: 'Ja',
  access: 'Nej',
  reason: 'Tavshedsbelagte oplysninger – private forhold: naboens forhold',
  title: '=HYPERLINK("https://solby.example")',
};

async function workbook(rows: unknown[][]): Promise<Buffer> {
  const made = new ExcelJS.Workbook();
  const sheet = made.addWorksheet('Ark1');
  for (const row of rows) sheet.addRow(row);
  return Buffer.from(await made.xlsx.writeBuffer());
}

describe('the list of documents as a workbook', () => {
  it('comes back as it went out, and no text of it is a formula', async () => {
    const bytes = await writeList([LINE]);
    expect(await readList(bytes)).toEqual([{ row: 2, ...LINE }]);
    const made = new ExcelJS.Workbook();
    await made.xlsx.load(bytes as unknown as ExcelJS.Buffer);
    expect(made.worksheets[0].getCell('K2').formula).toBeUndefined();
  });

  it('offers the choices of each column', async () => {
    const made = new ExcelJS.Workbook();
    await made.xlsx.load((await writeList([LINE])) as unknown as ExcelJS.Buffer);
    expect(made.worksheets[0].getCell('I2').dataValidation).toMatchObject({
      type: 'list',
      formulae: ['"Ja,Nej,Delvis"'],
    });
    expect(made.worksheets[0].getCell('J2').dataValidation).toMatchObject({ type: 'list' });
  });

  it('is read with the headings of another municipality, a title above them, and numbers in the cells', async () => {
    const bytes = await workbook([
      ['Dokumentliste til screening'],
      [
        'Akt ID',
        'Dok ID',
        'Omfattet af ansøgningen?',
        'Gives der aktindsigt? (Ja/Nej/Delvis)',
        'Begrundelse hvis nej/delvis',
      ],
      [1, 4711, 'ja', 'NEJ', 'Andet'],
      [],
      [2, 4712, '', '', ''],
    ]);
    expect(await readList(bytes)).toEqual([
      { row: 3, number: '1', id: '4711', covered: 'ja', access: 'NEJ', reason: 'Andet' },
      { row: 5, number: '2', id: '4712', covered: '', access: '', reason: '' },
    ]);
  });

  it('is refused in a sentence when a column is missing', async () => {
    await expect(readList(await workbook([['Akt ID', 'Dok ID']]))).rejects.toThrow(/Filen har ikke de kolonner/);
  });

  it('is refused in a sentence when it is no workbook', async () => {
    await expect(readList(Buffer.from('Akt ID;Dok ID'))).rejects.toThrow(/kan ikke læses som et Excel-ark/);
  });

  it('is refused when it unfolds to more than any list', async () => {
    const large = writeArchive(new Map([['xl/worksheets/sheet1.xml', Buffer.alloc(65 * 1024 * 1024, 'x')]]));
    expect(large.length).toBeLessThan(5 * 1024 * 1024);
    await expect(readList(large)).rejects.toThrow(/for stor/);
  });
});
