import { existsSync } from 'node:fs';
import { errorFromChild, PdfCrashError, PdfError, PdfTimeoutError, PdfTooLargeError } from './errors';
import { compiledFile, ForkedChild, type ProcessLimits } from './forked-child';
import type { JobName, JobReply, JobRequest, Jobs } from './jobs';

const POLL_MS = 50;

function childFile(): string {
  const file = compiledFile(__dirname, 'child.js');
  if (!existsSync(file))
    throw new PdfError(`The PDF engine is not compiled (${file} is missing): run "npm run build".`);
  return file;
}

/** One child that runs one job at a time, watched by its parent, which kills it when it exceeds its limits. */
export class EngineChild extends ForkedChild {
  private nextId = 1;

  constructor() {
    super(childFile());
  }

  run<N extends JobName>(name: N, args: Jobs[N]['args'], limits: ProcessLimits): Promise<Jobs[N]['result']> {
    const request: JobRequest = { id: this.nextId++, name, args };
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearInterval(watch);
        this.process.off('message', onMessage);
        this.process.off('exit', onExit);
        act();
      };
      const onMessage = (reply: JobReply) => {
        if (reply.id !== request.id) return;
        settle(() =>
          reply.ok
            ? resolve(reply.result as Jobs[N]['result'])
            : reject(errorFromChild(reply.error.name, reply.error.message)),
        );
      };
      const onExit = (code: number | null, signal: NodeJS.Signals | null) =>
        settle(() =>
          reject(new PdfCrashError(`The PDF process ended (${signal ?? `code ${code}`}) during the job "${name}".`)),
        );
      const giveUp = (error: PdfError) =>
        settle(() => {
          this.kill();
          reject(error);
        });
      const watch = this.watch(name, limits, giveUp);
      this.process.on('message', onMessage);
      this.process.once('exit', onExit);
      this.process.send(request, (error) => {
        if (error) giveUp(new PdfCrashError(`The PDF process could not be reached for the job "${name}".`));
      });
    });
  }

  private watch(name: string, limits: ProcessLimits, giveUp: (error: PdfError) => void): NodeJS.Timeout {
    const started = Date.now();
    return setInterval(() => {
      if (Date.now() - started > limits.timeoutMs) {
        giveUp(new PdfTimeoutError(`The job "${name}" took longer than ${limits.timeoutMs} ms and was stopped.`));
        return;
      }
      void this.residentBytes().then((bytes) => {
        if (bytes <= limits.maxResidentBytes) return;
        const allowed = Math.round(limits.maxResidentBytes / 2 ** 20);
        giveUp(new PdfTooLargeError(`The job "${name}" needed more than ${allowed} MiB of memory and was stopped.`));
      });
    }, POLL_MS);
  }
}
