import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCycle, readImports } from './structure/import-graph.mjs';
import { forbiddenImport, reachesProcessor } from './structure/house-plan.mjs';

/** The house plan: which folder may import which, how long a file may be, what a file may not be called. */
const LONGEST = 400;
const EMPTY_WORDS = /(^|[-.])(utils?|helpers?|commons?|misc|managers?)([-.]|$)/i;

// Another folder can be named, for the tests of this check.
const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'));
const files = ['src', 'test', 'scripts'].flatMap(listCode);
const imports = new Map(files.map((file) => [file, readImports(root, file)]));
const findings = [...files.flatMap(checkFile), ...checkGraph()];

for (const finding of findings) console.error(finding);
if (findings.length > 0) {
  console.error(`The structure has ${findings.length} finding${findings.length === 1 ? '' : 's'}.`);
  process.exit(1);
}
console.log(`The structure is sound: ${files.length} files, imports point down, none over ${LONGEST} lines.`);

function listCode(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|cjs|js)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function checkFile(file) {
  const found = [];
  const lines = readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length;
  if (lines > LONGEST) {
    found.push(`${file} has ${lines} lines; at most ${LONGEST} are allowed. Give its second story a file of its own.`);
  }
  const vague = file.split('/').find((name) => EMPTY_WORDS.test(name));
  if (vague) found.push(`${file}: the name ${vague} says nothing. Name the file or folder after what is in it.`);
  for (const { target } of imports.get(file)) {
    const reason = forbiddenImport(file, target);
    if (reason) found.push(`${file} imports ${target}: ${reason}`);
  }
  return found;
}

function checkGraph() {
  const found = [];
  const cycle = findCycle(imports);
  if (cycle) found.push(`These files import each other in a circle: ${cycle.join(' -> ')}.`);
  const way = reachesProcessor(imports);
  if (way) found.push(`The web must not load a job processor, which would start its worker: ${way.join(' -> ')}.`);
  return found;
}
