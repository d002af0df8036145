import { existsSync, readFileSync } from 'node:fs';
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
    // An optional package that is absent was left out by npm for this machine.
    if (!isInstalledByNpm(path, entry) || (entry.optional && !present[path])) continue;
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
  const wanted = Object.entries(packagesOf(join(root, 'package-lock.json')))
    .filter(([path, entry]) => isInstalledByNpm(path, entry) && !entry.optional)
    .map(([path]) => join(root, path, 'package.json'));
  say(`Installing the packages of package-lock.json with npm ci (one to four minutes), because ${reason}.`);
  const finish = showProgress(() => `${wanted.filter(existsSync).length} of ${wanted.length} packages in place`);
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const code = await runProgram('npm', args, { cwd: root, stdio: ['ignore', 2, 2] });
  const seconds = finish();
  if (code !== 0) {
    const sentence = `The packages could not be installed: npm ci ended with code ${code}.`;
    giveUp(`${sentence} Its own words are above; check the network and the registry.`, 1);
  }
  const still = reasonToInstall(root);
  say(`  Installed in ${seconds} s.${still ? ` npm is content, although ${still}.` : ''}`);
}

/** The empty path is the project itself; what npm calls extraneous stands in the lockfile and is not installed. */
const isInstalledByNpm = (path, entry) => path !== '' && !entry.link && !entry.extraneous;

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
