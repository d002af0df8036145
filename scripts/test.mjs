import { join } from 'node:path';
import { ensureReady, root } from './ensure-installed.mjs';
import { hasBrowser, missingPrograms } from './setup/optional-programs.mjs';
import { runProgram } from './setup/run-program.mjs';
import { giveUp, say } from './setup/say.mjs';

const USE = `npm test                                  everything: style, types, unit, integration, browser
npm test -- --parts=unit,integration      some of: style, types, unit, integration, browser
npm test -- src/law                       further arguments go to jest (then without style and types)`;

// What a failed test leaves running must not keep the whole run waiting.
const ONE_BY_ONE = ['--runInBand', '--forceExit'];
const JEST_PARTS = { unit: ['--maxWorkers=2'], integration: ONE_BY_ONE, browser: ONE_BY_ONE };
/** In CI a part that hangs is ended while there is time left to say so. */
const LONGEST_PART_MINUTES = { style: 10, types: 10, unit: 20, integration: 45, browser: 20 };
const ALL = ['style', 'types', ...Object.keys(JEST_PARTS)];

const given = process.argv.slice(2);
if (given.includes('--help')) giveUp(USE, 0);
const jestArguments = given.filter((argument) => !argument.startsWith('--parts='));
const parts = chooseParts(given.find((argument) => argument.startsWith('--parts=')));
const strict = isTrue(process.env.CI);

let interruptedBy;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (interruptedBy = signal));

await ensureReady();
const missing = missingPrograms();
const outcomes = [];
for (const part of parts) {
  if (part === 'browser' && !hasBrowser() && !strict) {
    outcomes.push([part, 'not run, because there is no chromium on this machine']);
    continue;
  }
  say(`\n=== ${part}`);
  const started = Date.now();
  const passed = await runPart(part);
  outcomes.push([part, `${passed ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s`, passed]);
  if (interruptedBy) break;
}
report();

async function runPart(part) {
  if (part === 'style') return (await style()).every((code) => code === 0);
  if (part === 'types') return (await tool('typescript/bin/tsc', ['-p', 'tsconfig.test.json'], 'types')) === 0;
  const args = ['--selectProjects', part, ...JEST_PARTS[part], ...(strict ? ['--ci'] : []), ...jestArguments];
  if (jestArguments.length > 0) args.push('--passWithNoTests');
  // Packages that are ES modules only are imported by tests in jest's own module registry.
  const options = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`;
  return (await tool('jest/bin/jest.js', args, part, { NODE_OPTIONS: options.trim() })) === 0;
}

async function style() {
  return [
    await tool('eslint/bin/eslint.js', ['.'], 'style'),
    await tool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.'], 'style'),
    await runProgram(process.execPath, [join(root, 'scripts', 'check-structure.mjs')], { cwd: root }),
  ];
}

function tool(file, args, part, environment = {}) {
  const env = { ...process.env, ...environment };
  const limitMs = strict ? LONGEST_PART_MINUTES[part] * 60_000 : undefined;
  return runProgram(process.execPath, [join(root, 'node_modules', file), ...args], { cwd: root, env, limitMs });
}

function chooseParts(argument) {
  if (argument === undefined) return jestArguments.length > 0 ? Object.keys(JEST_PARTS) : ALL;
  const chosen = argument.slice('--parts='.length).split(',');
  const unknown = chosen.filter((part) => !ALL.includes(part));
  if (unknown.length > 0) giveUp(`There is no part ${unknown.join(', ')}. The parts are ${ALL.join(', ')}.\n${USE}`);
  return chosen;
}

function report() {
  say(`\nNode ${process.versions.node}`);
  for (const [part, outcome] of outcomes) say(`  ${part}: ${outcome}`);
  if (missing.length > 0) say(`What needs these programs was left out or done in the simpler way:`);
  for (const sentence of missing) say(`  ${sentence}`);
  if (strict && missing.length > 0) say('With CI set, a missing program is a failure.');
  if (interruptedBy) say(`It was ended by ${interruptedBy} before every part had run.`);
  const failed = interruptedBy || outcomes.some(([, , passed]) => passed === false) || (strict && missing.length > 0);
  process.exit(failed ? 1 : 0);
}

function isTrue(value) {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
