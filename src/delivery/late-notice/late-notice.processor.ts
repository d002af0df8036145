import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { EntityManager } from 'typeorm';
import type { MemoMessage, SendOutcome } from '../../contracts';
import { AuditLog, THE_SYSTEM } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Authority } from '../../platform/database/authority.entity';
import { Database } from '../../platform/database/database';
import type { JobContext, JobDefinition } from '../../platform/queue/job-definition';
import { JobRegistry } from '../../platform/queue/job-registry';
import { AccessRequest } from '../../requests/request.entity';
import { Journal } from '../journal';
import { alwaysStops, stopInWords } from '../person-facts';
import { postboxOf, Recipients, type Recipient } from '../recipients';
import { RegisterOfPersons } from '../register-of-persons';
import { SingleLetterPost, type Settled } from '../single-letter/single-letter-post';
import { LETTER_NAME, LateNoticeLetters } from './late-notice-letter';
import { LateNotice } from './late-notice.entity';

const ON_PAPER =
  'Fristbrevet kan ikke sendes i Digital Post, fordi borgeren ikke har det. Print det, send det med posten i dag, og skriv det på siden om fristbreve.';

/** `stopped`: the recipient may not have it any more; a sentence for staff. */
type NoticeSettled = Settled | { state: 'stopped'; sentence: string };

/** The queue `deliver`: sends a late notice. The bytes are stored first and are the same at every attempt. */
@Injectable()
export class LateNoticeProcessor implements OnModuleInit, JobDefinition<LateNotice, NoticeSettled> {
  readonly name = 'deliver.late-notice' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly letters: LateNoticeLetters,
    private readonly recipients: Recipients,
    private readonly register: RegisterOfPersons,
    private readonly journal: Journal,
    private readonly post: SingleLetterPost,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async load(entities: EntityManager, id: string, lock: boolean): Promise<LateNotice | null> {
    const notice = await entities.findOneBy(LateNotice, { id });
    if (!notice || !lock) return notice;
    await lockedRequest(entities, notice);
    return entities.findOneBy(LateNotice, { id });
  }

  isExpected({ state }: LateNotice): true | string {
    return ['queued', 'prepared', 'unknown'].includes(state) || `the late notice is already ${state}`;
  }

  async run(notice: LateNotice, { signal }: JobContext): Promise<NoticeSettled> {
    const { recipient, cpr } = await this.recipientOf(notice);
    const contentKey = notice.contentKey ?? (await this.written(notice, recipient));
    if (notice.attempts === 0) {
      const { facts } = await this.register.of(notice.authorityId, recipient, cpr, signal);
      const fact = facts.find((each) => alwaysStops(each, recipient));
      if (fact) return { state: 'stopped', sentence: `Fristbrevet er ikke sendt. ${stopInWords(fact)}` };
    }
    return this.post.send('late_notice', notice, contentKey, postboxOf(recipient), signal);
  }

  async mark(entities: EntityManager, notice: LateNotice, settled: NoticeSettled): Promise<string> {
    const isUnsent = settled.state === 'not_registered' || settled.state === 'stopped';
    if (isUnsent && notice.attempts > 0) return 'it was sent by another run meanwhile';
    if (settled.state === 'accepted') return this.markAccepted(entities, notice, settled);
    const errorText = whyUnsent(settled);
    const state = isUnsent ? ('not_registered' as const) : ('failed' as const);
    await entities.update(LateNotice, { id: notice.id }, { state, errorText });
    await entities.update(AccessRequest, { id: notice.requestId }, { attention: errorText });
    return `the late notice was not sent (${state})`;
  }

