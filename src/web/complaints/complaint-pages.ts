import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { appealFilesOf } from '../../delivery/appeal-file/appeal-files';
import { cameByInWords } from '../../delivery/appeal-file/appeal-words';
import type { AppealFile } from '../../delivery/appeal-file/appeal-file.entity';
import { Complaint } from '../../delivery/complaints/complaint.entity';
import { Complaints } from '../../delivery/complaints/complaints';
import type { StaffUser } from '../../identity/sessions';
import { APPEAL_BODIES, danishDay, longDate } from '../../law';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import type { AccessRequest } from '../../requests/request.entity';
import { RequestInHand } from '../caseworker/request-in-hand';
import { hasAnswer } from '../citizen/request-words';
import { RefusedVisit } from '../http/refused-visit';
import type { AppealFileLine, ComplaintDraft, ComplaintPage, ComplaintsPage } from '../views/klager';
import type { FieldError } from '../views/page-shell';
import { stepsOf } from './complaint-steps';
import {
  CAME_BY_CHOICES,
  OUTCOME_CHOICES,
  statusOfComplaint,
  statusOfFile,
  subjectChoices,
  titleInWords,
} from './complaint-words';
import { documentChoices, documentsInAnswer, type ListedDocument } from './documents-in-answer';

const ACTING = ['sagsbehandler', 'godkender', 'arkivar'] as const;

/** Who may do something with a complaint; the data protection officer reads. */
export function mayAct({ roles }: StaffUser): boolean {
  return ACTING.some((role) => roles.includes(role)) && !roles.includes('dpo');
}

/** The complaints of a request, and one of them. */
@Injectable()
export class ComplaintPages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly complaints: Complaints,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  list(
    user: StaffUser,
    requestId: string,
    draft: ComplaintDraft & { noegle?: string } = {},
    errors: FieldError[] = [],
  ): Promise<ComplaintsPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.inHand.of(entities, requestId);
      const today = danishDay(this.clock.now());
      const documents = await this.documents(entities, request);
      const rows = await entities.find(Complaint, { where: { requestId }, order: { position: 'ASC' } });
      return {
        requestId,
        citizen: await this.inHand.citizenOf(entities, request),
        caseNumber: request.number,
        complaints: rows.map((row) => ({
          href: `/sagsbehandling/${requestId}/klager/${row.id}`,
          title: titleInWords(row, numberOf(row, documents)),
          receivedOn: row.receivedOn,
          status: statusOfComplaint(row, today),
          body: row.body ?? 'ikke valgt endnu',
          dueOn: isOpenHere(row) ? row.dueOn : undefined,
        })),
        files: await this.files(entities, requestId),
        register: mayAct(user)
          ? {
              key: draft.noegle ?? randomUUID(),
              subjects: subjectChoices(hasAnswer(request)),
              documents: documentChoices(documents),
              cameBy: CAME_BY_CHOICES,
              form: { modtaget: today, ...draft },
            }
          : undefined,
        orderHref: mayAct(user) && canOrder(request) ? `/sagsbehandling/${requestId}/klagesag` : undefined,
        errors,
      };
    });
  }

  async one(
    user: StaffUser,
    requestId: string,
    id: string,
    form: ComplaintPage['form'] = {},
    errors: FieldError[] = [],
  ): Promise<ComplaintPage> {
    const { complaint, page } = await this.database.inAuthority(user.authorityId, (entities) =>
      this.rowsOfOne(entities, user, requestId, id),
    );
    const actor = { kind: 'staff' as const, id: user.staffId };
    return {
      ...page,
      words: await this.complaints.wordsOf(complaint, actor),
      statement: await this.complaints.statementOf(complaint, actor),
      ...{ form, errors },
    };
  }

  private async rowsOfOne(entities: EntityManager, user: StaffUser, requestId: string, id: string) {
    const request = await this.inHand.of(entities, requestId);
    const complaint = await entities.findOneBy(Complaint, { id, requestId });
    if (!complaint) throw new RefusedVisit('not-found');
    const today = danishDay(this.clock.now());
    const names = await this.inHand.staffNames(entities);
    const documents = await this.documents(entities, request);
    const page = {
      ...{ requestId, id, today, body: complaint.body, bodies: [...APPEAL_BODIES], outcomes: OUTCOME_CHOICES },
      citizen: await this.inHand.citizenOf(entities, request),
      title: titleInWords(complaint, numberOf(complaint, documents)),
      status: statusOfComplaint(complaint, today),
      facts: await this.facts(complaint, names),
      steps: stepsOf(complaint, today, await this.complaints.outcomeNoteOf(complaint)),
      next: mayAct(user) ? nextOf(complaint) : undefined,
      canWithdraw: mayAct(user) && complaint.state !== 'closed',
      files: await this.files(entities, requestId, id),
      canOrder: mayAct(user) && complaint.state !== 'closed' && complaint.body !== null && canOrder(request),
    };
    return { complaint, page };
  }

  private async facts(complaint: Complaint, names: Map<string, string>): Promise<ComplaintPage['facts']> {
    const { receivedOn, cameBy, registeredBy, legalSource, body, dueOn } = complaint;
    return [
      { label: 'Modtaget', value: `${longDate(receivedOn)} ${cameByInWords(cameBy)}` },
      { label: 'Fra', value: (await this.complaints.senderOf(complaint)) ?? 'Borgeren selv' },
      {
        label: 'Registreret af',
        value: registeredBy ? (names.get(registeredBy) ?? 'En medarbejder') : 'Borgeren selv',
      },
      { label: 'Klageinstans', value: body ?? 'Ikke valgt: kataloget kender den ikke' },
      { label: 'Regel', value: legalSource },
      { label: 'Kommunens frist', value: longDate(dueOn) },
    ];
  }

  private async files(entities: EntityManager, requestId: string, complaintId?: string): Promise<AppealFileLine[]> {
    const names = await this.inHand.staffNames(entities);
    const files = (await appealFilesOf(entities, requestId)).map(({ file }) => file);
    return files
      .filter((file) => complaintId === undefined || file.complaintId === complaintId)
      .map((file) => fileLine(file, names));
  }

  private async documents(entities: EntityManager, { authorityId, id }: AccessRequest): Promise<ListedDocument[]> {
    return documentsInAnswer(entities, await this.keyRing.of(authorityId), id);
  }
}

export function fileLine(file: AppealFile, names: Map<string, string>): AppealFileLine {
  const { id, requestId, recipient, dueOn, orderedAt, orderedBy } = file;
  return {
    href: `/sagsbehandling/${requestId}/klagesag/${id}`,
    ...{ recipient, dueOn, orderedAt, status: statusOfFile(file) },
    orderedBy: names.get(orderedBy) ?? 'En medarbejder',
  };
}

export function canOrder(request: AccessRequest): boolean {
  return hasAnswer(request) && request.deletedAt === null;
}

function numberOf({ documentId }: Complaint, documents: ListedDocument[]): number | null {
  return documents.find(({ id }) => id === documentId)?.position ?? null;
}

function isOpenHere({ state }: Complaint): boolean {
  return state === 'received' || state === 'upheld';
}

function nextOf({ state, body, sendTo }: Complaint): ComplaintPage['next'] {
  if (state === 'closed') return undefined;
  if (state === 'forwarded') return 'outcome';
  if (body === null) return 'body';
  return state === 'received' && sendTo === 'municipality' ? 'reassess' : 'forward';
}
