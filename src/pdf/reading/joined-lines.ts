import type { Token } from './page-tokens';
import type { ReadingLine, ReadingRun } from './reading-model';

/** Before these words the hyphen at a line's end belongs to the word: "børne- og ungeområdet". */
const AFTER_HYPHEN = new Set(['og', 'eller', 'samt', 'til']);

/** Lines of words as text: words apart by blanks, lines by blanks, or by `\n` where `breaksAfter` says so. */
export function runsOf(lines: readonly Token[][], breaksAfter: ReadonlySet<number> = new Set()): ReadingLine {
  const runs: ReadingRun[] = [];
  lines.forEach((line, index) => {
    line.forEach(({ run }, at) => {
      if (at > 0) append(runs, run, ' ');
      else if (!joinsBroken(runs.at(-1), run)) append(runs, run, breaksAfter.has(index - 1) ? '\n' : ' ');
    });
  });
  return runs;
}

/** A word that was broken at the end of a line is whole again. */
function joinsBroken(last: ReadingRun | undefined, next: ReadingRun): boolean {
  if (last?.kind !== 'text' || next.kind !== 'text' || Boolean(last.isKept) !== Boolean(next.isKept)) return false;
  if (!/\p{Ll}-$/u.test(last.text) || !/^\p{L}{2,}/u.test(next.text) || AFTER_HYPHEN.has(next.text)) return false;
  // "Lund-" and "Pedersen" keep their hyphen.
  last.text = (/^\p{Ll}/u.test(next.text) ? last.text.slice(0, -1) : last.text) + next.text;
  return true;
}

function append(runs: ReadingRun[], run: ReadingRun, between: string): void {
  const last = runs.at(-1);
  if (!last) {
    runs.push({ ...run });
    return;
  }
  // Several pieces of one removed passage are one thing to hear.
  if (run.kind === 'removed' && last.kind === 'removed' && last.text === run.text) return;
  if (run.kind === last.kind && run.kind === 'text' && Boolean(run.isKept) === Boolean(last.isKept)) {
    last.text += between + run.text;
    return;
  }
  // Blanks belong to the text beside a removed place, and stand alone between two of them.
  if (last.kind === 'text') last.text += between;
  else if (run.kind === 'removed') runs.push({ kind: 'text', text: between });
  runs.push({ ...run, text: last.kind === 'text' || run.kind === 'removed' ? run.text : between + run.text });
}

export function plainText(runs: ReadingLine): string {
  return runs.map((run) => run.text).join('');
}
