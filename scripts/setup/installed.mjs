import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.mjs';
import { giveUp, say, showProgress } from './say.mjs';

/** Why what is installed is not what the lockfile says; undefined when it is. */
export function reasonToInstall(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (wanted === undefined) giveUp('package-lock.json is missing or damaged. Get it back from the repository.');
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (present === undefined) return 'nothing is installed yet';
  for (const [path, entry] of Object.entries(wanted)) {
    // The empty path is the project itself. An optional package that is absent was left out by npm for this machine.
    if (path === '' || entry.link || (entry.optional && !present[path])) continue;
    if (!present[path]) return `${nameOf(path)} ${entry.version} is missing`;
    if (present[path].version !== entry.version) {
      return `${nameOf(path)} is ${present[path].version} and should be ${entry.version}`;
    }
    if (!existsSync(join(root, path))) return `the folder of ${nameOf(path)} is gone`;
  }
  return undefined;
}

/** Runs `npm ci` when something is missing or of another version, and says why. */
export async function ensureInstalled(root) {
  const reason = reasonToInstall(root);
  if (reason === undefined) return;
  const total = Object.keys(packagesOf(join(root, 'package-lock.json'))).filter((path) => path !== '').length;
  say(`Installing the packages of package-lock.json with npm ci (about a minute), because ${reason}.`);
  const finish = showProgress(
    () => `${countPackages(join(root, 'node_modules'))} of at most ${total} packages in place`,
  );
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runProgram('npm', args, { cwd: root, stdio: ['ignore', 2, 2] });
  const seconds = finish();
  const still = code === 0 ? reasonToInstall(root) : undefined;
  if (code !== 0 || still !== undefined) {
    const why = still ?? `npm ci ended with code ${code}`;
    giveUp(
      `The packages could not be installed: ${why}. npm's own words are above; check the network and the registry.`,
      1,
    );
  }
  say(`  Installed in ${seconds} s.`);
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

function countPackages(folder) {
  if (!existsSync(folder)) return 0;
  const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  const scoped = names.filter((name) => name.startsWith('@'));
  const inScopes = scoped.reduce((sum, scope) => sum + readdirSync(join(folder, scope)).length, 0);
  return names.length - scoped.length + inScopes;
}
