import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Town, type TownOptions } from '../../src/sandbox/demo/town';
import { TookTooLong, withinTime } from '../../src/sandbox/process/within-time';
import { Carrier } from './carry-request';

const RECEIPT_DELAY_MS = 100;
/** Below the time that jest gives a hook, so that the error says which part it was. */
const LONGEST_STEP_MS = 80_000;

/** A town in a folder of its own on the run's PostgreSQL server, and somebody who does people's part of the work there. */
export class TestTown {
  private constructor(
    readonly town: Town,
    readonly carrier: Carrier,
    private readonly folder: string,
  ) {}

  /** A part that does not start is said aloud, and the town is started once more: what is tested comes after. */
  static start(options: Partial<TownOptions> = {}): Promise<TestTown> {
    return TestTown.tryToStart(options).catch((error: Error) => {
      if (!(error instanceof TookTooLong)) throw error;
      process.stderr.write(`${error.message} The town is started once more.\n`);
      return TestTown.tryToStart(options);
    });
  }

  async stop(): Promise<void> {
    await this.carrier.stop();
    await this.town.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private static async tryToStart(options: Partial<TownOptions>): Promise<TestTown> {
    const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-town-'));
    const town = await Town.start({
      folder,
      adminUrl: process.env['TEST_POSTGRES_ADMIN_URL'],
      secretsFolder: process.env['TEST_POSTGRES_SECRETS'],
      receiptDelayMs: RECEIPT_DELAY_MS,
      longestStepMs: LONGEST_STEP_MS,
      ...options,
    });
    try {
      const carrier = Carrier.start(town.settings, town.authorityId);
      return new TestTown(town, await withinTime('Starting the domain services', LONGEST_STEP_MS, carrier), folder);
    } catch (error) {
      await town.stop();
      throw error;
    }
  }
}
