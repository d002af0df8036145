import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { compiledFile, ForkedChild, type ProcessLimits } from '../../pdf';
import type { AppendTask, ConversionTask, FromChild, OfficeCall, OfficeReply, ToChild } from './child-messages';
import type { ConversionInput } from './conversion-job';
import { type ConversionResult, UnreadableFile } from './conversion-result';
import { OfficeFailure } from './libre-office';
import type { Office } from './office';

/** The child died of a file. */
export class ConversionCrash extends Error {}

const POLL_MS = 100;

function childFile(): string {
  const file = compiledFile(__dirname, 'conversion-child.js');
  if (!existsSync(file)) throw new Error(`The conversion is not compiled (${file} is missing): run "npm run build".`);
  return file;
}

/**
 * A child process that converts one file at a time, watched by its parent, which kills it when it exceeds its limits. The
 * time is that of its own work; waiting for an office program has its own bound.
 */
export class ConversionProcess extends ForkedChild {
  /** How many files it has had. */
  files = 0;

  constructor() {
    super(childFile());
  }

  /** @throws UnreadableFile `timeout` or `too-large` when a limit is reached; ConversionCrash; the signal's reason */
  async convert(
    input: ConversionInput,
    task: ConversionTask,
    office: Office | undefined,
    limits: ProcessLimits,
    signal: AbortSignal,
  ): Promise<ConversionResult> {
    const kind = office === undefined ? 'none' : office.modernises ? 'modernises' : 'lays-out';
    const onCall = (call: OfficeCall) => answerCall(call, task, office, signal);
    const answer = await this.ask({ kind: 'convert', input, task, office: kind }, onCall, limits, signal);
    if (answer.kind !== 'result') throw new ConversionCrash('The conversion process answered something else.');
    return answer.result;
  }

  /** Puts pages of text after a PDF. Throws the same. */
  async append(task: AppendTask, limits: ProcessLimits, signal: AbortSignal): Promise<void> {
    const onCall = () => Promise.reject(new Error('Pages of text need no office program.'));
    await this.ask({ kind: 'append', task }, onCall, limits, signal);
  }

  private ask(
    question: ToChild,
    onCall: (call: OfficeCall) => Promise<OfficeReply>,
    limits: ProcessLimits,
    signal: AbortSignal,
  ): Promise<FromChild> {
    this.files += 1;
    return new Promise((resolve, reject) => {
      const work = new Stopwatch();
      const settle = (act: () => void) => {
        clearInterval(watch);
        signal.removeEventListener('abort', onAbort);
        this.process.off('message', onMessage);
        this.process.off('exit', onExit);
        act();
      };
      const giveUp = (error: Error) =>
        settle(() => {
          this.kill();
          reject(error);
        });
      const onAbort = () => giveUp(signal.reason as Error);
      const onExit = () => settle(() => reject(new ConversionCrash('The conversion process ended during a file.')));
      const onMessage = (message: FromChild) => {
        if (message.kind === 'error') return settle(() => reject(new Error(message.message)));
        if (message.kind !== 'office-call') return settle(() => resolve(message));
        work.pause();
        void onCall(message.call).then((reply) => {
          work.resume();
          this.tell({ kind: 'office-reply', reply }, giveUp);
        });
      };
      const watch = setInterval(() => {
        if (work.elapsed() > limits.timeoutMs) return giveUp(new UnreadableFile('timeout'));
        void this.residentBytes().then((bytes) => {
          if (bytes <= limits.maxResidentBytes) return;
          giveUp(new UnreadableFile('too-large', 'Filen kræver for meget hukommelse.'));
        });
      }, POLL_MS);
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      this.process.on('message', onMessage);
      this.process.once('exit', onExit);
      this.tell(question, giveUp);
    });
  }

  private tell(message: ToChild, onFailure: (error: Error) => void): void {
    this.process.send(message, (error) => {
      if (error) onFailure(new ConversionCrash('The conversion process could not be reached.'));
    });
  }
}

/** Milliseconds of work, pauses left out. */
class Stopwatch {
  private before = 0;
  private since: number | undefined = Date.now();

  pause(): void {
    this.before = this.elapsed();
    this.since = undefined;
  }

  resume(): void {
    this.since = Date.now();
  }

  elapsed(): number {
    return this.before + (this.since === undefined ? 0 : Date.now() - this.since);
  }
}

async function answerCall(
  call: OfficeCall,
  { workFolder, holder }: ConversionTask,
  office: Office | undefined,
  signal: AbortSignal,
): Promise<OfficeReply> {
  try {
    if (!office) throw new OfficeFailure('There is no office program.');
    const { documentPath, ...rest } = call;
    const document = await readFile(documentPath);
    const isolation = await office.convert({ ...rest, document, workFolder, signal, holder });
    return { ending: 'done', isolation };
  } catch (error) {
    if (error instanceof UnreadableFile) return { ending: 'unreadable', reason: error.reason };
    const message = error instanceof Error ? error.message : 'The office program failed.';
    return { ending: error instanceof OfficeFailure ? 'failed' : 'broken', message };
  }
}
