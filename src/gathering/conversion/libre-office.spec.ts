import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { convert, converted, needsLibreOffice, removeWorkFolders, workFolder } from './spec-conversions';
import { convertWithLibreOffice, findLibreOffice, OfficeFailure } from './libre-office';
import { strongestSandbox, WITHOUT_NAMESPACE } from './office-sandbox';

jest.setTimeout(240_000);
afterAll(removeWorkFolders);

const WITH_OFFICE = { libreOffice: 'auto', municipality: 'Solby Kommune' };

/** A program in LibreOffice's place: the parts that guard it are tested without it too. */
async function programThat(does: string): Promise<string> {
  const path = join(await workFolder(), 'soffice');
  await writeFile(path, `#!/bin/sh\n${does}\n`);
  await chmod(path, 0o755);
  return path;
}

async function officeRun(program: string, timeoutMs = 60_000, signal = new AbortController().signal) {
  return { program, workFolder: await workFolder(), timeoutMs, signal, sandbox: WITHOUT_NAMESPACE };
}

describe('with LibreOffice', () => {
  for (const name of ['notat.docx', 'notat.odt', 'notat.doc', 'notat.rtf']) {
    it(
      ...needsLibreOffice(`${name} keeps its two pages and gets one more with comments and deleted text`, async () => {
        const { result, texts, codes } = await converted(name, WITH_OFFICE);
        expect(result).toMatchObject({ method: 'libreoffice', pages: 3 });
        expect(texts[0]).toContain('Børnene trives på skolen i Nørreådal.');
        expect(texts[0]).toContain('Skjult bemærkning om naboen.');
        expect(texts[0]).toContain('Solby Kommune, Familieafdelingen');
        expect(texts[1]).toContain('Side to: opfølgning den 1. juni.');
        expect(texts[2]).toContain('Skal vi spørge plejefamilien igen?');
        expect(texts[2]).toContain('bekymrende fravær');
        expect(codes).toEqual(expect.arrayContaining(['hidden-text-shown', 'comments-added', 'tracked-changes']));
      }),
    );
  }

  it(
    ...needsLibreOffice('XLSX shows hidden sheets, and every cell again where columns are too narrow', async () => {
      const { result, text, codes } = await converted('udbetalinger.xlsx', WITH_OFFICE);
      expect(result.method).toBe('libreoffice');
      for (const piece of [
        'Borger har klaget før',
        'Kun for ledelsen',
        'Skjult rækkes ydelse',
        '010170-1234',
        'Åge om lejen',
      ]) {
        expect(text).toContain(piece);
      }
      expect(codes).toEqual(['hidden-cells-shown', 'hidden-sheets-shown', 'comments-added', 'cells-cut-off']);
    }),
  );

  it(
    ...needsLibreOffice('HTML keeps its text', async () => {
      const { result, text } = await converted('afgoerelse.html', WITH_OFFICE);
      expect(result).toMatchObject({ method: 'libreoffice', pages: 1 });
      expect(text).toContain('Kære Bjørn Østergaard, du får 1.234 kr. om måneden.');
      expect(text).toContain('Intern bemærkning: prøv igen til påske.');
    }),
  );

  it(
    ...needsLibreOffice('files that are converted at the same moment do not disturb each other', async () => {
      const names = ['afgoerelse.html', 'notat.docx', 'afgoerelse.html', 'notat.docx'];
      const all = await Promise.all(names.map((name) => converted(name, WITH_OFFICE)));
      expect(all.map(({ result }) => result.method)).toEqual(names.map(() => 'libreoffice'));
      expect(all.map(({ texts }) => texts.length)).toEqual([1, 3, 1, 3]);
    }),
  );

  it(
    ...needsLibreOffice('a text or a mail is still set as a plain reading', async () => {
      expect((await converted('notat-cp850.txt', WITH_OFFICE)).result.method).toBe('reading');
      expect((await converted('svar-med-bilag.eml', WITH_OFFICE)).result.method).toBe('reading');
    }),
  );

  it(
    ...needsLibreOffice('a damaged DOC is said to be damaged', async () => {
      const bytes = Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(600, 7),
        Buffer.from('WordDocument', 'utf16le'),
      ]);
      expect(await convert({ name: 'x.doc', bytes }, WITH_OFFICE)).toMatchObject({
        state: 'unreadable',
        reason: 'damaged',
      });
    }),
  );

  it(
    ...needsLibreOffice('a run leaves nothing but its result, and says how it was shut in', async (program) => {
      const folder = await workFolder();
      const run = { program, workFolder: folder, timeoutMs: 60_000, signal: new AbortController().signal };
      const html = Buffer.from('<p>Hej</p>');
      const isolation = await convertWithLibreOffice(html, 'html', 'pdf', join(folder, 'ud.pdf'), run);
      expect(isolation).toBe((await strongestSandbox()).isolation);
      expect(await readdir(folder)).toEqual(['ud.pdf']);
    }),
  );
});

describe('a run', () => {
  it('that takes too long is killed with everything it started', async () => {
    const folder = await workFolder();
    const program = await programThat(`sh -c 'echo $$ > ${folder}/pid; exec sleep 300' & wait`);
    const run = await officeRun(program, 500);
    const ending = convertWithLibreOffice(Buffer.from('x'), 'html', 'pdf', join(folder, 'ud.pdf'), run);
    await expect(ending).rejects.toMatchObject({ name: 'UnreadableFile', reason: 'timeout' });
    const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
    await expect(hasEnded(pid)).resolves.toBe(true);
  });

  it('that the caller stops ends with the caller’s reason', async () => {
    const stop = new AbortController();
    const run = await officeRun(await programThat('exec sleep 300'), 60_000, stop.signal);
    const ending = convertWithLibreOffice(Buffer.from('x'), 'html', 'pdf', join(run.workFolder, 'ud.pdf'), run);
    setImmediate(() => stop.abort(new Error('The worker is shutting down.')));
    await expect(ending).rejects.toThrow('The worker is shutting down.');
  });

  it('that ends without a file is a failure, also when it leaves a link in its place', async () => {
    const link = 'for a; do case $a in */out) ln -s /etc/passwd "$a/document.pdf";; esac; done';
    for (const does of ['true', link]) {
      const run = await officeRun(await programThat(does));
      const ending = convertWithLibreOffice(Buffer.from('x'), 'html', 'pdf', join(run.workFolder, 'ud.pdf'), run);
      await expect(ending).rejects.toBeInstanceOf(OfficeFailure);
    }
  });

  it('that fails on a DOCX gives the plain reading instead, and the caseworker is told', async () => {
    const context = { libreOffice: await programThat('exit 1'), sandbox: WITHOUT_NAMESPACE };
    const { result, text, codes } = await converted('notat.docx', context);
    expect(result.method).toBe('reading');
    expect(text).toContain('Børnene trives på skolen');
    expect(codes).toEqual(expect.arrayContaining(['office-program-failed', 'layout-lost']));
  });
});

it('a set program that cannot be run is an error, not silence', async () => {
  await expect(findLibreOffice('/findes/ikke/soffice')).rejects.toThrow('cannot be run');
});

/** A process that was killed is gone, or a zombie that waits for its parent. */
async function hasEnded(pid: number): Promise<boolean> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (stat === undefined || /\) [ZX] /.test(stat)) return true;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return false;
}
