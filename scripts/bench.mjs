import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureReady, root } from './ensure-installed.mjs';
import { becomeProgram } from './setup/run-program.mjs';
import { giveUp } from './setup/say.mjs';

await ensureReady();
const program = join(root, 'dist', 'bench', 'main.js');
if (!existsSync(program)) giveUp('This version of the program has no benchmarks (dist/bench/main.js was not built).');
await becomeProgram(program);
