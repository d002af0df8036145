import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILTERS = { pdf: 'pdf:writer_pdf_Export', docx: 'docx:MS Word 2007 XML' } as const;

/** HTML pages by name to PDF or DOCX bytes by name, in one run of LibreOffice. */
export function fromHtml(pages: Map<string, string>, to: keyof typeof FILTERS): Map<string, Buffer> {
  const named = new Map([...pages].map(([name, html]) => [name, { ending: 'html', bytes: Buffer.from(html) }]));
  return converted(named, FILTERS[to], to, ['--infilter=HTML (StarWriter)']);
}

/** Any documents that LibreOffice opens, to PDF. */
export function toPdf(files: Map<string, { ending: string; bytes: Buffer }>): Map<string, Buffer> {
  return converted(files, 'pdf', 'pdf', []);
}

function converted(
  files: Map<string, { ending: string; bytes: Buffer }>,
  filter: string,
  ending: string,
  extra: string[],
): Map<string, Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'office-'));
  try {
    const sources = [...files.values()].map((file, index) => {
      const path = join(folder, `${index}.${file.ending}`);
      writeFileSync(path, file.bytes);
      return path;
    });
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const out = join(folder, 'out');
    const args = [profile, '--headless', ...extra, '--convert-to', filter, '--outdir', out, ...sources];
    execFileSync('soffice', args, { stdio: 'ignore' });
    return new Map([...files.keys()].map((name, index) => [name, readFileSync(join(out, `${index}.${ending}`))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
