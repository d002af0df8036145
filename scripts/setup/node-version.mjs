import { giveUp } from './say.mjs';

const LEAST = [20, 19];

/** Ends with a sentence when Node is older than the program can run on. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return;
  giveUp(
    `Aktindsigt needs Node ${LEAST.join('.')} or later, and this is Node ${version}. ` +
      'Install a newer Node (24 is the maintained one) and run the same command again.',
  );
}
