import { basename, dirname } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { toPdf } from './office';
import { parseMail } from './mail-message';

/** Pages of every file, by name: as they are in PDF and pictures, as LibreOffice prints them in the rest. */
export async function pagesOf(files: Map<string, Buffer>): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const toPrint = new Map<string, { ending: string; bytes: Buffer }>();
  for (const [name, bytes] of files) {
    const ending = name.split('.').pop() ?? '';
    if (ending === 'pdf') counts.set(name, await pdfPages(bytes));
    else if (['jpg', 'png', 'tif'].includes(ending)) counts.set(name, (await sharp(bytes).metadata()).pages ?? 1);
    else if (ending === 'eml')
      toPrint.set(name, { ending: 'txt', bytes: Buffer.from(parseMail(mailText(bytes)).body) });
    else toPrint.set(name, { ending, bytes });
  }
  for (const [name, pdf] of toPdf(toPrint)) counts.set(name, await pdfPages(pdf));
  addAttachments(counts);
  return counts;
}

/** A mail counts its attachments, which lie beside it in `vedhaeftet/`, one mail a folder. */
function addAttachments(counts: Map<string, number>): void {
  for (const [name, count] of counts) {
    if (basename(dirname(name)) !== 'vedhaeftet') continue;
    const mail = [...counts.keys()].find(
      (other) => other.endsWith('.eml') && dirname(other) === dirname(dirname(name)),
    );
    if (mail) counts.set(mail, (counts.get(mail) ?? 0) + count);
  }
}

function mailText(bytes: Buffer): string {
  const part = bytes.toString('latin1').split('\r\n\r\n')[2].split('\r\n--')[0];
  return `Fra: x\n\n${Buffer.from(part, 'base64').toString('utf8')}`;
}

async function pdfPages(bytes: Buffer): Promise<number> {
  return (await PDFDocument.load(bytes)).getPageCount();
}
