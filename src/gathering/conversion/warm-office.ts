import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { type Isolation, UnreadableFile } from './conversion-result';
import { give, MODERN_FILTERS, OfficeFailure, pdfFilter, takeResult } from './libre-office';
import type { OfficeTask } from './office';
import { writeOfficeProfile } from './office-profile';
import type { Sandbox } from './office-sandbox';

/**
 * Runs shut in. LibreOffice is started with an empty document, so that it stays; what is started after it with the same
 * profile hands its document over and waits. One line in is one document, one line out says that it is done.
 */
const SCRIPT = `
program=$1; profile=$2
office() { "$program" "-env:UserInstallation=file://$profile" --headless --nologo --nodefault --norestore --nolockcheck "$@" </dev/null >/dev/null 2>&1; }
start() {
  touch "$profile/started"; office private:factory/swriter & warm=$!
  tries=0
  while [ $tries -lt 150 ] && kill -0 $warm 2>/dev/null && [ -z "$(find /tmp -maxdepth 1 -name 'OSL_PIPE_*' -newer "$profile/started" 2>/dev/null)" ]; do sleep 0.1; tries=$((tries+1)); done
}
start
while IFS='|' read -r folder file filter reader; do
  kill -0 $warm 2>/dev/null || start
  if [ -n "$reader" ]; then office "--infilter=$reader" --convert-to "$filter" --outdir "$folder/out" "$folder/$file"
  else office --convert-to "$filter" --outdir "$folder/out" "$folder/$file"; fi
  echo "$folder"
done
`;

/** A LibreOffice that is running and waits for documents, one at a time. */
export class WarmOffice {
  /** How many documents it has had. */
  documents = 0;
  /** Whose documents it has had. */
  holder: string | undefined;
  private hasEnded = false;

  private constructor(
    private readonly folder: string,
    private readonly sandbox: Sandbox,
    private readonly child: ChildProcess,
    private readonly lines: Interface,
  ) {
    child.on('exit', () => (this.hasEnded = true));
    child.on('error', () => (this.hasEnded = true));
    // A program that has died is told by its end; a broken pipe adds nothing.
    child.stdin!.on('error', () => undefined);
  }

  static async start(program: string, parentFolder: string, sandbox: Sandbox): Promise<WarmOffice> {
    const folder = await mkdtemp(join(parentFolder, 'kontor-'));
    const profile = `profile-${basename(folder)}`;
    await mkdir(join(folder, 'home'));
    await writeOfficeProfile(join(folder, profile));
    if (sandbox.owner !== undefined) await give(folder, sandbox.owner);
    const inside = sandbox.inside(folder);
    const home = `${inside}/home`;
    const [command, ...args] = sandbox.wrap(folder, ['sh', '-c', SCRIPT, 'sh', program, `${inside}/${profile}`]);
    const env = { PATH: process.env.PATH, HOME: home, TMPDIR: home, LANG: 'C.UTF-8', SAL_USE_VCLPLUGIN: 'svp' };
    const child = spawn(command!, args, { detached: true, stdio: ['pipe', 'pipe', 'ignore'], env });
    return new WarmOffice(folder, sandbox, child, createInterface({ input: child.stdout! }));
  }

  get alive(): boolean {
    return !this.hasEnded && this.child.pid !== undefined;
  }

  /** @throws UnreadableFile `timeout`; OfficeFailure without a result; the signal's reason */
  async convert(task: OfficeTask): Promise<Isolation> {
    this.documents += 1;
    this.holder = task.holder;
    const folder = await mkdtemp(join(this.folder, 'job-'));
    try {
      const file = `document.${task.extension}`;
      await mkdir(join(folder, 'out'));
      await writeFile(join(folder, file), task.document);
      if (this.sandbox.owner !== undefined) await give(folder, this.sandbox.owner);
      const inside = `${this.sandbox.inside(this.folder)}/${basename(folder)}`;
      const filter = task.target === 'pdf' ? pdfFilter(task.extension) : MODERN_FILTERS[task.target];
      const reader = task.extension === 'html' ? 'HTML (StarWriter)' : '';
      await this.say([inside, file, filter, reader].join('|'), inside, task);
      await takeResult(join(folder, 'out', `document.${task.target}`), task.outPath, task.extension);
      return this.sandbox.isolation;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private say(line: string, answer: string, { timeoutMs, signal }: OfficeTask): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.lines.off('line', onLine);
        this.child.off('exit', onExit);
        act();
      };
      const onLine = (heard: string) => {
        if (heard === answer) settle(resolve);
      };
      const onExit = () => settle(() => reject(new OfficeFailure('LibreOffice ended during a document.')));
      const onAbort = () => settle(() => reject(signal.reason as Error));
      const timer = setTimeout(() => settle(() => reject(new UnreadableFile('timeout'))), timeoutMs);
      if (signal.aborted) return onAbort();
      if (!this.alive) return onExit();
      signal.addEventListener('abort', onAbort, { once: true });
      this.lines.on('line', onLine);
      this.child.on('exit', onExit);
      this.child.stdin!.write(`${line}\n`);
    });
  }

  /** Kills the program with everything it started, and removes what it left. */
  async stop(): Promise<void> {
    const { pid } = this.child;
    const gone = this.hasEnded ? Promise.resolve() : new Promise((resolve) => this.child.once('exit', resolve));
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
    if (pid !== undefined) await gone;
    this.lines.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
