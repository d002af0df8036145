import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Town, type TownOptions } from '../../src/sandbox/demo/town';
import { Carrier } from './carry-request';

const RECEIPT_DELAY_MS = 100;

/** A town in a folder of its own on the run's PostgreSQL server, and somebody who does people's part of the work there. */
export class TestTown {
  private constructor(
    readonly town: Town,
    readonly carrier: Carrier,
    private readonly folder: string,
  ) {}

  static async start(options: Partial<TownOptions> = {}): Promise<TestTown> {
    const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-town-'));
    const town = await Town.start({
      folder,
      adminUrl: process.env['TEST_POSTGRES_ADMIN_URL'],
      secretsFolder: process.env['TEST_POSTGRES_SECRETS'],
      receiptDelayMs: RECEIPT_DELAY_MS,
      ...options,
    });
    try {
      return new TestTown(town, await Carrier.start(town.settings, town.authorityId), folder);
    } catch (error) {
      await town.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.carrier.stop();
    await this.town.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
