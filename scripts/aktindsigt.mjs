import { join } from 'node:path';
import { ensureReady, root } from './ensure-installed.mjs';
import { becomeProgram } from './setup/run-program.mjs';

// Nothing of the preparation reaches stdout, which carries the command's JSON.
await ensureReady();
await becomeProgram(join(root, 'dist', 'cli.js'));
