import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { EntityManager } from 'typeorm';
import type { MemoMessage, SendOutcome } from '../../contracts';
import { AuditLog, THE_SYSTEM } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import type { JobContext, JobDefinition } from '../../platform/queue/job-definition';
import { JobRegistry } from '../../platform/queue/job-registry';
import { AccessRequest } from '../../requests/request.entity';
import { Journal } from '../journal';
import { FACT_WORDS, type PersonFact } from '../person-facts';
import { postboxOf } from '../recipients';
import { RegisterOfPersons, type RegisterSays } from '../register-of-persons';
import { SingleLetterPost, type Settled as Sent } from '../single-letter/single-letter-post';
import { IncidentLetter } from './incident-letter.entity';
import { IncidentLetters } from './incident-letters';
import { IncidentLetterPdf, LETTER_NAME, type IncidentLetterContent } from './incident-letter-pdf';

type Settled = Sent | { state: 'held'; sentence: string };

const ON_PAPER =
  'Brevet kan ikke sendes i Digital Post, fordi modtageren ikke har det. Print det, send det med posten i dag, og skriv det her.';
const PROTECTED =
  ' Modtagerens adresse er beskyttet: slå den op i CPR, når brevet lægges i kuvert, og skriv den ikke her.';
const NOT_SENT = 'Brevet er ikke sendt. En jurist skal vurdere, om nogen skal have det, og hvem.';
/** What makes it doubtful that the letter would come to the one it is for. */
const GRAVE: readonly PersonFact[] = ['dead', 'missing', 'unknown', 'new-number', 'recipient-gone'];

/** The queue `deliver`: sends a letter about an incident, once. */
@Injectable()
export class IncidentLetterProcessor implements OnModuleInit, JobDefinition<IncidentLetter, Settled> {
  readonly name = 'deliver.incident-letter' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly letters: IncidentLetters,
    private readonly pdfs: IncidentLetterPdf,
    private readonly journal: Journal,
    private readonly post: SingleLetterPost,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly register: RegisterOfPersons,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  load(entities: EntityManager, id: string, lock: boolean): Promise<IncidentLetter | null> {
    return entities.findOne(IncidentLetter, {
      where: { id },
      ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
    });
  }

  isExpected({ state }: IncidentLetter): true | string {
    return ['queued', 'prepared', 'unknown'].includes(state) || `the letter is already ${state}`;
  }

  async run(letter: IncidentLetter, { signal }: JobContext): Promise<Settled> {
    const content = await this.database.inAuthority(letter.authorityId, (entities) =>
      this.pdfs.content(entities, letter),
    );
    const { recipient } = content;
    const says = await this.registerSays(letter, content, signal);
    const grave = GRAVE.find((fact) => says?.facts.includes(fact));
    // What was tried may have come in: then a receipt tells, and not the register.
    if (letter.attempts === 0 && grave) return { state: 'held', sentence: `${FACT_WORDS[grave]} ${NOT_SENT}` };
    const contentKey = letter.contentKey ?? (await this.written(letter, content));
    const sent = await this.post.send('incident_letter', letter, contentKey, postboxOf(recipient), signal);
    if (sent.state !== 'not_registered' || !says?.postal.isProtected) return sent;
    return { state: 'held', sentence: `${ON_PAPER}${PROTECTED}` };
  }

  async mark(entities: EntityManager, letter: IncidentLetter, settled: Settled): Promise<string> {
    const { id, attempts } = letter;
    if (settled.state === 'accepted') return this.markAccepted(entities, letter, settled);
    if (settled.state !== 'refused' && attempts > 0) return 'it was sent by another run meanwhile';
    const errorText =
      settled.state === 'held'
        ? settled.sentence
        : settled.state === 'not_registered'
          ? ON_PAPER
          : `Brevet blev afvist af Digital Post (${settled.code}). Send det på anden måde i dag: ${settled.message}`;
    const state = settled.state === 'refused' ? ('failed' as const) : ('not_registered' as const);
    await entities.update(IncidentLetter, { id }, { state, errorText });
    return `the letter was not sent (${settled.state})`;
  }

