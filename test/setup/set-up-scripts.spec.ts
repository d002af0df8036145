import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SETUP = join(__dirname, '..', '..', 'scripts', 'setup');
const environment = { ...process.env, NODE_OPTIONS: '' };
let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'aktindsigt-setup-'));
});

afterEach(() => rmSync(project, { recursive: true }));

/** Runs lines of a script that use a module of scripts/setup. */
function run(module: string, names: string, lines: string): { status: number | null; stdout: string; stderr: string } {
  const code = `import { ${names} } from ${JSON.stringify(join(SETUP, module))};\n${lines}`;
  const args = ['--input-type=module', '-e', code];
  return spawnSync(process.execPath, args, { encoding: 'utf8', env: environment, cwd: project });
}

function write(file: string, content: unknown): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('what is installed', () => {
  const wanted = {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/@s/b': { version: '2.0.0' },
    'node_modules/only-on-mac': { version: '1.0.0', optional: true },
    'node_modules/left-over': { version: '1.0.0', extraneous: true },
  };
  const installed = {
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/@s/b': { version: '2.0.0' },
  };

  function reason(present: object | undefined): string {
    write('package-lock.json', { packages: wanted });
    mkdirSync(join(project, 'node_modules/a/node_modules/@s/b'), { recursive: true });
    if (present) write('node_modules/.package-lock.json', { packages: present });
    const lines = `console.log(reasonToInstall(${JSON.stringify(project)}) ?? 'complete');`;
    return run('installed.mjs', 'reasonToInstall', lines).stdout.trim();
  }

  it('is complete when every package is there in its version, but for those of other machines and left-overs', () => {
    expect(reason(installed)).toBe('complete');
  });

  it('is incomplete, with a reason, when a package is missing, of another version, or removed by hand', () => {
    expect(reason(undefined)).toBe('nothing is installed yet');
    expect(reason({ 'node_modules/a': { version: '1.0.0' } })).toBe('@s/b 2.0.0 is missing');
    expect(reason({ ...installed, 'node_modules/a': { version: '0.9.0' } })).toBe('a is 0.9.0 and should be 1.0.0');
    expect(reason({ ...installed, 'node_modules/only-on-mac': { version: '0.1.0' } })).toMatch(/only-on-mac is 0.1.0/);
    rmSync(join(project, 'node_modules/a'), { recursive: true });
    write('node_modules/.package-lock.json', { packages: installed });
    const lines = `console.log(reasonToInstall(${JSON.stringify(project)}));`;
    expect(run('installed.mjs', 'reasonToInstall', lines).stdout).toBe('the folder of a is gone\n');
  });

  it('cannot be told without a lockfile, which is said in a sentence', () => {
    const { status, stderr } = run('installed.mjs', 'reasonToInstall', `reasonToInstall(${JSON.stringify(project)});`);
    expect([status, stderr]).toEqual([
      2,
      'package-lock.json is missing or damaged. Get it back from the repository.\n',
    ]);
  });
});

it('refuses a Node that is too old, and accepts the least one and later ones', () => {
  const outcome = (version: string) => run('node-version.mjs', 'requireNode', `requireNode('${version}');`);
  expect(outcome('20.18.3').status).toBe(2);
  expect(outcome('20.18.3').stderr).toContain('needs Node 20.19 or later, and this is Node 20.18.3.');
  for (const version of ['20.19.0', '22.0.0', '24.1.0']) expect(outcome(version).status).toBe(0);
});

describe('two starts at once', () => {
  it('prepare one after the other, also when an earlier one was killed in the middle', async () => {
    const dead = spawn('true');
    await once(dead, 'exit');
    write('.local/setup.lock', String(dead.pid));
    // Each writes that it begins and that it ends, with time in between in which the other could come in.
    const code = `import { appendFileSync } from 'node:fs';
      import { alone } from ${JSON.stringify(join(SETUP, 'setup-lock.mjs'))};
      await alone('.local/setup.lock', async () => {
        appendFileSync('journal', 'begin ');
        await new Promise((resolve) => setTimeout(resolve, 200));
        appendFileSync('journal', 'end ');
      });`;
    const start = () =>
      spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: project, env: environment });
    const ends = await Promise.all([start(), start(), start()].map((child) => once(child, 'exit')));
    expect(ends.map(([status]) => status as number)).toEqual([0, 0, 0]);
    expect(readFileSync(join(project, 'journal'), 'utf8')).toBe('begin end begin end begin end ');
    expect(existsSync(join(project, '.local/setup.lock'))).toBe(false);
  });
});

it('runs a program as if it were started itself: arguments, output, exit code', () => {
  write('program.js', 'console.log(process.argv.slice(2).join(" ")); process.exit(7);');
  const { status, stdout } = run(
    'run-program.mjs',
    'becomeProgram',
    `await becomeProgram('program.js', ['--a', 'b c']);`,
  );
  expect([status, stdout]).toEqual([7, '--a b c\n']);
});

it('hands SIGTERM on to the program and ends as it ends', async () => {
  write(
    'program.js',
    `process.on('SIGTERM', () => process.exit(5)); console.log('ready'); setInterval(() => {}, 1000);`,
  );
  const code = `import { becomeProgram } from ${JSON.stringify(join(SETUP, 'run-program.mjs'))}; await becomeProgram('program.js', []);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: project, env: environment });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([5, null]);
});
