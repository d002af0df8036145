import { type ProcessLimits, Seats } from '../../pdf';
import type { AppendTask, ConversionTask } from './child-messages';
import type { ConversionInput } from './conversion-job';
import { ConversionCrash, ConversionProcess } from './conversion-process';
import { type ConversionResult, UnreadableFile } from './conversion-result';
import type { Office } from './office';

export interface ConversionProcessesOptions {
  /** Child processes at most. */
  processes: number;
  office?: Office;
  /** Default five minutes and 1.5 GiB. */
  limits?: Partial<ProcessLimits>;
}

const DEFAULT_LIMITS: ProcessLimits = { timeoutMs: 300_000, maxResidentBytes: 1.5 * 2 ** 30 };
/** A child that has had so many files, or has grown so big, is replaced: the readers' memory seldom shrinks. */
const MOST_FILES = 60;
const RECYCLE_BYTES = 500 * 2 ** 20;

interface Seat {
  child?: ConversionProcess;
}

/**
 * Converts files in child processes whose time and memory are watched: a file that makes a reader hang, grow or die costs
 * that child, never the caller, and ends in a state that a caseworker can act on.
 */
export class ConversionProcesses {
  private readonly seats: Seats<Seat>;
  private readonly limits: ProcessLimits;

  constructor(private readonly options: ConversionProcessesOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.seats = new Seats(options.processes, () => ({}));
  }

  /** See `convertToPdf`. The PDF and the children lie below `task.workFolder`, which the caller removes. */
  async convert(input: ConversionInput, task: ConversionTask, signal: AbortSignal): Promise<ConversionResult> {
    try {
      return await this.inChild((child) => child.convert(input, task, this.options.office, this.limits, signal));
    } catch (error) {
      if (error instanceof UnreadableFile) return error.asResult();
      if (!(error instanceof ConversionCrash)) throw error;
      return new UnreadableFile('damaged', 'Filen fik programmet, der læser den, til at gå ned to gange.').asResult();
    }
  }

  /** Writes a copy of a PDF with pages of text after its own. */
  append(task: AppendTask, signal: AbortSignal): Promise<void> {
    return this.inChild((child) => child.append(task, this.limits, signal));
  }

  private inChild<T>(work: (child: ConversionProcess) => Promise<T>): Promise<T> {
    return this.seats.use(async (seat) =>
      work(await this.seated(seat)).catch(async (error: unknown) => {
        // A child may die of what it did before; a second one dies of the file.
        if (!(error instanceof ConversionCrash)) throw error;
        return work(await this.seated(seat));
      }),
    );
  }

  private async seated(seat: Seat): Promise<ConversionProcess> {
    const { child } = seat;
    const isWorn = child !== undefined && (child.files >= MOST_FILES || (await child.residentBytes()) > RECYCLE_BYTES);
    if (child?.alive && !isWorn) return child;
    await child?.close();
    seat.child = new ConversionProcess();
    return seat.child;
  }

  async close(): Promise<void> {
    await Promise.all(this.seats.all.map(async ({ child }) => child?.close()));
  }
}
