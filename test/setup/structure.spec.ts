import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const CHECK = join(__dirname, '..', '..', 'scripts', 'check-structure.mjs');

/** Runs the check on a project that consists of these files. */
function check(files: Record<string, string>): { passed: boolean; findings: string } {
  const project = mkdtempSync(join(tmpdir(), 'aktindsigt-structure-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
  const { status, stderr } = spawnSync(process.execPath, [CHECK, project], { encoding: 'utf8' });
  rmSync(project, { recursive: true });
  return { passed: status === 0, findings: stderr };
}

const empty = 'export {};\n';

it('lets a folder import from the floors below it, and tests import everything', () => {
  const outcome = check({
    'src/contracts/box.ts': empty,
    'src/sandbox/post/peer.ts': `import '../../contracts/box';\n`,
    'src/law/grounds.ts': `import '../contracts/box';\n`,
    'src/decisions/letter.ts': `import { a } from '../law/grounds';\n`,
    'src/decisions/letter.spec.ts': `import '../sandbox/post/peer';\n`,
    'src/app.module.ts': `import './decisions/letter';\n`,
    'src/main.ts': `import './app.module';\n`,
    'test/api/way.spec.ts': `import '../../src/decisions/letter';\nimport '../../src/sandbox/post/peer';\n`,
  });
  expect(outcome).toEqual({ passed: true, findings: '' });
});

it.each([
  ['an import upwards', 'src/requests/a.ts', '../delivery/b', 'src/delivery/b.ts', 'imports point down'],
  ['an import upwards over several lines', 'src/law/a.ts', '../platform/b', 'src/platform/b.ts', 'imports point down'],
  [
    'one ground library in another',
    'src/law/a.ts',
    '../pdf/b',
    'src/pdf/b.ts',
    'ground libraries do not know each other',
  ],
  ['a stand-in in the program', 'src/delivery/a.ts', '../sandbox/b', 'src/sandbox/b.ts', 'for tests and the demo only'],
  [
    'the program in a stand-in',
    'src/sandbox/a.ts',
    '../platform/b',
    'src/platform/b.ts',
    'contracts and ground libraries only',
  ],
  ['an entrance in a folder', 'src/web/a.ts', '../main', 'src/main.ts', 'imports point down'],
  ['a folder without a floor', 'src/attic/a.ts', '../law/b', 'src/law/b.ts', 'has no place in the house plan'],
])('refuses %s', (_what, file, path, target, sentence) => {
  const outcome = check({ [file]: `import {\n  a,\n  type B,\n} from '${path}';\n`, [target]: empty });
  expect(outcome.passed).toBe(false);
  expect(outcome.findings).toContain(`${file} imports ${target}: `);
  expect(outcome.findings).toContain(sentence);
});

it('refuses a type or a lazy import upwards as well', () => {
  for (const line of [`import type { A } from '../delivery/b';`, `const b = await import('../delivery/b');`]) {
    expect(check({ 'src/law/a.ts': `${line}\n`, 'src/delivery/b.ts': empty }).passed).toBe(false);
  }
});

it('shows the way of a circle, and allows one of types', () => {
  const a = `import { b } from './b';\n`;
  const circle = check({ 'src/law/a.ts': a, 'src/law/b.ts': `import { a } from './a';\n` });
  expect(circle.findings).toContain('src/law/a.ts -> src/law/b.ts -> src/law/a.ts');
  expect(check({ 'src/law/a.ts': a, 'src/law/b.ts': `import type { A } from './a';\n` }).passed).toBe(true);
});

it('refuses a way from the web to a job processor, however long', () => {
  const outcome = check({
    'src/web/page.ts': `import '../delivery/index';\n`,
    'src/delivery/index.ts': `export * from './send.processor';\n`,
    'src/delivery/send.processor.ts': empty,
  });
  expect(outcome.findings).toContain('src/web/page.ts -> src/delivery/index.ts -> src/delivery/send.processor.ts');
});

it('refuses a file of more than 400 lines and a name that says nothing', () => {
  const outcome = check({ 'src/law/long.ts': 'export {};\n'.repeat(401), 'src/law/date-utils.ts': empty });
  expect(outcome.findings).toContain('src/law/long.ts has 401 lines; at most 400 are allowed.');
  expect(outcome.findings).toContain('the name date-utils.ts says nothing');
});
