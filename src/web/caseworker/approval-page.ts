import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LeakReport } from '../../contracts';
import { Decision } from '../../decisions/decision.entity';
import { PackageFile } from '../../decisions/package-file.entity';
import { partInWords } from '../../decisions/part-names';
import { Recipients } from '../../delivery/recipients';
import { currentDelivery } from '../../delivery/take-back';
import type { StaffUser } from '../../identity/sessions';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { Settings } from '../../platform/settings';
import { Vault } from '../../platform/vault/vault';
import { AppliedRound } from '../../redaction/applied-round';
import { SecondReading } from '../../redaction/checks/second-reading';
import { LIFECYCLE } from '../../requests/lifecycle';
import { AccessRequest } from '../../requests/request.entity';
import { Persons } from '../../redaction/persons/persons';
import { Requests } from '../../requests/requests';
import type { ApprovalFile, ApprovalPage } from '../views/godkend';
import type { FieldError } from '../views/page-shell';
import { deliveryLines, recipientInWords } from './delivery-lines';
import { machinePages } from './machine-pages';
import { notSeen } from './not-seen';
import { DocumentsInHand } from './documents-in-hand';
import { recordingLines } from './recording-page';
import { RegisterInWords } from './register-in-words';
import { RequestInHand } from './request-in-hand';
import { rolesOfRequest } from './roles-of-request';
import { riskInWords } from './sample-view';
import { verificationView, type NamedReport } from '../verification/verification';

const STATES: Partial<Record<AccessRequest['state'], ApprovalPage['state']>> = {
  applying: 'making',
  assembling: 'making',
  stopped: 'stopped',
  ready: 'ready',
  signed: 'sent',
  submitted: 'sent',
  delivered: 'sent',
  undeliverable: 'sent',
};
const FILE_KINDS: Record<PackageFile['kind'], string> = {
  letter: 'Brev',
  aktliste: 'Aktliste',
  package: 'Samlet pakke',
  'reading-html': 'Læseudgave, webside',
  'reading-pdf': 'Læseudgave, PDF',
  recording: 'Optagelse',
  certificate: 'Bevis',
  'certificate-data': 'Bevis, data',
};

