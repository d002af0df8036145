/**
 * Makes `files/` and `bad/` from `texts/` and the long documents of `making/`. The results are committed, so this is run only
 * when the texts change. It needs LibreOffice (soffice), pdftoppm and qpdf. From the repository's root:
 *
 *   npx tsc --outDir .local/make --module node16 --target es2022 --esModuleInterop --skipLibCheck \
 *     src/sandbox/municipality/make-files.ts && node .local/make/make-files.js
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { badFiles } from './making/bad-files';
import { careDiary } from './making/care-diary';
import { childAssessment } from './making/child-assessment';
import { htmlPage } from './making/html-pages';
import { journalExtract } from './making/journal-extract';
import { mailMessage, parseMail } from './making/mail-message';
import { fromHtml } from './making/office';
import { pagesOf } from './making/page-count';
import { paymentSlips } from './making/payments';
import { scanned } from './making/scans';
import { visitLog } from './making/visit-log';
import { workbook } from './making/workbook';

const HOME = join(process.cwd(), 'src/sandbox/municipality');
const TEXTS = join(HOME, 'texts');

/** Texts by the name of the file they become: `familie/underretning.pdf`. */
function allTexts(): Map<string, string> {
  const names = readdirSync(TEXTS, { recursive: true, encoding: 'utf8' });
  const written = names
    .filter((name) => name.endsWith('.txt') && !name.startsWith('blocks'))
    .map((name): [string, string] => {
      const target = /\.\w+\.txt$/.test(name) ? name.slice(0, -4) : name;
      return [target, readFileSync(join(TEXTS, name), 'utf8')];
    });
  return new Map([
    ...written,
    ['sygedagpenge/journaludskrift.pdf', journalExtract()],
    ['sygedagpenge/udbetalinger-2023.pdf', paymentSlips(0, 12)],
    ['sygedagpenge/udbetalinger-2024.pdf', paymentSlips(12, 3)],
    ['plejebolig/plejedagbog.pdf', careDiary()],
    ['familie/boernefaglig-undersoegelse.pdf', childAssessment()],
    ['familie/samvaerslog.pdf', visitLog()],
  ]);
}

async function made(texts: Map<string, string>): Promise<Map<string, Buffer>> {
  const scans = ['jpg', 'png', 'tif'];
  const pages = (...endings: string[]): Map<string, string> => {
    const wanted = [...texts].filter(([name]) => endings.includes(ending(name)));
    return new Map(wanted.map(([name, text]) => [name, htmlPage(text, TEXTS, scans.includes(ending(name)))]));
  };
  const files = new Map([...fromHtml(pages('pdf'), 'pdf'), ...fromHtml(pages('docx'), 'docx')]);
  for (const [name, html] of pages('html')) files.set(name, Buffer.from(html));
  for (const [name, pdf] of fromHtml(pages(...scans), 'pdf')) {
    files.set(name, await scanned(pdf, ending(name) as 'jpg' | 'png' | 'tif'));
  }
  for (const [name, text] of texts) {
    if (ending(name) === 'txt') files.set(name, Buffer.from(text));
    if (ending(name) === 'xlsx') files.set(name, await workbook(text));
  }
  for (const [name, text] of texts) if (ending(name) === 'eml') files.set(name, mailOf(name, text, files));
  return files;
}

function mailOf(name: string, text: string, files: Map<string, Buffer>): Buffer {
  const mail = parseMail(text);
  const attachments = mail.attachments.map((attachment): [string, Buffer] => {
    const bytes = files.get(`${dirname(name)}/vedhaeftet/${attachment}`);
    if (!bytes) throw new Error(`The attachment "${attachment}" of ${name} has no text; write it in vedhaeftet/.`);
    return [attachment, bytes];
  });
  return mailMessage(mail, new Map(attachments));
}

function ending(name: string): string {
  return name.split('.').pop() ?? '';
}

function save(folder: string, files: Map<string, Buffer>): void {
  rmSync(join(HOME, folder), { recursive: true, force: true });
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(HOME, folder, name)), { recursive: true });
    writeFileSync(join(HOME, folder, name), bytes);
  }
}

async function main(): Promise<void> {
  const files = await made(allTexts());
  const counts = await pagesOf(files);
  const sound = files.get('bad/svar-om-vej.pdf');
  if (!sound) throw new Error('The text bad/svar-om-vej.pdf.txt is missing; the bad files are made from it.');
  const own = new Map([...files].filter(([name]) => !name.includes('/vedhaeftet/') && !name.startsWith('bad/')));
  save('files', own);
  save('bad', badFiles(sound));
  const listed = [...own.keys()].sort().map((name): [string, number] => [name, counts.get(name) ?? 0]);
  writeFileSync(join(HOME, 'files', 'pages.json'), `${JSON.stringify(Object.fromEntries(listed), undefined, 2)}\n`);
  console.log(`${own.size} files, ${listed.reduce((sum, [, count]) => sum + count, 0)} pages`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
