import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { EntityManager } from 'typeorm';
import { verifyOutgoing } from '../pdf';
import { Clock } from '../platform/clock';
import { Authority } from '../platform/database/authority.entity';
import { Database } from '../platform/database/database';
import { KeyRing } from '../platform/keys/authority-keys';
import { Mailer } from '../platform/mail/mailer';
import type { JobContext, JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { RemovedTerms } from '../redaction/removed-terms';
import { Settings } from '../platform/settings';
import { AccessRequest } from '../requests/request.entity';
import { NoticeMailRow } from './notice-mail.entity';

const TEXTS: Record<NoticeMailRow['kind'], (authority: string, address: string) => { subject: string; text: string }> =
  {
    received: (authority, address) => ({
      subject: `Nyt fra ${authority}`,
      text: `Hej\n\nVi har modtaget det, du har sendt os. Log ind med MitID for at følge det:\n${address}\n\nVenlig hilsen\n${authority}\n\nDu kan ikke svare på denne mail.`,
    }),
    answered: (authority, address) => ({
      subject: `Nyt fra ${authority}`,
      text: `Hej\n\nDer er nyt til dig. Log ind med MitID for at se det:\n${address}\n\nVenlig hilsen\n${authority}\n\nDu kan ikke svare på denne mail.`,
    }),
  };

/** The job `deliver.notice`: a mail without content. */
@Injectable()
export class NoticeProcessor implements OnModuleInit, JobDefinition<NoticeMailRow, 'sent' | 'not-configured'> {
  readonly name = 'deliver.notice' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly mailer: Mailer,
    private readonly terms: RemovedTerms,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  load(entities: EntityManager, id: string, lock: boolean): Promise<NoticeMailRow | null> {
    return entities.findOne(NoticeMailRow, {
      where: { id },
      ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
    });
  }

  isExpected(row: NoticeMailRow): true | string {
    return row.state === 'pending' || `the mail is already ${row.state}`;
  }

  async run(row: NoticeMailRow, context: JobContext): Promise<'sent' | 'not-configured'> {
    if (!this.mailer.isConfigured) return 'not-configured';
    const { request, authority } = await this.database.inAuthority(context.authorityId, async (entities) => ({
      request: await entities.findOneByOrFail(AccessRequest, { id: row.requestId }),
      authority: await entities.findOneByOrFail(Authority, { id: context.authorityId }),
    }));
    const to = (await this.keyRing.of(row.authorityId)).unseal(
      'request.notice_email',
      request.noticeEmailSealed as Buffer,
    );
    const mail = TEXTS[row.kind](authority.name, this.settings.PUBLIC_URL);
    await this.requireClean(row, `${mail.subject}\n${mail.text}`);
    await this.mailer.send({ messageId: row.messageId, to, ...mail });
    return 'sent';
  }

  /** A mail is open to everybody on its way. */
  private async requireClean(row: NoticeMailRow, content: string): Promise<void> {
    const { inTexts } = await this.terms.now(row.authorityId, row.requestId);
    const { verdict } = await verifyOutgoing({ name: '', mediaType: 'text/plain', content }, inTexts);
    if (verdict !== 'pass')
      throw new UnrecoverableError('The mail holds something that was removed from the documents. It was not sent.');
  }

  async mark(entities: EntityManager, row: NoticeMailRow, result: 'sent' | 'not-configured'): Promise<string> {
    const errorText = result === 'sent' ? null : 'No mail server is configured (SMTP_URL).';
    await entities.update(
      NoticeMailRow,
      { id: row.id },
      { state: result === 'sent' ? 'sent' : 'failed', errorText, sentAt: result === 'sent' ? this.clock.now() : null },
    );
    return result === 'sent' ? 'a notice was mailed' : 'a notice was not mailed: no mail server is configured';
  }

  async giveUp(entities: EntityManager, row: NoticeMailRow, error: Error): Promise<void> {
    await entities.update(NoticeMailRow, { id: row.id }, { state: 'failed', errorText: error.message });
  }
}
