import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureReady, root } from './ensure-installed.mjs';
import { becomeProgram } from './setup/run-program.mjs';
import { giveUp } from './setup/say.mjs';

const USE = `npm run train:names [-- CORPORA [OUT] [--development]]   trains the name model from the corpora and writes models/names.da.bin

CORPORA is the folder with uner_ddt, os2datascanner, dacy_names and dawa; else CORPORA_DIR, else ../shared/corpora.
OUT is another file for the model, to compare with. --development leaves the development sentences out and measures on them. docs/detection.md says where the corpora come from.`;

const asked = process.argv.slice(2);
if (asked.includes('--help')) giveUp(USE, 0);
const given = asked.filter((argument) => argument !== '--development');
const mode = asked.includes('--development') ? ['--development'] : [];
const corpora = resolve(given[0] ?? process.env.CORPORA_DIR ?? join(root, '..', 'shared', 'corpora'));
for (const part of ['uner_ddt', 'os2datascanner', 'dacy_names', 'dawa']) {
  if (!existsSync(join(corpora, part))) {
    giveUp(`The name model cannot be trained: there is no folder ${part} in ${corpora}.\n\n${USE}`, 2);
  }
}

await ensureReady();
const out = resolve(given[1] ?? join(root, 'models', 'names.da.bin'));
await becomeProgram(join(root, 'dist', 'personal-data', 'names', 'training', 'main.js'), [corpora, out, ...mode]);