/** The finished package as the citizen will see it, and everything that one must know before signing. */
@Injectable()
export class ApprovalPages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly documents: DocumentsInHand,
    private readonly requests: Requests,
    private readonly round: AppliedRound,
    private readonly vault: Vault,
    private readonly reading: SecondReading,
    private readonly recipients: Recipients,
    private readonly register: RegisterInWords,
    private readonly persons: Persons,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Null while the review is open: then there is nothing to approve. */
  async view(user: StaffUser, requestId: string, errors: FieldError[] = []): Promise<ApprovalPage | null> {
    const found = await this.database.inAuthority(user.authorityId, (entities) => this.load(entities, user, requestId));
    if (!found) return null;
    const { decision, madeAt, people, page } = found;
    const reports = await this.reportsOf(user, decision);
    const asked = page.state === 'ready' ? await this.register.of(user.authorityId, requestId) : {};
    const blocked = [...page.blocked, ...(asked.blocked ?? [])];
    return {
      ...page,
      blocked,
      register: asked.register,
      verification: verificationView(reports, madeAt, people),
      errors,
    };
  }

  private async load(entities: EntityManager, user: StaffUser, requestId: string) {
    const request = await this.inHand.of(entities, requestId);
    const state = STATES[request.state];
    const decision = await entities.findOneBy(Decision, { requestId, round: request.reviewRound });
    if (!state || !decision) return null;
    const files = await entities.find(PackageFile, { where: { decisionId: decision.id }, order: { position: 'ASC' } });
    const names = await this.inHand.staffNames(entities);
    const documents = state === 'making' ? [] : await this.documents.of(entities, request);
    const signer = decision.signedBy ? (names.get(decision.signedBy) ?? 'En medarbejder') : undefined;
    const page: Omit<ApprovalPage, 'verification' | 'errors' | 'register'> = {
      id: request.id,
      citizen: await this.inHand.citizenOf(entities, request),
      caseNumber: request.number,
      mandateId: (await this.recipients.mandateOf(entities, requestId))?.id ?? '',
      recipientInWords: recipientInWords(await this.recipients.of(entities, request), request),
      state,
      making: state === 'making' ? await this.making(entities, request) : undefined,
      files: files.map((file) => fileView(requestId, file)),
      manifestSha256: decision.manifestSha256 ?? undefined,
      notSeen: await notSeen(entities, request, documents),
      ...(await machinePages(entities, request, documents, names)),
      recordings: await recordingLines(entities, requestId),
      risk: state === 'making' ? undefined : await this.riskOf(entities, request),
      secondPerson: decision.needsSecondPerson
        ? {
            reason: `Svaret udelader et helt dokument eller skjuler en person, der skal beskyttes. Det skal godkendes af en anden end ${names.get(decision.reviewedBy) ?? 'den, der har gennemgået det'}.`,
            approvedBy: signer,
            isReader: decision.reviewedBy !== user.staffId,
          }
        : undefined,
      blocked: blockedBy(request, decision, user.staffId),
      undoMinutes: Math.ceil(this.settings.DELIVERY_UNDO_SECONDS / 60),
      notice: request.state === 'ready' ? (request.attention ?? undefined) : undefined,
      sent:
        decision.signedAt && signer
          ? {
              by: signer,
              at: decision.signedAt,
              words: LIFECYCLE[request.state].staff,
              ...(await this.deliveryOf(entities, request)),
            }
          : undefined,
    };
    const people = { staff: names, roles: await rolesOfRequest(entities, this.persons, request) };
    return { decision, people, page, madeAt: await this.madeAt(entities, request, decision) };
  }

  /** Whether it can still be undone, and how far its messages are. */
  private async deliveryOf(entities: EntityManager, request: AccessRequest): Promise<Partial<ApprovalPage['sent']>> {
    const delivery = await currentDelivery(entities, request.id);
    if (!delivery) return {};
    const canUndo = request.state === 'signed' && delivery.releasedAt === null;
    return {
      canUndoUntil: canUndo ? (delivery.sendAfter ?? undefined) : undefined,
      messages: await deliveryLines(entities, delivery, this.clock.now()),
    };
  }

  private async riskOf(entities: EntityManager, request: AccessRequest): Promise<ApprovalPage['risk']> {
    const sample = await this.reading.of(entities, request);
    const text = sample
      ? riskInWords(sample)
      : 'Ingen kollega har læst en stikprøve igen, så der kan intet siges om, hvor meget der kan være overset.';
    return { text, href: `/sagsbehandling/${request.id}/kontrol` };
  }

  private async making(entities: EntityManager, request: AccessRequest): Promise<ApprovalPage['making']> {
    const files = await this.round.filesOf(entities, request.id);
    const done = files.filter((file) => file.redactedRound === request.reviewRound).length;
    const text =
      request.state === 'assembling'
        ? 'Alt er fjernet og kontrolleret. Brev, aktliste og pakke bliver lavet.'
        : `Det, der skal væk, bliver fjernet og kontrolleret: ${done} af ${files.length} filer.`;
    // The package itself is the last step.
    return { text, done, total: files.length + 1 };
  }

  private async madeAt(entities: EntityManager, request: AccessRequest, decision: Decision): Promise<Date> {
    const events = await this.requests.eventsOf(entities, request.id);
    return events.filter((event) => event.kind === 'ready').at(-1)?.at ?? decision.reviewedAt;
  }

  private async reportsOf(user: StaffUser, decision: Decision): Promise<NamedReport[]> {
    if (!decision.reportKey) return [];
    return this.vault.readJson<{ name: string; report: LeakReport }[]>(user.authorityId, decision.reportKey, {
      actor: { kind: 'staff', id: user.staffId },
      action: 'vault.read',
      subject: { kind: 'decision', id: decision.id },
      requestId: decision.requestId,
      reason: 'The report of the gate is read before approval.',
    });
  }
}

function fileView(requestId: string, file: PackageFile): ApprovalFile {
  return {
    name: file.name,
    kind: [FILE_KINDS[file.kind], partInWords(file.name)].filter(Boolean).join(', '),
    pages: file.pages,
    bytes: Number(file.size),
    sha256: file.sha256,
    href: `/sagsbehandling/${requestId}/godkend/filer/${file.id}`,
  };
}

function blockedBy(request: AccessRequest, decision: Decision, staffId: string): string[] {
  if (request.attention && request.state !== 'ready') return [request.attention];
  if (request.state !== 'ready' || !decision.needsSecondPerson || decision.reviewedBy !== staffId) return [];
  return ['Du har selv gennemgået svaret. Bed en kollega om at se det igennem og godkende det.'];
}
