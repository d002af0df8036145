import { join } from 'node:path';
import { ensureReady, root } from './ensure-installed.mjs';
import { becomeProgram } from './setup/run-program.mjs';

await ensureReady();
await becomeProgram(join(root, 'dist', 'bench', 'main.js'));
