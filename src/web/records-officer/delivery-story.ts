import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Decision } from '../../decisions/decision.entity';
import { PackageFile } from '../../decisions/package-file.entity';
import { appealFilesOf } from '../../delivery/appeal-file/appeal-files';
import { Complaint } from '../../delivery/complaints/complaint.entity';
import { documentNumbers } from '../../delivery/complaints/document-numbers';
import { DeliveryMessage } from '../../delivery/delivery-message.entity';
import { Delivery } from '../../delivery/delivery.entity';
import { HandOver } from '../../delivery/hand-over';
import { JournalEntryRow } from '../../delivery/journal-entry.entity';
import { messageInWords, messageStateInWords } from '../../delivery/message-words';
import { Receipt } from '../../delivery/receipt.entity';
import type { StaffUser } from '../../identity/sessions';
import { Staff } from '../../identity/staff.entity';
import { danishDay } from '../../law';
import { AuditEntry } from '../../platform/audit-log/audit-entry.entity';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import { Persons } from '../../redaction/persons/persons';
import { AccessRequest } from '../../requests/request.entity';
import { rolesOfRequest } from '../caseworker/roles-of-request';
import { statusOfComplaint, statusOfFile, titleInWords } from '../complaints/complaint-words';
import { RefusedVisit } from '../http/refused-visit';
import type { DeliveryPage } from '../views/leverance';
import { verificationView, type NamedReport } from '../verification/verification';
import { ActorNames } from './actor-names';
import { actionInWords, detailsInWords } from './audit-words';
import { backgroundOf } from './delivery-background';
import { CHANNELS, JOURNAL_KINDS, JOURNAL_STATES, RECEIPTS, registrationInWords, shownState } from './delivery-words';
import { readingsInARow } from './readings-in-a-row';

/** Enough for the longest way of a request; each reading of a file by the program itself is left to the log. */
const MOST_EVENTS = 5000;

/** `/arkiv/leverancer/{id}`: everything that is known of one delivery. */
@Injectable()
export class DeliveryStories {
  constructor(
    private readonly database: Database,
    private readonly names: ActorNames,
    private readonly audit: AuditLog,
    private readonly handOver: HandOver,
    private readonly persons: Persons,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async page(user: StaffUser, id: string): Promise<DeliveryPage> {
    const { page, decision, people } = await this.load(user, id);
    const reports = await this.reportsOf(user, decision);
    return { ...page, report: verificationView(reports, decision.reviewedAt, people) };
  }

  private load(user: StaffUser, id: string) {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const delivery = await entities.findOneBy(Delivery, { id });
      if (!delivery) throw new RefusedVisit('not-found');
      const { requestId, decisionId } = delivery;
      await this.audit.write(entities, user.authorityId, {
        actor: { kind: 'staff', id: user.staffId },
        action: 'archive.show-delivery',
        subject: { kind: 'delivery', id },
        requestId,
        reason: 'The story of a delivery was looked at.',
      });
      const request = await entities.findOneByOrFail(AccessRequest, { id: requestId });
      const decision = await entities.findOneByOrFail(Decision, { id: decisionId });
      const names = await this.names.names(entities, [request.personRefId]);
      const messages = await entities.find(DeliveryMessage, {
        where: { deliveryId: id },
        order: { channel: 'ASC', part: 'ASC' },
      });
      const page: DeliveryPage = {
        id,
        canAct: user.roles.includes('arkivar'),
        complaints: await complaintsOf(entities, requestId, danishDay(this.clock.now())),
        citizen: names.get(request.personRefId) ?? 'Borger',
        caseNumber: request.number,
        state: shownState(delivery),
        channel: CHANNELS[delivery.channel],
        ...(await signatures(entities, decision)),
        messages: messages.map(messageView),
        handedOver: await this.handedOver(entities, delivery),
        background: await backgroundOf(entities, request, decision, id),
        files: await files(entities, decision),
        attempts: attemptsOf(delivery, messages),
        receipts: await receipts(entities, delivery),
        journal: await journal(entities, request),
        story: await this.story(entities, requestId),
      };
      const staff = new Map((await entities.find(Staff)).map((each) => [each.id, each.name]));
      const people = { staff, roles: await rolesOfRequest(entities, this.persons, request) };
      return { page, decision, people };
    });
  }

  private async reportsOf(user: StaffUser, { id, reportKey, requestId }: Decision): Promise<NamedReport[]> {
    if (!reportKey) return [];
    return this.vault.readJson<NamedReport[]>(user.authorityId, reportKey, {
      actor: { kind: 'staff', id: user.staffId },
      action: 'vault.read',
      subject: { kind: 'decision', id },
      requestId,
      reason: 'The report of the gate is read with the delivery.',
    });
  }

  private async handedOver(entities: EntityManager, delivery: Delivery): Promise<DeliveryPage['handedOver']> {
    const statement = await this.handOver.statementOf(delivery);
    if (statement === null) return undefined;
    const employee = await entities.findOneByOrFail(Staff, { id: delivery.handedOverBy as string });
    return { by: employee.name, at: delivery.deliveredAt as Date, statement };
  }

  private async story(entities: EntityManager, requestId: string): Promise<DeliveryPage['story']> {
    const entries = await entities
      .createQueryBuilder(AuditEntry, 'e')
      .where('e.request_id = :requestId', { requestId })
      .andWhere(`not (e.action = 'vault.read' and e.actor_kind = 'system')`)
      .orderBy('e.id', 'ASC')
      .take(MOST_EVENTS)
      .getMany();
    const names = await this.names.of(entities, entries);
    const events = entries.map((entry) => ({
      at: entry.at,
      action: entry.action,
      text: [actionInWords(entry.action), detailsInWords(entry)].filter(Boolean).join(': '),
      who: names.who(entry),
    }));
    return readingsInARow(events, actionInWords('vault.read'));
  }
}

