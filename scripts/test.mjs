import { join } from 'node:path';
import { ensureReady, root } from './ensure-installed.mjs';
import { hasBrowser, missingPrograms } from './setup/optional-programs.mjs';
import { runProgram } from './setup/run-program.mjs';
import { giveUp, say } from './setup/say.mjs';

const USE = `npm test                                  everything: style, types, unit, integration, browser
npm test -- --parts=unit,integration      some of: style, types, unit, integration, browser
npm test -- src/law                       further arguments go to jest (then without style and types)`;

const JEST_PARTS = { unit: ['--maxWorkers=2'], integration: ['--runInBand'], browser: ['--runInBand'] };
const ALL = ['style', 'types', ...Object.keys(JEST_PARTS)];

const given = process.argv.slice(2);
if (given.includes('--help')) giveUp(USE, 0);
const jestArguments = given.filter((argument) => !argument.startsWith('--parts='));
const parts = chooseParts(given.find((argument) => argument.startsWith('--parts=')));
const strict = isTrue(process.env.CI);

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
}
report();

async function runPart(part) {
  if (part === 'style') return (await style()).every((code) => code === 0);
  if (part === 'types') return (await tool('typescript/bin/tsc', ['-p', 'tsconfig.test.json'])) === 0;
  const args = ['--selectProjects', part, ...JEST_PARTS[part], ...(strict ? ['--ci'] : []), ...jestArguments];
  if (jestArguments.length > 0) args.push('--passWithNoTests');
  // Packages that are ES modules only are imported by tests in jest's own module registry.
  const options = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`;
  return (await tool('jest/bin/jest.js', args, { NODE_OPTIONS: options.trim() })) === 0;
}

async function style() {
  return [
    await tool('eslint/bin/eslint.js', ['.']),
    await tool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
    await runProgram(process.execPath, [join(root, 'scripts', 'check-structure.mjs')], { cwd: root }),
  ];
}

function tool(file, args, environment = {}) {
  const env = { ...process.env, ...environment };
  return runProgram(process.execPath, [join(root, 'node_modules', file), ...args], { cwd: root, env });
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
  const failed = outcomes.some(([, , passed]) => passed === false) || (strict && missing.length > 0);
  process.exit(failed ? 1 : 0);
}

function isTrue(value) {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
