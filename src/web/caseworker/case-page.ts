import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Decision } from '../../decisions/decision.entity';
import { PackageFile } from '../../decisions/package-file.entity';
import { Complaint } from '../../delivery/complaints/complaint.entity';
import { Recipients } from '../../delivery/recipients';
import { canBeGivenBack, currentDelivery } from '../../delivery/take-back';
import { LateNotice } from '../../delivery/late-notice/late-notice.entity';
import { DocumentRelationRow } from '../../gathering/duplicates/document-relation.entity';
import { searchBalance, type CountedDocument } from '../../gathering/balance';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import { Register } from '../../gathering/register';
import type { StaffUser } from '../../identity/sessions';
import { basisName, basisProvision, deadlines, LEGAL_BASES, type LegalBasis } from '../../law';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Settings } from '../../platform/settings';
import { withNumbers } from '../../redaction/signs-of-cases';
import { isEnded } from '../../requests/lifecycle';
import type { AccessRequest } from '../../requests/request.entity';
import { Requests } from '../../requests/requests';
import type { CaseworkCase, CaseworkPage, CaseworkSource, Finding } from '../views/sag';
import { mandateInWords, recipientInWords } from './delivery-lines';
import { documentLines } from './document-lines';
import { DocumentsInHand, isClosed, reviewAddress, type DocumentInHand } from './documents-in-hand';
import { accessInWords } from './kinds-of-information';
import { nextStep } from './next-step';
import { RequestInHand, understanding } from './request-in-hand';
import { roleInWords } from './roles-in-words';
import { requestTag } from './request-tag';
import { SearchInWords } from './search-in-words';
import { balanceSheet, endingOf, searchedSources } from './sources-in-words';

/** Where one request stands, for those who work on it. */
@Injectable()
export class CasePages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly documents: DocumentsInHand,
    private readonly register: Register,
    private readonly requests: Requests,
    private readonly keyRing: KeyRing,
    private readonly settings: Settings,
    private readonly recipients: Recipients,
    private readonly searchInWords: SearchInWords,
  ) {}

  view(user: StaffUser, requestId: string): Promise<CaseworkPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.inHand.of(entities, requestId);
      const documents = await this.documents.of(entities, request);
      const sources = await searchedSources(entities, requestId);
      const balance = await searchBalance(entities, requestId, documents.map(countedDocument), false);
      const names = await this.inHand.staffNames(entities);
      const cases = await this.cases(entities, request, documents);
      return {
        id: request.id,
        citizen: await this.inHand.citizenOf(entities, request),
        caseNumber: request.number,
        status: requestTag(request.state),
        receivedAt: request.receivedAt,
        wording: (await this.requests.wordingOf(request)) ?? '',
        understanding: understanding(request.scope),
        mandate: await this.mandateOf(entities, request),
        deliveryInWords: recipientInWords(await this.recipients.of(entities, request), request),
        basisInWords: basesInWords(cases.length > 0 ? cases.map((each) => each.basis) : [request.basis]),
        owner: request.assignedTo ? (names.get(request.assignedTo) ?? null) : null,
        clock: { ...this.clockOf(request), promised: await promisedDay(entities, requestId) },
        next: nextStep(request, documents, {
          undoUntil: await undoUntil(entities, request),
          searchedByHand: handSearches(sources.views),
          isHeld: await isHeld(entities, request),
        }),
        sources: sources.views,
        balance: balanceSheet(sources.runs, documents, balance),
        search: await this.searchInWords.of(entities, request, balance),
        parties: await this.parties(entities, request),
        documents: documentLines(request, documents),
        findings: findingsOf(request, documents),
        alike: await entities.countBy(DocumentRelationRow, { requestId }),
        letters: await this.letters(entities, request),
        complaints: await entities.countBy(Complaint, { requestId }),
        events: (await this.requests.eventsOf(entities, requestId)).map(({ at, words }) => ({ at, text: words })),
        cases,
        bases: LEGAL_BASES.map((value) => ({ value, label: `${basisName(value)} (${basisProvision(value)})` })),
        isInReview: request.state === 'review',
        canReopen: request.state === 'ready',
        canHandOver: request.state === 'undeliverable',
        undecided: documents.reduce((sum, document) => sum + document.undecided, 0),
      };
    });
  }

  private async mandateOf(entities: EntityManager, request: AccessRequest): Promise<CaseworkPage['mandate']> {
    const mandate = await this.recipients.mandateOf(entities, request.id);
    const isOpen = !['signed', 'submitted', 'delivered', 'undeliverable', 'withdrawn'].includes(request.state);
    return {
      canChange: isOpen,
      words: mandateInWords(await this.recipients.of(entities, request), mandate?.validUntil ?? null),
      href: mandate ? `/sagsbehandling/${request.id}/fuldmagt/${mandate.id}` : undefined,
    };
  }

  private clockOf(request: AccessRequest): CaseworkPage['clock'] {
    const day40 = deadlines(request.receivedOn).workingDays40[this.settings.SOFT_HOLIDAYS];
    return {
      deadline: request.deadlineOn,
      workingDaysLeft: this.inHand.daysLeft(request),
      day14: request.section39On,
      day40,
    };
  }

  private async cases(
    entities: EntityManager,
    request: AccessRequest,
    documents: DocumentInHand[],
  ): Promise<CaseworkCase[]> {
    const numbers = new Map(documents.map(({ row }) => [row.id, row.position]));
    const keys = await this.keyRing.of(request.authorityId);
    const rows = await entities.find(RecordsCaseRow, {
      where: { requestId: request.id },
      order: { position: 'ASC', id: 'ASC' },
    });
    return rows.map(
      ({ id, basis, numberSealed, titleSealed, responsibleUnit, existence, existenceReason, ...more }) => ({
        existence,
        isHeld: more.heldForJurist,
        isReleased: more.releasedAt !== null,
        canRelease: existence === 'open' && !more.heldForJurist && more.releasedAt === null && !isAnswered(request),
        existenceReason: existenceReason && withNumbers(existenceReason, (document) => numbers.get(document)),
        id,
        basis,
        number: numberSealed ? keys.unseal('records_case.number', numberSealed) : '',
        title: keys.unseal('records_case.title', titleSealed),
        unit: responsibleUnit ?? '',
      }),
    );
  }

  private async parties(entities: EntityManager, request: AccessRequest): Promise<CaseworkPage['parties']> {
    const { parties } = await this.register.of(entities, request.authorityId, request.id);
    return parties.map(({ name, role, access }) => ({
      name,
      role: roleInWords(role),
      access: accessInWords(access),
      isProtected: access === 'protected',
    }));
  }

  private async letters(entities: EntityManager, request: AccessRequest): Promise<CaseworkPage['letters']> {
    const decision = await entities.findOneBy(Decision, { requestId: request.id, round: request.reviewRound });
    if (!decision || decision.state === 'void') return [];
    const letter = await entities.findOneBy(PackageFile, { decisionId: decision.id, kind: 'letter' });
    if (!letter) return [];
    const href = `/sagsbehandling/${request.id}/godkend/filer/${letter.id}`;
    return [{ text: decision.state === 'signed' ? 'Afgørelse' : 'Afgørelse (udkast)', href, at: decision.reviewedAt }];
  }
}

