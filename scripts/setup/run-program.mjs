import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { giveUp } from './say.mjs';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program with our terminal, hands signals on to it, and resolves to its exit code. */
export function runProgram(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const handlers = FORWARDED.map((signal) => {
      // Ctrl-C at a terminal reaches the whole group already; a second SIGINT would cut the program's shutdown short.
      const handler = () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
      process.on(signal, handler);
      return [signal, handler];
    });
    child.once('error', (error) => giveUp(`${command} could not be started: ${error.message}`, 1));
    child.once('exit', (code, signal) => {
      for (const [name, handler] of handlers) process.off(name, handler);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** Runs a file of the built program with the arguments of this script, and ends as it ends. */
export async function becomeProgram(file, args = process.argv.slice(2)) {
  process.exit(await runProgram(process.execPath, [file, ...args]));
}
