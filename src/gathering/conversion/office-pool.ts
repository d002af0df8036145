import { Seats } from '../../pdf';
import { UnreadableFile, type Isolation } from './conversion-result';
import { OfficeFailure } from './libre-office';
import type { Office, OfficeTask } from './office';
import { strongestSandbox, type Sandbox } from './office-sandbox';
import { WarmOffice } from './warm-office';

export interface OfficePoolOptions {
  program: string;
  /** Where the programs' folders are made; asked for at every start. */
  folder: () => string;
  /** Programs at most. */
  size: number;
  sandbox?: Sandbox;
}

/** A program that has had so many documents makes room for a fresh one: memory and what a document may have left. */
const MOST_DOCUMENTS = 40;

interface Seat {
  office?: WarmOffice;
}

/**
 * LibreOffice kept running between documents. A program serves one holder: before another's document comes it is replaced,
 * so that no document meets what a stranger's left behind. One that failed or took too long is replaced too.
 */
export class OfficePool implements Office {
  readonly modernises = true;
  private readonly seats: Seats<Seat>;
  private isClosed = false;

  constructor(private readonly options: OfficePoolOptions) {
    this.seats = new Seats(options.size, () => ({}));
  }

  convert(task: OfficeTask): Promise<Isolation> {
    const work = (seat: Seat) => {
      const wasUsed = (seat.office?.documents ?? 0) > 0;
      return this.attempt(seat, task).catch((error: unknown) => {
        // What a program fails at after many documents, a fresh one may do.
        if (!(error instanceof OfficeFailure) || !wasUsed || this.isClosed) throw error;
        return this.attempt(seat, task);
      });
    };
    return this.seats.use(work, (free) => bestFor(free, task.holder));
  }

  private async attempt(seat: Seat, task: OfficeTask): Promise<Isolation> {
    const office = await this.seated(seat, task.holder);
    try {
      return await office.convert(task);
    } catch (error) {
      // Whatever it is doing now, the next document shall not wait for it.
      await office.stop();
      seat.office = undefined;
      throw error instanceof OfficeFailure || error instanceof UnreadableFile || task.signal.aborted
        ? error
        : new OfficeFailure('LibreOffice could not be given the document.');
    }
  }

  private async seated(seat: Seat, holder: string | undefined): Promise<WarmOffice> {
    if (this.isClosed) throw new OfficeFailure('The office programs are stopped.');
    const { office } = seat;
    const servedOthers = office !== undefined && office.documents > 0 && office.holder !== holder;
    if (office?.alive && !servedOthers && office.documents < MOST_DOCUMENTS) return office;
    await office?.stop();
    seat.office = undefined;
    const sandbox = this.options.sandbox ?? (await strongestSandbox());
    seat.office = await WarmOffice.start(this.options.program, this.options.folder(), sandbox);
    return seat.office;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.seats.all.map(async (seat) => seat.office?.stop()));
  }
}

/** Rather a program that served the same holder, then one that is not started, then any. */
function bestFor(free: readonly Seat[], holder: string | undefined): number {
  const own = free.findIndex(({ office }) => office?.alive === true && office.holder === holder);
  const unused = free.findIndex(({ office }) => office === undefined);
  return own >= 0 ? own : Math.max(0, unused);
}
