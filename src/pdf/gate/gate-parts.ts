import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { JudgedHit, LeakCheck, LeakFinding, LeakReport } from '../../contracts';
import { CHECKS } from './checks';

/** What one part of the gate found: some pages, or the file as a whole. Plain data, so that a part can run in another process. */
export interface GatePart {
  pages: number;
  checks: LeakCheck[];
  findings: LeakFinding[];
  judged: JudgedHit[];
  /** How often a term was found on these pages, however that was judged. */
  shown: [term: number, times: number][];
  /** How often the content streams hold a term as text to show: more often than the pages do is a leak. */
  streamed?: [term: number, times: number][];
  /** Pages that a reading program is to read. */
  toRead?: number[];
}

/** Puts the parts of one file together. A check that no part carried out fails. */
export function reportOf(sha256: string, parts: readonly GatePart[]): LeakReport {
  const checks = new Map<string, LeakCheck>();
  for (const check of parts.flatMap((part) => part.checks)) {
    const known = checks.get(check.name);
    if (!known || worse(check, known)) checks.set(check.name, { ...check });
  }
  const findings = [...parts.flatMap((part) => part.findings), ...unseen(parts)];
  const unpainted = checks.get('unpainted-text');
  if (unpainted && findings.some(({ check }) => check === 'unpainted-text')) unpainted.verdict = 'fail';
  for (const name of CHECKS) {
    if (checks.has(name)) continue;
    checks.set(name, { name, engine: 'none', version: '', verdict: 'fail', reason: 'The check never ran.' });
  }
  const all = [...checks.values()];
  return {
    verdict: all.every((check) => check.verdict !== 'fail') ? 'pass' : 'fail',
    pages: Math.max(0, ...parts.map((part) => part.pages)),
    sha256,
    checks: all,
    findings,
    judged: parts.flatMap((part) => part.judged),
  };
}

/** The hash of a file, read piece by piece. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

const ORDER = ['skipped', 'pass', 'fail'];

function worse(check: LeakCheck, known: LeakCheck): boolean {
  return ORDER.indexOf(check.verdict) > ORDER.indexOf(known.verdict);
}

/** Content streams that hold a text more often than the pages show it: it is in a form or pattern that nothing paints. */
function unseen(parts: readonly GatePart[]): LeakFinding[] {
  const shown = sum(parts.flatMap((part) => part.shown));
  const streamed = sum(parts.flatMap((part) => part.streamed ?? []));
  return [...streamed]
    .filter(([term, times]) => times > (shown.get(term) ?? 0))
    .map(([term]) => ({
      check: 'unpainted-text',
      engine: 'object-scan',
      message: 'A content stream that no page paints holds a text that must be gone.',
      term,
    }));
}

function sum(counts: readonly (readonly [number, number])[]): Map<number, number> {
  const total = new Map<number, number>();
  for (const [term, times] of counts) total.set(term, (total.get(term) ?? 0) + times);
  return total;
}

/** The part of a share that could not be carried out: its process was stopped or died. */
export function failedPart(why: string): GatePart {
  const check = { name: 'readable', engine: 'gate', version: '2.0.0' };
  const message = `A part of the file could not be judged: ${why}`;
  return {
    pages: 0,
    checks: [{ ...check, verdict: 'fail' }],
    findings: [{ check: check.name, engine: check.engine, message }],
    judged: [],
    shown: [],
  };
}
