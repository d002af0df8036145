import type { JudgedHit, LeakCheck, LeakFinding } from '../../contracts';

/** A finding before it is filed under its check. */
export type RawFinding = Omit<LeakFinding, 'check' | 'engine'> & { grave: boolean };

/** More findings of one check say nothing new. */
const MOST_FINDINGS = 200;
const MOST_JUDGED = 2000;

/** Collects verdicts. An exception inside a check is a failure of that check. */
export class Tally {
  readonly checks: LeakCheck[] = [];
  readonly findings: LeakFinding[] = [];
  readonly judged: JudgedHit[] = [];

  begin(name: string, engine: Pick<LeakCheck, 'engine' | 'version'>): void {
    this.checks.push({ name, ...engine, verdict: 'pass' });
  }

  skip(name: string, reason: string): void {
    Object.assign(this.of(name), { verdict: 'skipped', reason });
  }

  add(name: string, found: readonly RawFinding[]): void {
    const check = this.of(name);
    for (const { grave, ...finding } of found) {
      if (grave) check.verdict = 'fail';
      if (this.findings.filter((known) => known.check === name).length >= MOST_FINDINGS) continue;
      this.findings.push({ check: name, engine: check.engine, ...finding });
    }
  }

  judge(hits: readonly JudgedHit[]): void {
    this.judged.push(...hits.slice(0, Math.max(0, MOST_JUDGED - this.judged.length)));
  }

  async run(
    name: string,
    engine: Pick<LeakCheck, 'engine' | 'version'>,
    check: () => RawFinding[] | Promise<RawFinding[]>,
  ): Promise<void> {
    this.begin(name, engine);
    try {
      this.add(name, await check());
    } catch (error) {
      this.add(name, [{ message: `The check could not be carried out: ${kindOf(error)}.`, grave: true }]);
    }
  }

  /** Runs the checks of one page; what throws fails all of them that were not skipped. */
  async page(names: readonly string[], page: number, checks: () => Promise<void>): Promise<void> {
    try {
      await checks();
    } catch (error) {
      for (const name of names) {
        if (this.of(name).verdict === 'skipped') continue;
        this.add(name, [{ page, message: `The page could not be read: ${kindOf(error)}.`, grave: true }]);
      }
    }
  }

  private of(name: string): LeakCheck {
    const check = this.checks.find((one) => one.name === name);
    if (!check) throw new Error(`The check "${name}" was never begun.`);
    return check;
  }
}

/** The class of an error only: its message may quote the file. */
function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : 'an unknown error';
}
