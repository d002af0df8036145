import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.mjs';
import { giveUp, say, showProgress } from './say.mjs';

const SETTINGS = ['package-lock.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'tsconfig.client.json'];

/** Builds when a source is not the one that was built last: compared by path, size and time of change. */
export async function ensureBuilt(root) {
  const stamp = join(root, 'dist', '.built');
  const sources = describeSources(root);
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (built === sources) return;
  say(built === '' ? 'Building the program.' : 'Building the program again, because its sources changed.');
  // What was compiled from a file that is gone would stay and could still be loaded.
  if (pathsIn(built).some((path) => !pathsIn(sources).includes(path))) {
    rmSync(join(root, 'dist'), { recursive: true, force: true });
  }
  rmSync(stamp, { force: true });
  const finish = showProgress(() => 'compiling');
  for (const args of buildSteps(root)) {
    const code = await runProgram(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
    if (code === 0) continue;
    finish();
    giveUp(`The program could not be built (code ${code}). The compiler's findings are above.`, 1);
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, sources);
  say(`  Built in ${finish()} s.`);
}

function buildSteps(root) {
  const steps = [[join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build']];
  if (existsSync(join(root, 'tsconfig.client.json'))) {
    steps.push([join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.client.json']);
  }
  return steps;
}

/** One line a source file: path, size, time of change. Specs are not built. */
function describeSources(root) {
  const files = readdirSync(join(root, 'src'), { recursive: true })
    .map((name) => join('src', name))
    .filter((name) => !name.endsWith('.spec.ts'))
    .concat(SETTINGS.filter((name) => existsSync(join(root, name))));
  const lines = [];
  for (const name of files.sort()) {
    const found = statSync(join(root, name));
    if (found.isFile()) lines.push(`${name}\t${found.size}\t${found.mtimeMs}`);
  }
  return lines.join('\n');
}

const pathsIn = (description) => description.split('\n').flatMap((line) => (line ? [line.split('\t')[0]] : []));