  async giveUp(entities: EntityManager, notice: LateNotice, error: Error): Promise<void> {
    const attention =
      error instanceof UnrecoverableError
        ? `Fristbrevet kunne ikke dannes (${error.message}) Skriv det igen, før fristen er gået.`
        : notice.attempts === 0
          ? `Fristbrevet er ikke sendt endnu (${error.message}). Det prøves igen af sig selv; send det på anden måde, hvis fristen nærmer sig.`
          : `Det er uvist, om fristbrevet nåede frem til Digital Post (${error.message}). Afvent kvitteringen.`;
    if (error instanceof UnrecoverableError)
      await entities.update(LateNotice, { id: notice.id }, { state: 'failed', errorText: attention });
    await entities.update(AccessRequest, { id: notice.requestId }, { attention });
  }

  private async markAccepted(
    entities: EntityManager,
    notice: LateNotice,
    { transmissionId, raw }: Extract<SendOutcome, { state: 'accepted' }>,
  ): Promise<string> {
    const sent = { state: 'submitted' as const, transmissionId: transmissionId ?? null, answer: raw, errorText: null };
    // A receipt may have come first and told more.
    if (['prepared', 'unknown'].includes(notice.state))
      await entities.update(LateNotice, { id: notice.id }, { ...sent, submittedAt: this.clock.now() });
    await this.audit.write(entities, notice.authorityId, {
      actor: THE_SYSTEM,
      action: 'notice.late-submitted',
      subject: { kind: 'late_notice', id: notice.id },
      requestId: notice.requestId,
      reason: 'The late notice was handed over to be delivered.',
      details: { messageUuid: notice.messageUuid, memoSha256: notice.contentSha256 },
    });
    const request = await entities.findOneByOrFail(AccessRequest, { id: notice.requestId });
    await this.journal.announceLateNotice(entities, request, notice);
    return 'the late notice was accepted';
  }

  private async written(notice: LateNotice, recipient: Recipient): Promise<string> {
    const { data, authority } = await this.database.inAuthority(notice.authorityId, async (entities) => ({
      data: await this.letters.data(entities, notice),
      authority: await entities.findOneByOrFail(Authority, { id: notice.authorityId }),
    }));
    const pdf = await this.letters.pdf(notice, data);
    return this.post.store('late_notice', notice, pdf, messageOf(notice, data.caseNumber, authority, recipient, pdf));
  }

  /** With the citizen's number. */
  private recipientOf(notice: LateNotice): Promise<{ recipient: Recipient; cpr: string }> {
    return this.database.inAuthority(notice.authorityId, async (entities) => {
      const request = await entities.findOneByOrFail(AccessRequest, { id: notice.requestId });
      return {
        recipient: await this.recipients.of(entities, request),
        cpr: await this.recipients.cprOf(entities, request),
      };
    });
  }
}

function whyUnsent(settled: Exclude<NoticeSettled, { state: 'accepted' }>): string {
  if (settled.state === 'not_registered') return ON_PAPER;
  if (settled.state === 'stopped') return settled.sentence;
  return `Fristbrevet blev afvist af Digital Post (${settled.code}). Send det på anden måde i dag: ${settled.message}`;
}

function messageOf(
  notice: LateNotice,
  number: string,
  authority: Authority,
  recipient: Recipient,
  pdf: Uint8Array,
): MemoMessage {
  return {
    messageUUID: notice.messageUuid,
    messageId: notice.id,
    label: `Om din anmodning ${number}`,
    notification: `Du har fået et brev fra ${authority.name}. Log ind for at læse det.`,
    sender: { cvr: authority.cvr, label: authority.name },
    recipient: recipient.kind === 'firm' ? { cvr: recipient.cvr, label: recipient.name } : { cpr: recipient.cpr },
    caseId: { id: number, system: 'Aktindsigt' },
    createdAt: notice.writtenAt.toISOString(),
    mainDocument: {
      label: 'Vi bliver forsinket med dit svar',
      files: [{ mediaType: 'application/pdf', fileName: LETTER_NAME, language: 'da', content: pdf }],
    },
    additionalDocuments: [],
  };
}

function lockedRequest(entities: EntityManager, { requestId }: LateNotice): Promise<AccessRequest> {
  return entities.findOneOrFail(AccessRequest, { where: { id: requestId }, lock: { mode: 'pessimistic_write' } });
}
