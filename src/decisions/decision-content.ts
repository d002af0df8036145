import { Injectable } from '@nestjs/common';
import { IsNull, Not, type EntityManager } from 'typeorm';
import type { AbsentTerm, PartyRegister } from '../contracts';
import { DocumentRow } from '../gathering/document.entity';
import { FileRow } from '../gathering/file.entity';
import { Recording } from '../gathering/recording.entity';
import { RecordsCaseRow } from '../gathering/records-case.entity';
import { Register } from '../gathering/register';
import { searchBalance, type CountedDocument, type SearchBalance } from '../gathering/balance';
import { isPartialAnswer, searchStatements } from '../gathering/search-statement';
import { People } from '../identity/people';
import { PersonRef } from '../identity/person-ref.entity';
import { Staff } from '../identity/staff.entity';
import type { LegalBasis } from '../law';
import { Authority } from '../platform/database/authority.entity';
import { Database } from '../platform/database/database';
import { KeyRing } from '../platform/keys/authority-keys';
import { chosenTitleWords } from '../redaction/checks/title-words';
import { deliveredTitles } from '../redaction/delivered-title';
import { Redaction } from '../redaction/redaction.entity';
import { RemovedTerms, type TermsOfRequest } from '../redaction/removed-terms';
import { AccessRequest } from '../requests/request.entity';
import { Requests } from '../requests/requests';
import type { Considerations } from './close-review';
import type { Decision, DecisionOutcome } from './decision.entity';
import { givenRecordings, type GivenRecording } from './given-recordings';

export interface DecidedCase {
  id: string;
  /** `sag 27.24.00-G01-1-24`, redacted like everything else. */
  label: string;
  kle: string | null;
  basis: LegalBasis;
}

export interface DecidedDocument {
  row: DocumentRow;
  files: FileRow[];
  recordsCase: DecidedCase;
  title: string;
  outcome: 'full' | 'partial' | 'withheld' | 'outside' | 'duplicate';
  /** Grounds of passages removed, in the order of the catalogue's ids. */
  grounds: string[];
  withheldReason: string | null;
}

/** Everything that letter, aktliste and package say, read once. */
export interface DecisionContent {
  authority: Authority;
  request: AccessRequest;
  decision: Decision;
  requesterName: string;
  caseworker: Staff;
  wording: string | null;
  documents: DecidedDocument[];
  /** Passages removed in documents that are given. What was decided in a document before it was withheld counts nowhere. */
  redactions: Redaction[];
  /** Passages that a person decided to keep. */
  kept: Redaction[];
  considerations: Considerations;
  /** Sounds and films that are given or shown. */
  recordings: GivenRecording[];
  sources: string[];
  /** The account of the search as the citizen may know it. */
  balance: SearchBalance;
  /** Somebody decided that the citizen is answered before everything has been searched. */
  isPartialAnswer: boolean;
  /** What may stand nowhere on the pages of documents but where it is kept, and what may stand in no text of ours. */
  absent: TermsOfRequest;
  outcome: DecisionOutcome;
}

const ANOTHERS_TITLE = 'Dokument, der ikke handler om dig';

