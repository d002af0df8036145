import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc (USER_HZ), the same on every Linux for x64. */
const TICKS = 100;

/** This process and all that live below it. Linux only. */
export function processFamily(): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? fieldsOf(Number(name))?.[1] : undefined;
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isOurs = (pid: number | undefined): boolean =>
    pid === process.pid || (pid !== undefined && pid > 1 && isOurs(parents.get(pid)));
  return [...parents.keys()].filter(isOurs);
}

/** Seconds of processor time that work took in this process and all below it, also in those that ended meanwhile. */
export async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = cpuOfFamily();
  await work();
  return cpuOfFamily() - before;
}

/** A process that has ended counts with its parent (cutime, cstime), as long as the parent waited for it. */
function cpuOfFamily(): number {
  const ticks = processFamily().map((pid) => {
    const times = fieldsOf(pid)?.slice(11, 15).map(Number) ?? [];
    return times.reduce((sum, time) => sum + time, 0);
  });
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS;
}

/** The fields of /proc/PID/stat behind the name of the program; undefined when the process is gone. */
function fieldsOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
