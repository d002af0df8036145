import { createHash } from 'node:crypto';
import { detect } from '../../personal-data';
import type { Figure } from '../bench';
import { round } from '../bench';
import type { LabelledCase } from './labelled-case';

const MEGABYTE = 1_000_000;
const ROUNDS = 5;

/** Megabytes of text a second of processor time, what memory does over several rounds, and whether answers stay the same. */
export function* speedFigures(cases: LabelledCase[]): Iterable<Figure> {
  const bytes = cases.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const repeats = Math.ceil(MEGABYTE / bytes);
  const answers = new Set<string>();
  const seconds: number[] = [];
  const memory: number[] = [];
  for (let turn = 0; turn <= ROUNDS; turn += 1) {
    const began = process.cpuUsage();
    const hash = createHash('sha256');
    for (let repeat = 0; repeat < repeats; repeat += 1)
      for (const { text, register } of cases) hash.update(JSON.stringify(detect(text, register)));
    const { user, system } = process.cpuUsage(began);
    answers.add(hash.digest('hex'));
    // The first round warms up.
    if (turn > 0) seconds.push((user + system) / 1e6);
    memory.push(process.memoryUsage().rss / MEGABYTE);
  }
  const size = (bytes * repeats) / MEGABYTE;
  yield {
    what: 'text read by detection',
    value: round(size / Math.min(...seconds)),
    unit: 'MB a second of processor time',
    detail: { megabytes: round(size), rounds: ROUNDS, must: 1, order: 'at least' },
  };
  yield {
    what: 'memory of the process after the last round over that after the first',
    value: round(memory.at(-1)! / memory[0]!),
    unit: 'times',
    detail: { first: Math.round(memory[0]!), last: Math.round(memory.at(-1)!), unit: 'MB' },
  };
  yield { what: 'different answers in all rounds', value: answers.size, unit: 'answers', detail: { must: 1 } };
}
