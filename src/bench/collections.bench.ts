import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench, Figure } from './bench';
import type { EndState, FileResult } from './collection-file';

/** Every job of the engine is stopped after a minute by its parent: a file of which nothing is heard for so long hangs. */
const LIMIT_MS = 600_000;

/**
 * PDF files that other programs made, from a folder on this machine: does each end in a state that one can act on? With a
 * file of results, a run that was stopped goes on where it was: files whose end stands there are not carried again.
 */
export const collectionsBench: Bench = {
  name: 'collections',
  about:
    'reads, redacts and verifies every PDF below a folder: npm run bench -- collections FOLDER [AT-MOST [RESULTS]]',
  async *run([folder, atMost, known]): AsyncIterable<Figure> {
    if (!folder) {
      process.stderr.write('collections: no folder was named, so nothing was measured.\n');
      return;
    }
    const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.pdf'))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort()
      .slice(0, Number(atMost ?? Infinity));
    const results = await carryAll(files, known);
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

async function carryAll(files: string[], known?: string): Promise<Map<string, FileResult>> {
  const results = await resultsIn(known, files);
  let child: ChildProcess | undefined;
  for (const file of files.filter((each) => !results.has(each))) {
    child ??= fork(join(__dirname, 'collection-file.js'));
    const result = await carryOne(child, file);
    if (!result) {
      child.kill('SIGKILL');
      child = undefined;
    }
    const end: FileResult = result ?? {
      state: 'fault',
      pages: 0,
      boxes: 0,
      rasterised: 0,
      why: 'no answer: hung or died',
    };
    results.set(file, end);
    if (known) await appendFile(known, `${JSON.stringify([file, end])}\n`);
    process.stderr.write(`${file}: ${end.state}${end.why ? ` (${end.why})` : ''}\n`);
  }
  child?.disconnect();
  return results;
}

/** What an earlier run wrote down of these files. */
async function resultsIn(known: string | undefined, files: string[]): Promise<Map<string, FileResult>> {
  if (!known) return new Map();
  const lines = (await readFile(known, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  const ends = lines.map((line) => JSON.parse(line) as [string, FileResult]);
  return new Map(ends.filter(([file]) => files.includes(file)));
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