@Injectable()
export class DecisionContents {
  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly people: People,
    private readonly register: Register,
    private readonly requests: Requests,
    private readonly terms: RemovedTerms,
  ) {}

  async of(decision: Decision): Promise<DecisionContent> {
    return this.read(decision, await this.terms.of(decision.authorityId, decision.requestId, decision.round));
  }

  /** Of a decision that is still being made: nothing of it is remembered for the one that is signed. */
  async preview(decision: Decision): Promise<DecisionContent> {
    return this.read(decision, await this.terms.now(decision.authorityId, decision.requestId));
  }

  private read(decision: Decision, absent: TermsOfRequest): Promise<DecisionContent> {
    return this.database.inAuthority(decision.authorityId, async (entities) => {
      const request = await entities.findOneByOrFail(AccessRequest, { id: decision.requestId });
      const register = await this.register.of(entities, request.authorityId, request.id);
      const removed = await entities.findBy(Redaction, { requestId: request.id, decision: 'remove' });
      const documents = await this.documents(entities, request, register, removed, absent.onPages);
      const keys = await this.keyRing.of(request.authorityId);
      return {
        authority: await entities.findOneByOrFail(Authority, { id: request.authorityId }),
        request,
        decision,
        requesterName: await this.people.nameOf(await entities.findOneByOrFail(PersonRef, { id: request.personRefId })),
        caseworker: await entities.findOneByOrFail(Staff, { id: decision.reviewedBy }),
        wording: await this.requests.wordingOf(request),
        documents,
        redactions: inGivenDocuments(removed, documents),
        kept: await entities.findBy(Redaction, { requestId: request.id, decision: 'keep' }),
        considerations: JSON.parse(
          keys.unseal('decision.considerations', decision.considerationsSealed as Buffer),
        ) as Considerations,
        recordings: await givenRecordings(entities, request.id, documents),
        sources: await searchStatements(entities, request.id),
        balance: await searchBalance(entities, request.id, documents.map(countedDocument), true),
        isPartialAnswer: await isPartialAnswer(entities, request.id),
        absent,
        outcome: outcomeOf(documents),
      };
    });
  }

  private async documents(
    entities: EntityManager,
    request: AccessRequest,
    register: PartyRegister,
    redactions: Redaction[],
    absent: AbsentTerm[],
  ): Promise<DecidedDocument[]> {
    const keys = await this.keyRing.of(request.authorityId);
    // A case whose existence is protected is in nothing that leaves.
    const cases = await entities.findBy(RecordsCaseRow, { requestId: request.id, existence: Not('protected') });
    const known = new Set(cases.map(({ id }) => id));
    const all = await entities.find(DocumentRow, { where: { requestId: request.id }, order: { position: 'ASC' } });
    const rows = all.filter(({ recordsCaseId }) => known.has(recordsCaseId));
    const cut = await entities.findBy(Recording, { requestId: request.id, groundId: Not(IsNull()) });
    const files = await entities.find(FileRow, { where: { requestId: request.id }, order: { position: 'ASC' } });
    const titles = deliveredTitles(
      [
        ...rows.map((row) => ({ id: row.id, text: keys.unseal('document.title', row.titleSealed) })),
        ...cases.map((each) => ({
          id: each.id,
          text: each.numberSealed
            ? `sag ${keys.unseal('records_case.number', each.numberSealed)}`
            : keys.unseal('records_case.title', each.titleSealed),
        })),
      ],
      register,
      absent,
      await chosenTitleWords(entities, keys, request.id),
    );
    const decidedCases = new Map(
      cases.map((each) => [
        each.id,
        { id: each.id, label: titles.get(each.id) as string, kle: each.kle, basis: each.basis },
      ]),
    );
    return rows.map((row) => {
      const own = files.filter((file) => file.documentId === row.id);
      const removed = isAnswered(row.outcome)
        ? []
        : redactions.filter((each) => own.some((file) => file.id === each.fileId));
      const cutHere = cut.filter((each) => own.some((file) => file.id === each.fileId));
      const grounds = [...new Set([...removed, ...cutHere].map((each) => each.groundId as string))].sort();
      return {
        row,
        files: own,
        recordsCase: decidedCases.get(row.recordsCaseId) as DecidedCase,
        title: isAnothersDocument(row) ? ANOTHERS_TITLE : (titles.get(row.id) as string),
        outcome: isAnswered(row.outcome) ? row.outcome : grounds.length > 0 ? 'partial' : 'full',
        grounds: row.outcome === 'withheld' ? [row.withheldGround as string] : grounds,
        withheldReason:
          row.outcome === 'withheld' && row.withheldReasonSealed
            ? keys.unseal('document.withheld_reason', row.withheldReasonSealed)
            : null,
      };
    });
  }
}

function countedDocument({ row, outcome }: DecidedDocument): CountedDocument {
  return { recordsCaseId: row.recordsCaseId, sourceDocumentId: row.sourceDocumentId, ending: outcome };
}

function inGivenDocuments(redactions: Redaction[], documents: DecidedDocument[]): Redaction[] {
  const given = documents.filter(({ outcome }) => outcome === 'full' || outcome === 'partial');
  const files = new Set(given.flatMap((document) => document.files.map((file) => file.id)));
  return redactions.filter((each) => files.has(each.fileId));
}

/** What the title of somebody else's document tells is somebody else's. */
function isAnothersDocument({ outcome, finding }: DocumentRow): boolean {
  return outcome === 'outside' && finding !== null;
}

function isAnswered(outcome: DocumentRow['outcome']): outcome is 'withheld' | 'outside' | 'duplicate' {
  return outcome === 'withheld' || outcome === 'outside' || outcome === 'duplicate';
}

function outcomeOf(documents: DecidedDocument[]): DecisionOutcome {
  const given = documents.filter((each) => each.outcome !== 'outside' && each.outcome !== 'duplicate');
  if (given.length === 0) return 'nothing-found';
  if (given.every((each) => each.outcome === 'full')) return 'full';
  return given.every((each) => each.outcome === 'withheld') ? 'refusal' : 'partial';
}