async function complaintsOf(
  entities: EntityManager,
  requestId: string,
  today: string,
): Promise<DeliveryPage['complaints']> {
  const here = `/sagsbehandling/${requestId}`;
  const complaints = await entities.find(Complaint, { where: { requestId }, order: { position: 'ASC' } });
  const numbers = await documentNumbers(entities, requestId);
  const files = await appealFilesOf(entities, requestId);
  return {
    href: `${here}/klager`,
    lines: [
      ...complaints.map((each) => ({
        title: titleInWords(each, numbers.get(each.documentId ?? '') ?? null),
        status: statusOfComplaint(each, today),
        href: `${here}/klager/${each.id}`,
      })),
      ...files.map(({ file }) => ({
        title: `Sagen til ${file.recipient}`,
        status: statusOfFile(file),
        href: `${here}/klagesag/${file.id}`,
      })),
    ],
  };
}

async function signatures(entities: EntityManager, decision: Decision) {
  const reviewer = await entities.findOneByOrFail(Staff, { id: decision.reviewedBy });
  const signer = decision.signedBy ? await entities.findOneByOrFail(Staff, { id: decision.signedBy }) : null;
  const { verdict, checks } = decision.facts?.verification ?? { verdict: 'fail' as const, checks: 0 };
  return {
    decidedBy: reviewer.name,
    approvedBy: signer?.name ?? 'Ingen: godkendelsen er trukket tilbage',
    approvedAt: decision.signedAt ?? decision.reviewedAt,
    manifestSha256: decision.manifestSha256 ?? '',
    verification: { verdict, checks, at: decision.reviewedAt },
  };
}

async function files(entities: EntityManager, { id }: Decision): Promise<DeliveryPage['files']> {
  const rows = await entities.find(PackageFile, { where: { decisionId: id }, order: { position: 'ASC' } });
  return rows.map(({ name, pages, size, sha256 }) => ({ name, pages, bytes: Number(size), sha256 }));
}

async function receipts(entities: EntityManager, { id }: Delivery): Promise<DeliveryPage['receipts']> {
  const rows = await entities.find(Receipt, { where: { deliveryId: id }, order: { at: 'ASC' } });
  return rows.map(({ at, status, errorCode, errorMessage, raw }) => ({
    at,
    status: RECEIPTS[status] ?? status,
    error: [errorCode, errorMessage].filter(Boolean).join(': ') || undefined,
    raw,
  }));
}

async function journal(entities: EntityManager, { id }: AccessRequest): Promise<DeliveryPage['journal']> {
  const rows = await entities.find(JournalEntryRow, { where: { requestId: id }, order: { dueAt: 'ASC', kind: 'ASC' } });
  return rows.map(({ kind, state, journalisedAt, journalId, errorText }) => ({
    kind: JOURNAL_KINDS[kind],
    state: errorText ? `${JOURNAL_STATES[state]} (${errorText})` : JOURNAL_STATES[state],
    at: journalisedAt ?? undefined,
    journalId: journalId ?? undefined,
  }));
}

function messageView(message: DeliveryMessage): DeliveryPage['messages'][number] {
  const { messageUuid, contentSha256, contentSize } = message;
  return {
    name: messageInWords(message),
    messageUUID: messageUuid,
    sha256: contentSha256 ?? '',
    bytes: Number(contentSize ?? 0),
    state: messageStateInWords(message),
  };
}

function attemptsOf(delivery: Delivery, messages: DeliveryMessage[]): DeliveryPage['attempts'] {
  const { registration, registrationAt, errorText } = delivery;
  return [
    ...(registration && registrationAt
      ? [{ at: registrationAt, outcome: `Digital Post svarede, at borgeren ${registrationInWords(registration)}` }]
      : []),
    ...messages.flatMap(attemptsOfMessage),
    ...(errorText && messages.every((message) => message.errorText === null)
      ? [{ at: registrationAt ?? new Date(0), outcome: errorText }]
      : []),
  ];
}

function attemptsOfMessage(message: DeliveryMessage): DeliveryPage['attempts'] {
  const { submittedAt, lastAttemptAt, attempts, transmissionId, errorText } = message;
  const tries = attempts === 1 ? 'ét forsøg' : `${attempts} forsøg`;
  const taker = message.channel === 'letter' ? 'Fjernprint' : 'Digital Post';
  const name = messageInWords(message);
  return [
    ...(submittedAt
      ? [
          {
            at: submittedAt,
            outcome: `${name}: ${taker} tog imod efter ${tries}`,
            detail: transmissionId ? `Transmission ${transmissionId}` : undefined,
          },
        ]
      : []),
    ...(errorText
      ? [{ at: submittedAt ?? lastAttemptAt ?? new Date(0), outcome: `${name}: ${errorText}`, detail: tries }]
      : []),
  ];
}