/** Until when an approved answer can be called back; none when it is on its way or not approved. */
async function undoUntil(entities: EntityManager, request: AccessRequest): Promise<Date | undefined> {
  if (request.state !== 'signed') return undefined;
  const delivery = await currentDelivery(entities, request.id);
  return delivery?.releasedAt === null ? (delivery.sendAfter ?? undefined) : undefined;
}

function countedDocument(document: DocumentInHand): CountedDocument {
  const { recordsCaseId, sourceDocumentId } = document.row;
  return { recordsCaseId, sourceDocumentId, ending: endingOf(document) };
}

/** Names of the sources that wait for somebody who searches by hand. */
function handSearches(sources: CaseworkSource[]): string[] {
  return sources.filter(({ state }) => state === 'by_hand').map(({ name }) => name);
}

/** Before that the citizen sees no more of a case than an employee has released. */
function isAnswered({ state }: AccessRequest): boolean {
  return state === 'signed' || state === 'submitted' || isEnded(state);
}

function basesInWords(bases: LegalBasis[]): string {
  return [...new Set(bases)].map(basisName).join(' og ');
}

function findingsOf(request: AccessRequest, documents: DocumentInHand[]): Finding[] {
  const misfiled = documents
    .filter(({ row }) => row.finding !== null && !isClosed(row))
    .map(({ row, title }) => ({
      text: `Dokument ${row.position}, ${title}: ${row.finding}`,
      documentHref: reviewAddress(request.id, row.id, 1),
      documentId: request.state === 'review' ? row.id : undefined,
      tone: 'problem' as const,
    }));
  const stop = request.attention ? [{ text: request.attention, tone: 'problem' as const }] : [];
  return [...stop, ...misfiled];
}

/** The date of the newest late notice, if there is one. */
async function promisedDay(entities: EntityManager, requestId: string): Promise<string | undefined> {
  const [newest] = await entities.find(LateNotice, { where: { requestId }, order: { position: 'DESC' }, take: 1 });
  return newest?.expectedOn;
}

async function isHeld(entities: EntityManager, request: AccessRequest): Promise<boolean> {
  const delivery = await currentDelivery(entities, request.id);
  return delivery !== null && canBeGivenBack(request, delivery);
}
