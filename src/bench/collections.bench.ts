import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench, Figure } from './bench';
import type { EndState, FileResult } from './collection-file';

const LIMIT_MS = 180_000;

/** PDF files that other programs made, from a folder on this machine: does each end in a state that one can act on? */
export const collectionsBench: Bench = {
  name: 'collections',
  about: 'reads, redacts and verifies every PDF below a folder: npm run bench -- collections FOLDER [AT-MOST]',
  async *run([folder, atMost]): AsyncIterable<Figure> {
    if (!folder) {
      process.stderr.write('collections: no folder was named, so nothing was measured.\n');
      return;
    }
    const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.pdf'))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort()
      .slice(0, Number(atMost ?? Infinity));
    const results = await carryAll(files);
    const states = new Map<EndState, number>();
    for (const { state } of results.values()) states.set(state, (states.get(state) ?? 0) + 1);
    for (const [state, count] of states) {
      yield {
        what: `files that ended as "${state}"`,
        value: count,
        unit: 'files',
        detail: { of: files.length, reasons: reasonsOf(results, state) },
      };
    }
    const pages = [...results.values()].reduce((sum, result) => sum + result.pages, 0);
    const rasterised = [...results.values()].reduce((sum, result) => sum + result.rasterised, 0);
    yield { what: 'pages turned into pictures', value: rasterised, unit: 'pages', detail: { of: pages } };
  },
};

async function carryAll(files: string[]): Promise<Map<string, FileResult>> {
  const results = new Map<string, FileResult>();
  let child: ChildProcess | undefined;
  for (const file of files) {
    child ??= fork(join(__dirname, 'collection-file.js'));
    const result = await carryOne(child, file);
    if (!result) {
      child.kill('SIGKILL');
      child = undefined;
    }
    results.set(file, result ?? { state: 'fault', pages: 0, boxes: 0, rasterised: 0, why: 'no answer: hung or died' });
    const { state, why } = results.get(file) as FileResult;
    process.stderr.write(`${file}: ${state}${why ? ` (${why})` : ''}\n`);
  }
  child?.disconnect();
  return results;
}

/** Undefined when the process said nothing in time, or died. */
async function carryOne(child: ChildProcess, file: string): Promise<FileResult | undefined> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), LIMIT_MS);
  try {
    const answer = once(child, 'message', { signal: limit.signal });
    const death = once(child, 'exit', { signal: limit.signal }).then(() => [undefined]);
    child.send(file);
    return (await Promise.race([answer, death]))[0] as FileResult | undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}

function reasonsOf(results: Map<string, FileResult>, state: EndState): Record<string, number> {
  const reasons: Record<string, number> = {};
  for (const result of results.values())
    if (result.state === state && result.why) reasons[result.why] = (reasons[result.why] ?? 0) + 1;
  return reasons;
}
