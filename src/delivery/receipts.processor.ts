import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { DigitalPostReceipt } from '../contracts';
import { Database } from '../platform/database/database';
import type { JobContext, JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { Delivery } from './delivery.entity';
import { IncidentLetter } from './incidents/incident-letter.entity';
import { LateNotice } from './late-notice/late-notice.entity';
import { GATEWAY, type Gateway } from './gateway';
import { TakeReceipt } from './take-receipt';

/** Receipts stored at the same time; those of one request wait for each other at its row. */
const AT_ONCE = 8;

interface Outstanding {
  authorityId: string;
  isExpected: boolean;
}

/** The queue `receipts`: fetches what Digital Post has to say, stores it as it came, and only then confirms it. */
@Injectable()
export class ReceiptsProcessor implements OnModuleInit, JobDefinition<Outstanding, number> {
  readonly name = 'receipts.pull' as const;
  private readonly logger = new Logger('Receipts');

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly takeReceipt: TakeReceipt,
    @Inject(GATEWAY) private readonly gateway: Gateway,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** With the lock the receipts are stored, and it is their effect that no delivery waits any longer. */
  async load(entities: EntityManager, authorityId: string, lock: boolean): Promise<Outstanding> {
    const waiting = { state: In(['unknown', 'submitted', 'received']) };
    const isExpected =
      lock ||
      (await entities.existsBy(Delivery, waiting)) ||
      (await entities.existsBy(LateNotice, waiting)) ||
      (await entities.existsBy(IncidentLetter, waiting));
    return { authorityId, isExpected };
  }

  isExpected({ isExpected }: Outstanding): true | string {
    return isExpected || 'no delivery waits for a receipt';
  }

  async run({ authorityId }: Outstanding, { signal }: JobContext): Promise<number> {
    const receipts = await this.gateway.pullReceipts(signal);
    let stored = 0;
    let failed = 0;
    for (let start = 0; start < receipts.length; start += AT_ONCE) {
      signal.throwIfAborted();
      const taken = await Promise.all(
        receipts.slice(start, start + AT_ONCE).map((receipt) => this.tryToTake(authorityId, receipt, signal)),
      );
      stored += taken.filter((each) => each === 'stored').length;
      failed += taken.filter((each) => each === 'failed').length;
    }
    if (failed === 0) return stored;
    throw new Error(
      `${failed} of ${receipts.length} receipts were not stored; ${stored} were. They are fetched again.`,
    );
  }

  async mark(_entities: EntityManager, _row: Outstanding, stored: number): Promise<string> {
    return `${stored} receipts stored`;
  }

  /** One that cannot be stored stays with Digital Post, and must not hold up the others. */
  private async tryToTake(
    authorityId: string,
    receipt: DigitalPostReceipt,
    signal: AbortSignal,
  ): Promise<'stored' | 'not-ours' | 'failed'> {
    try {
      return (await this.take(authorityId, receipt, signal)) ? 'stored' : 'not-ours';
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      this.logger.error(`The receipt ${receipt.receiptId} was not stored and stays with Digital Post: ${cause}`);
      return 'failed';
    }
  }

  /**
   * True when it is this authority's: stored first, confirmed after. Another's waits for that authority's own turn; one
   * for a message that no authority sent is kept by the one that met it.
   */
  private async take(authorityId: string, receipt: DigitalPostReceipt, signal: AbortSignal): Promise<boolean> {
    const owner = await this.database.authorityIdByMessage(receipt.messageUUID);
    if (owner !== null && owner !== authorityId) return false;
    await this.database.inAuthority(authorityId, (entities) =>
      this.takeReceipt.take(entities, authorityId, receipt, 'pull'),
    );
    await this.gateway.confirmReceipt(receipt.receiptId, signal);
    return true;
  }
}
