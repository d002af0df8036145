import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { PDFDocument } from 'pdf-lib';
import { registerVerify } from './verify.command';

describe('verify', () => {
  let folder: string;
  const file = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'verify-'));
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText('Mette bor her');
    writeFileSync(file('in.pdf'), await pdf.save());
    writeFileSync(file('gone.json'), JSON.stringify(['Poul Madsen']));
    writeFileSync(file('still-there.json'), JSON.stringify([{ text: 'Mette', type: 'NAME' }]));
    writeFileSync(file('bad.json'), '{"text": 1}');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  async function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
    const out: string[] = [];
    const error: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => error.push(String(text)) > 0);
    const program = new Command().exitOverride();
    registerVerify(program);
    try {
      await program.parseAsync(['verify', ...args], { from: 'user' });
      return { code: Number(process.exitCode), out: out.join(''), error: error.join('') };
    } finally {
      jest.restoreAllMocks();
      process.exitCode = 0;
    }
  }

  it('ends with 0 and a report when nothing was found', async () => {
    const { code, out } = await run('--absent', file('gone.json'), '--original', file('in.pdf'), file('in.pdf'));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'pass', pages: 1 });
  });

  it('ends with 1 on a finding and does not print the term', async () => {
    const { code, out } = await run('--absent', file('still-there.json'), file('in.pdf'));
    expect(code).toBe(1);
    expect(out).not.toMatch(/Mette/);
  });

  it.each([
    ['a list of terms of the wrong shape', 'bad.json', 'in.pdf'],
    ['a file that is not there', 'gone.json', 'nowhere.pdf'],
  ])('ends with 2 and a sentence on %s', async (_, terms, pdf) => {
    const { code, out, error } = await run('--absent', file(terms), file(pdf));
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(error).toMatch(/^The file .*\.\n$/);
  });
});
