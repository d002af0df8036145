import { Command } from 'commander';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerRedact } from './redact.command';

const PLAIN = join(__dirname, '../../test/data/pdf-cases/01_plain.pdf');
const LOCKED = join(__dirname, '../../test/data/pdf/user-password.pdf');
const folder = mkdtempSync(join(tmpdir(), 'redact-command-'));
const out = join(folder, 'ud.pdf');
const boxes = join(folder, 'boxes.json');

beforeEach(() => {
  writeFileSync(boxes, JSON.stringify({ 0: [[169.25, 696.92, 251.75, 710.64]] }));
  rmSync(out, { force: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = 0;
});

/** Runs the command as the program does, and gives what it wrote and its exit code. */
async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((part) => {
      written[stream] += String(part);
      return true;
    }),
  );
  process.exitCode = 0;
  const program = new Command().exitOverride();
  registerRedact(program);
  program.commands[0].exitOverride().configureOutput({ writeErr: (text) => (written.stderr += text) });
  try {
    await program.parseAsync(['node', 'aktindsigt', 'redact', ...args]);
    return { code: Number(process.exitCode), ...written };
  } catch {
    return { code: 2, ...written };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
    process.exitCode = 0;
  }
}

it('writes a clean file and prints a verdict that holds no text of the document', async () => {
  const { code, stdout } = await run('--boxes', boxes, PLAIN, out);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass', written: true, pages: 1, boxes: 1, rasterisedPages: [] });
  expect(stdout).not.toContain('120388');
  expect(existsSync(out)).toBe(true);
});

it('answers 1 and reports the place when a text that must be gone is still seen', async () => {
  const absent = join(folder, 'absent.json');
  writeFileSync(absent, JSON.stringify(['bevares', { text: 'findes ikke', type: 'NAME' }]));
  const kept = await run('--boxes', boxes, '--absent', absent, PLAIN, out);
  expect(kept.code).toBe(1);
  expect(JSON.parse(kept.stdout).keptElsewhere).toHaveLength(1);
  expect((await run('--boxes', boxes, '--absent', absent, '--keep-elsewhere', PLAIN, out)).code).toBe(0);
  expect((await run('--boxes', boxes, '--absent', absent, '--everywhere', PLAIN, out)).code).toBe(0);
});

it.each([
  ['there is no such file', () => ['--boxes', boxes, join(folder, 'nej.pdf'), out], 'does not exist'],
  ['the boxes are not JSON', () => ['--boxes', PLAIN, PLAIN, out], 'cannot be read as JSON'],
  ['the PDF needs a password', () => ['--boxes', boxes, LOCKED, out], 'without a password'],
  [
    'both ways of treating other places are asked for',
    () => ['--boxes', boxes, '--everywhere', '--keep-elsewhere', PLAIN, out],
    'Choose either',
  ],
])('answers 2 with a sentence when %s', async (_, args, sentence) => {
  const { code, stderr } = await run(...args());
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
  expect(existsSync(out)).toBe(false);
});

it('answers 2 when a box is not four numbers', async () => {
  writeFileSync(boxes, JSON.stringify({ 0: [[1, 2, 3]] }));
  expect(await run('--boxes', boxes, PLAIN, out)).toMatchObject({ code: 2 });
});
