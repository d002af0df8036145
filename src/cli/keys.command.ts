import type { Command } from 'commander';
import { KeyFile } from '../platform/keys/key-file';

/** `keys create FILE`: makes a key file when it is missing. */
export function registerKeys(program: Command): void {
  program
    .command('keys')
    .description('Key files.')
    .command('create <file>')
    .description('Makes a random 32-byte key in a file of mode 0600; an existing file is never replaced.')
    .action(async (file: string) => {
      await KeyFile.create(file);
      process.stdout.write(`${file} holds a key. Keep a copy in a safe place: without it nothing can be opened.\n`);
    });
}