  async giveUp(entities: EntityManager, { id, attempts }: IncidentLetter, error: Error): Promise<void> {
    if (error instanceof UnrecoverableError) {
      const errorText = `Brevet er ikke sendt. ${error.message} Ret det, og godkend det igen.`;
      const back = { state: 'draft' as const, approvedBy: null, approvedAt: null };
      await entities.update(IncidentLetter, { id, attempts: 0 }, { ...back, errorText });
      return;
    }
    const errorText =
      attempts === 0
        ? `Brevet er ikke sendt endnu (${error.message}). Det prøves igen af sig selv.`
        : `Det er uvist, om brevet nåede frem til Digital Post (${error.message}). Afvent kvitteringen.`;
    await entities.update(IncidentLetter, { id }, { errorText });
  }

  private async markAccepted(
    entities: EntityManager,
    letter: IncidentLetter,
    { transmissionId, raw }: Extract<SendOutcome, { state: 'accepted' }>,
  ): Promise<string> {
    const { id, authorityId, requestId, state, messageUuid, contentSha256 } = letter;
    const sent = { state: 'submitted' as const, transmissionId: transmissionId ?? null, answer: raw, errorText: null };
    // A receipt may have come first and told more.
    if (['prepared', 'unknown'].includes(state))
      await entities.update(IncidentLetter, { id }, { ...sent, submittedAt: this.clock.now() });
    await this.audit.write(entities, authorityId, {
      actor: THE_SYSTEM,
      action: 'incident.letter-submitted',
      subject: { kind: 'incident_letter', id },
      requestId,
      reason: 'A letter about an incident was handed over to be delivered.',
      details: { messageUuid, memoSha256: contentSha256 },
    });
    const request = await entities.findOneByOrFail(AccessRequest, { id: requestId });
    await this.letters.tellCitizen(entities, letter);
    await this.journal.announceIncidentLetter(entities, request, letter);
    return 'the letter was accepted';
  }

  /** Of the addressee; of a firm nothing is asked. */
  private async registerSays(
    { authorityId }: IncidentLetter,
    { recipient, cpr }: IncidentLetterContent,
    signal: AbortSignal,
  ): Promise<RegisterSays | null> {
    return recipient.kind === 'firm' ? null : this.register.of(authorityId, recipient, cpr, signal);
  }

  private async written(letter: IncidentLetter, content: IncidentLetterContent): Promise<string> {
    const pdf = await this.pdfs.pdf(letter, content);
    return this.post.store('incident_letter', letter, pdf, messageOf(letter, content, pdf));
  }
}

/** What stands outside the letter is read before the login, and tells nothing of what happened. */
function messageOf(letter: IncidentLetter, content: IncidentLetterContent, pdf: Uint8Array): MemoMessage {
  const { recipient, authority, caseNumber } = content;
  return {
    messageUUID: letter.messageUuid,
    messageId: letter.id,
    label: letter.kind === 'recipient' ? `Om dit svar på anmodning ${caseNumber}` : `Brev fra ${authority.name}`,
    notification: `Du har fået et brev fra ${authority.name}. Log ind for at læse det.`,
    sender: { cvr: authority.cvr, label: authority.name },
    recipient: recipient.kind === 'firm' ? { cvr: recipient.cvr, label: recipient.name } : { cpr: recipient.cpr },
    caseId: { id: caseNumber, system: 'Aktindsigt' },
    createdAt: (letter.approvedAt as Date).toISOString(),
    mainDocument: {
      label: content.heading,
      files: [{ mediaType: 'application/pdf', fileName: LETTER_NAME, language: 'da', content: pdf }],
    },
    additionalDocuments: [],
  };
}
