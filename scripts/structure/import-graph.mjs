import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const STATEMENT = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+\s+from\s+)?['"]([^'"]+)['"]/gm;
const CALL = /\b(?:import|require(?:\.resolve)?)\(\s*['"](\.[^'"]+)['"]/g;

/** The project's files that a file imports. `typeOnly`: gone after compilation; `lazy`: loaded when the line is run. */
export function readImports(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [];
  for (const [, typeOnly, path] of text.matchAll(STATEMENT)) {
    if (path.startsWith('.')) found.push({ path, typeOnly: typeOnly !== undefined, lazy: false });
  }
  for (const [, path] of text.matchAll(CALL)) found.push({ path, typeOnly: false, lazy: true });
  return found.flatMap(({ path, ...kind }) => {
    const target = resolveFile(root, join(dirname(file), path));
    return target ? [{ target, ...kind }] : [];
  });
}

function resolveFile(root, path) {
  const candidates = [
    path,
    `${path}.ts`,
    path.replace(/\.js$/, '.ts'),
    `${path}/index.ts`,
    `${path}.mjs`,
    `${path}.json`,
  ];
  const found = candidates.find((name) => existsSync(join(root, name)) && statSync(join(root, name)).isFile());
  return found && relative('.', found);
}

/** The first circle of imports that are run at loading, as a path that ends where it began. */
export function findCycle(imports) {
  const done = new Set();
  const path = [];
  const visit = (file) => {
    if (done.has(file)) return undefined;
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    path.push(file);
    for (const { target, typeOnly, lazy } of imports.get(file) ?? []) {
      const cycle = typeOnly || lazy ? undefined : visit(target);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return undefined;
}
