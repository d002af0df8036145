import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { In, IsNull, LessThan, type EntityManager } from 'typeorm';
import { GatheringWatch } from '../gathering/gathering-watch';
import { danishDay } from '../law';
import { AuditRoots } from '../platform/audit-log/audit-roots';
import { AuditSealer } from '../platform/audit-log/sealer';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { Outbox } from '../platform/outbox/outbox';
import { OutboxRelay } from '../platform/outbox/relay';
import type { JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { AccessRequest } from '../requests/request.entity';
import { AnnounceAgain } from './announce-again';
import { CertificateWatch } from './certificate-watch';
import { ComplaintWatch } from './complaints/complaint-watch';
import { Delivery } from './delivery.entity';
import { IncidentLetter } from './incidents/incident-letter.entity';
import { IncidentWatch } from './incidents/incident-watch';
import { LateNotice } from './late-notice/late-notice.entity';

/** An announced job that has not ended after this is announced again: its queue was lost. */
const LOST_AFTER_SECONDS = 30 * 60;
/** States in which the municipality still owes the citizen an answer. */
const OWED = [
  'received',
  'gathering',
  'converting',
  'proposing',
  'review',
  'applying',
  'assembling',
  'stopped',
  'ready',
  'signed',
] as const;

const NOT_TOLD =
  'Fristen er overskredet. Borgeren skal have et individuelt fristbrev med en konkret grund og en realistisk dato. Skriv det på siden om fristbreve.';
const PROMISE_BROKEN =
  'Den dato, borgeren fik i fristbrevet, er overskredet. Svar i dag, eller skriv et nyt fristbrev med en dato, I kan holde.';

interface Tick {
  authorityId: string;
}

interface Ticked {
  sealed: number;
  rescued: number;
}

/** The queue `clock`: what must happen because time goes by. */
@Injectable()
export class ClockProcessor implements OnModuleInit, JobDefinition<Tick, Ticked> {
  readonly name = 'clock.tick' as const;
  private readonly logger = new Logger('Clock');

  constructor(
    private readonly registry: JobRegistry,
    private readonly sealer: AuditSealer,
    private readonly roots: AuditRoots,
    private readonly relay: OutboxRelay,
    private readonly outbox: Outbox,
    private readonly announceAgain: AnnounceAgain,
    private readonly gatheringWatch: GatheringWatch,
    private readonly certificate: CertificateWatch,
    private readonly incidents: IncidentWatch,
    private readonly complaints: ComplaintWatch,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async load(_entities: EntityManager, authorityId: string): Promise<Tick> {
    return { authorityId };
  }

  isExpected(): true {
    return true;
  }

  async run({ authorityId }: Tick): Promise<Ticked> {
    await this.database.inAuthority(authorityId, (entities) => this.removeOldSessions(entities));
    return { sealed: await this.sealer.seal(authorityId), rescued: await this.relay.rescue(LOST_AFTER_SECONDS) };
  }

  async mark(entities: EntityManager, { authorityId }: Tick, { sealed, rescued }: Ticked): Promise<string> {
    await this.certificate.tick(entities, authorityId);
    await this.incidents.warn(entities);
    await this.askForReceipts(entities, authorityId);
    await this.roots.announceDue(entities, authorityId, danishDay(this.clock.now()));
    const again = await this.announceAgain.all(entities, authorityId);
    await this.gatheringWatch.tick(entities);
    const late = await this.warnOfDeadlines(entities);
    const overdue = await this.warnOfReceipts(entities);
    const complaints = await this.complaints.tick(entities);
    if (rescued > 0) this.logger.warn(`${rescued} jobs were announced again: the queue had lost them.`);
    if (again > 0) this.logger.warn(`${again} jobs were announced again: their earlier attempts were used up.`);
    return `${sealed} audit entries sealed, ${late} requests past their deadline, ${overdue} receipts overdue, ${complaints} complaints past theirs`;
  }

  private async askForReceipts(entities: EntityManager, authorityId: string): Promise<void> {
    const open = { state: In(['unknown', 'submitted', 'received']) };
    const waiting =
      (await entities.existsBy(Delivery, open)) ||
      (await entities.existsBy(LateNotice, open)) ||
      (await entities.existsBy(IncidentLetter, open));
    if (!waiting || (await this.outbox.isPending(entities, 'receipts.pull', authorityId))) return;
    await this.outbox.announce(entities, authorityId, 'receipts.pull', authorityId);
  }

  /** The legal deadline, or the date that a late notice gave, has passed without an answer: staff see it until it is answered. */
  private async warnOfDeadlines(entities: EntityManager): Promise<number> {
    const today = danishDay(this.clock.now());
    const late: { id: string; attention: string | null; promised: string | null }[] = await entities.query(
      `select r.id, r.attention, (select max(n.expected_on)::text from late_notice n where n.request_id = r.id) as promised
       from request r where r.state = any($1) and r.deadline_on < $2`,
      [OWED, today],
    );
    const broken = late.filter(({ promised }) => promised === null || promised < today);
    for (const { id, promised } of broken.filter(({ attention }) => attention === null))
      await entities.update(AccessRequest, { id }, { attention: promised === null ? NOT_TOLD : PROMISE_BROKEN });
    return broken.length;
  }

  private async warnOfReceipts(entities: EntityManager): Promise<number> {
    const overdue = await entities.findBy(Delivery, {
      state: In(['unknown', 'submitted', 'received']),
      receiptDueAt: LessThan(this.clock.now()),
    });
    for (const { requestId } of overdue) {
      await entities.update(
        AccessRequest,
        { id: requestId, attention: IsNull() },
        {
          attention:
            'Digital Post har ikke kvitteret for svaret inden for den ventede tid. Undersøg beskeden; send den ikke igen.',
        },
      );
    }
    return overdue.length;
  }

  private async removeOldSessions(entities: EntityManager): Promise<void> {
    await entities.query('delete from session where expires_at < $1', [this.clock.now()]);
  }
}
