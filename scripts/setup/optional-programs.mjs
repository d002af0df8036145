import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that some tests use when the machine has them. Any one of the names is enough. */
const OPTIONAL = [
  { names: ['chromium', 'chromium-browser', 'google-chrome'], for: 'the pages in a browser', packages: 'chromium' },
  { names: ['redis-server', 'valkey-server'], for: 'the queue on Redis', packages: 'redis-server' },
  { names: ['pg_dump'], for: 'backup and restore', packages: 'postgresql-client' },
  { names: ['soffice', 'libreoffice'], for: 'conversion of office documents', packages: 'libreoffice-writer' },
  { names: ['tesseract'], for: 'text recognition', packages: 'tesseract-ocr tesseract-ocr-dan', works: readsDanish },
  { names: ['pdftotext'], for: 'the second reader of redacted pages', packages: 'poppler-utils' },
  { names: ['qpdf'], for: 'the syntax of finished PDFs', packages: 'qpdf' },
  { names: ['mutool'], for: 'the third reader of redacted pages', packages: 'mupdf-tools' },
  { names: ['xmllint'], for: 'messages against the schema', packages: 'libxml2-utils' },
];

/** What is missing, a sentence each. */
export function missingPrograms() {
  return OPTIONAL.filter(({ names, works }) => {
    const found = names.find(isOnPath);
    return found === undefined || (works !== undefined && !works(found));
  }).map(({ names, for: purpose, packages }) => `${names[0]} is missing (${purpose}): apt-get install ${packages}.`);
}

/** True when there is a browser for the browser tests. */
export const hasBrowser = () => OPTIONAL[0].names.some(isOnPath);

function isOnPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function readsDanish(program) {
  const { stdout, stderr } = spawnSync(program, ['--list-langs'], { encoding: 'utf8' });
  return `${stdout}\n${stderr}`.split('\n').includes('dan');
}
