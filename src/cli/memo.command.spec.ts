import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { memoBytes } from '../digital-post';
import { BAD } from '../digital-post/testing/bad-messages';
import { officialMemoFolder, sampleMessage } from '../digital-post/testing/sample-message';
import { registerMemo } from './memo.command';

describe('memo validate', () => {
  let folder: string;
  let file: string;
  let good: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'memo-command-'));
    file = join(folder, 'memo.xml');
    good = (await memoBytes(sampleMessage())).content.toString('utf8');
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function run(xml: string, ...options: string[]) {
    const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      await writeFile(file, xml);
      process.exitCode = 0;
      const program = new Command().exitOverride();
      registerMemo(program);
      await program.parseAsync(['node', 'aktindsigt', 'memo', 'validate', file, ...options]);
      const stdout = out.mock.calls.map(([text]) => String(text)).join('');
      return { code: process.exitCode, stdout, stderr: err.mock.calls.map(([text]) => String(text)).join('') };
    } finally {
      process.exitCode = 0;
      out.mockRestore();
      err.mockRestore();
    }
  }

  it('ends with 0 and says nothing on stderr for a good message', async () => {
    const { code, stdout, stderr } = await run(good, '--sender');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ accepted: true, errors: [], warnings: [], files: [{}, {}, {}] });
  });

  it('ends with 0 and warns of a doubt, and with 1 when it judges as a sender', async () => {
    const xml = good.replace('<memo:mandatory>false', '<memo:mandatory>true');

    expect(await run(xml)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^warning: line \d+: .*mandatory is true/),
    });
    expect(await run(xml, '--sender')).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: /) });
  });

  it('ends with 1 and a sentence for each kind of bad message, without personal data', async () => {
    for (const [, , change] of BAD) {
      const { code, stdout, stderr } = await run(change(good));
      expect(code).toBe(1);
      expect(stderr).toMatch(/^error: .+\.\n/);
      expect(stdout + stderr).not.toMatch(/221177/);
    }
  });

  it('ends with 2 for a missing file and for a folder without schemas', async () => {
    expect(await run(good, '--xsd', folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('MeMo_core.xsd'),
    });
    file = join(folder, 'none', 'memo.xml');
    await expect(run(good)).rejects.toThrow('ENOENT');
    const program = new Command().exitOverride();
    registerMemo(program);
    const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    await program.parseAsync(['node', 'aktindsigt', 'memo', 'validate', file]);
    expect(err.mock.calls.join()).toContain('There is no file');
    err.mockRestore();
    expect(process.exitCode).toBe(2);
    process.exitCode = 0;
    file = join(folder, 'memo.xml');
  });

  const official = officialMemoFolder();
  if (official) {
    it('uses the official schema when its folder is given', async () => {
      const xsd = join(official, 'xsd/memo-1.2');

      expect(await run(good, '--xsd', xsd)).toMatchObject({ code: 0, stderr: '' });
      expect(await run(good.replace('memoVersion', 'extra="1" memoVersion'), '--xsd', xsd)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/error: schema, line 2: /),
      });
    });
  }
});
