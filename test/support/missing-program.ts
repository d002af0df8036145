import { spawnSync } from 'node:child_process';

const FOLDERS = ['/usr/bin', '/usr/local/bin', '/usr/sbin', '/bin'];

/**
 * True when a program that a test needs is not on this machine: the test says loudly what it leaves out. In CI nothing
 * optional may be missing, so there it throws.
 */
export function missingProgram(program: string, what: string): boolean {
  const found =
    spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH: [process.env.PATH, ...FOLDERS].join(':') } })
      .status === 0;
  if (found) return false;
  if (process.env.CI)
    throw new Error(`${program} is missing, and in CI ${what} must be tested. Install it as the README says.`);
  process.stderr.write(`\n*** NOT TESTED: ${what}, since ${program} is not installed. ***\n`);
  return true;
}
