/** From the ground up; a folder may import its own files and those of the floors below it. */
const GROUND = ['personal-data', 'pdf', 'digital-post', 'records', 'law'];
const FLOORS = [
  ['contracts'],
  GROUND,
  ['platform'],
  ['identity'],
  ['requests'],
  ['overview'],
  ['gathering'],
  ['redaction'],
  ['decisions'],
  ['delivery'],
  ['web'],
  ['cli'],
  // The files that stand directly in src: they put the rest together.
  ['entrance'],
];

const floorOf = (folder) => FLOORS.findIndex((folders) => folders.includes(folder));

/** The folder below src; `entrance` for a file that stands directly in src (`main.ts`, `app.module.ts`). */
function folderOf(file) {
  const [top, second, ...below] = file.split('/');
  if (top !== 'src') return top;
  return below.length === 0 ? 'entrance' : second;
}

/** Why a file may not import another; undefined when it may. */
export function forbiddenImport(file, target) {
  const isTest = file.endsWith('.spec.ts') || file.startsWith('test/');
  const from = folderOf(file);
  const to = folderOf(target);
  if (from === to || isTest || from === 'scripts') return undefined;
  // The demo and the benchmarks start the whole system with its stand-ins around it.
  if (file.startsWith('src/sandbox/demo/') || (from === 'bench' && to !== 'test')) return undefined;
  if (to === 'test' || to === 'scripts') return 'the program does not import tests or scripts.';
  if (to === 'bench') return 'nothing stands on the benchmarks.';
  if (to === 'sandbox') return 'the stand-ins are for tests and the demo only.';
  if (from === 'sandbox') {
    return to === 'contracts' || GROUND.includes(to)
      ? undefined
      : 'a stand-in imports contracts and ground libraries only.';
  }
  if (floorOf(from) < 0) return `the folder ${from} has no place in the house plan; give it one in house-plan.mjs.`;
  if (floorOf(to) < 0) return `the folder ${to} has no place in the house plan; give it one in house-plan.mjs.`;
  if (GROUND.includes(from) && GROUND.includes(to))
    return 'ground libraries do not know each other; share a type in contracts.';
  if (floorOf(to) >= floorOf(from)) return `imports point down, and ${to} stands above ${from}.`;
  return undefined;
}

/** A way from a web file to a job processor over imports that are loaded; undefined when there is none. */
export function reachesProcessor(imports) {
  const starts = [...imports.keys()].filter((file) => file.startsWith('src/web/') && !file.endsWith('.spec.ts'));
  const cameFrom = new Map(starts.map((file) => [file, undefined]));
  const queue = [...starts];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    if (file.endsWith('.processor.ts')) return wayTo(file, cameFrom);
    for (const { target, typeOnly } of imports.get(file) ?? []) {
      if (typeOnly || cameFrom.has(target)) continue;
      cameFrom.set(target, file);
      queue.push(target);
    }
  }
  return undefined;
}

function wayTo(file, cameFrom) {
  const way = [];
  for (let step = file; step !== undefined; step = cameFrom.get(step)) way.unshift(step);
  return way;
}
