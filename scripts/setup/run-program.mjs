import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { giveUp, say } from './say.mjs';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const KILLED_AFTER_MS = 15_000;

/**
 * Runs a program with our terminal, hands signals on to it, and resolves to its exit code. With `limitMs` it is ended
 * when it takes longer.
 */
export function runProgram(command, args, { limitMs, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const endings = limitMs === undefined ? [] : endAfter(child, limitMs);
    const handlers = FORWARDED.map((signal) => {
      // Ctrl-C at a terminal reaches the whole group already; a second SIGINT would cut the program's shutdown short.
      const handler = () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
      process.on(signal, handler);
      return [signal, handler];
    });
    child.once('error', (error) => giveUp(`${command} could not be started: ${error.message}`, 1));
    child.once('exit', (code, signal) => {
      for (const [name, handler] of handlers) process.off(name, handler);
      for (const timer of endings) clearTimeout(timer);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

function endAfter(child, limitMs) {
  const end = () => {
    say(`It has taken ${Math.round(limitMs / 60_000)} minutes, which is too long, and is ended.`);
    child.kill('SIGTERM');
  };
  return [setTimeout(end, limitMs), setTimeout(() => child.kill('SIGKILL'), limitMs + KILLED_AFTER_MS)];
}

/** Runs a file of the built program with the arguments of this script, and ends as it ends. */
export async function becomeProgram(file, args = process.argv.slice(2)) {
  process.exit(await runProgram(process.execPath, [file, ...args]));
}
