import { Injectable } from '@nestjs/common';
import { In, Not, type EntityManager } from 'typeorm';
import type { AbsentTerm, PageText } from '../../contracts';
import { DocumentRow } from '../../gathering/document.entity';
import { readingOf } from '../../gathering/file-reading';
import { FileRow } from '../../gathering/file.entity';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import { Register } from '../../gathering/register';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Vault } from '../../platform/vault/vault';
import type { AccessRequest } from '../../requests/request.entity';
import { deliveredTitles } from '../delivered-title';
import { drawnTerms } from '../drawn-terms';
import { foldedTerm, isLookedFor } from '../looked-for';
import { Proposal } from '../proposal.entity';
import { Redaction } from '../redaction.entity';
import { wordsOf } from './belonging';
import type { VisiblePlace } from './consistency';
import { placesOn, removedFrom, type DecidedFile } from './decided-pages';
import { foldedWord, type RemovedPassage } from './removed-words';
import { chosenTitleWords } from './title-words';

/** Everything that the check across documents compares, as the decisions are now. */
export interface ComparedRequest {
  removed: RemovedPassage[];
  places: VisiblePlace[];
  /** Folded words of the names of those who are kept. */
  keptWords: Set<string>;
}

const NOT_GIVEN = ['withheld', 'outside', 'duplicate'] as const;
const KEPT = new Set(['own', 'employee', 'professional']);

/** Gathers what goes and what stays of one request, and what the citizen was given before. */
@Injectable()
export class ComparedRequests {
  constructor(
    private readonly vault: Vault,
    private readonly keyRing: KeyRing,
    private readonly register: Register,
  ) {}

  async of(entities: EntityManager, request: AccessRequest): Promise<ComparedRequest> {
    const documents = await this.given(entities, request.id);
    const files = await this.filesOf(entities, request.id, documents);
    const removed = files.flatMap(removedFrom);
    if (removed.length === 0) return { removed, places: [], keptWords: new Set() };
    // What the citizen has written is known to the citizen: only what is protected is taken out of it.
    const compared = files.filter(({ file }) => !documents.get(file.documentId)?.sentIn);
    const { parties } = await this.register.of(entities, request.authorityId, request.id);
    return {
      removed,
      places: [
        ...compared.flatMap((each) => placesOn(each, each.file.documentId, 'page')),
        ...(await this.titles(entities, request, [...documents.values()], absentTerms(removed, files))),
        ...(await this.givenBefore(entities, request)),
      ],
      keptWords: new Set(
        parties.filter(({ access }) => KEPT.has(access)).flatMap(({ name }) => wordsOf(name).map(foldedWord)),
      ),
    };
  }

  private async given(entities: EntityManager, requestId: string): Promise<Map<string, DocumentRow>> {
    const rows = await entities.find(DocumentRow, {
      where: { requestId, outcome: Not(In([...NOT_GIVEN])) },
      order: { position: 'ASC', id: 'ASC' },
    });
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async filesOf(
    entities: EntityManager,
    requestId: string,
    documents: ReadonlyMap<string, DocumentRow>,
  ): Promise<DecidedFile[]> {
    const files = await entities.find(FileRow, { where: { requestId, state: 'converted' }, order: { id: 'ASC' } });
    const redactions = await entities.find(Redaction, { where: { requestId }, order: { page: 'ASC', id: 'ASC' } });
    const proposals = await entities.findBy(Proposal, { requestId });
    const given = files.filter(({ documentId }) => documents.has(documentId));
    const positionOf = (file: FileRow): number => documents.get(file.documentId)?.position ?? 0;
    const read: DecidedFile[] = [];
    for (const file of given.sort((a, b) => positionOf(a) - positionOf(b) || a.position - b.position))
      read.push({
        file,
        pages: await this.pagesOf(file),
        redactions: redactions.filter(({ fileId }) => fileId === file.id),
        proposals: new Map(proposals.filter(({ fileId }) => fileId === file.id).map((each) => [each.id, each])),
      });
    return read;
  }

  /** Titles as the aktliste will have them. */
  private async titles(
    entities: EntityManager,
    request: AccessRequest,
    documents: DocumentRow[],
    absent: AbsentTerm[],
  ): Promise<VisiblePlace[]> {
    const keys = await this.keyRing.of(request.authorityId);
    const cases = await entities.findBy(RecordsCaseRow, { requestId: request.id });
    const titles = [
      ...documents.map((row) => ({ id: row.id, text: keys.unseal('document.title', row.titleSealed) })),
      ...cases
        .filter(({ numberSealed }) => numberSealed === null)
        .map((row) => ({ id: row.id, text: keys.unseal('records_case.title', row.titleSealed) })),
    ];
    const register = await this.register.of(entities, request.authorityId, request.id);
    const chosen = await chosenTitleWords(entities, keys, request.id);
    const shown = deliveredTitles(titles, register, absent, chosen);
    const isCase = new Set(cases.map(({ id }) => id));
    return titles.map(({ id }) => ({
      groupId: id,
      kind: isCase.has(id) ? 'case-title' : 'title',
      fileId: null,
      page: null,
      text: shown.get(id) as string,
      removed: [],
      kept: [],
    }));
  }

  /** The pages of earlier answers to the same citizen; parties are known again by who they are, not by their keys. */
  private async givenBefore(entities: EntityManager, request: AccessRequest): Promise<VisiblePlace[]> {
    const earlier: { id: string }[] = await entities.query(
      `select distinct r.id from request r join decision d on d.request_id = r.id and d.state = 'signed'
       where r.person_ref_id = $1 and r.id <> $2 order by r.id`,
      [request.personRefId, request.id],
    );
    const places: VisiblePlace[] = [];
    for (const { id } of earlier) {
      const keys = await sameParties(entities, id, request.id);
      const files = await this.filesOf(entities, id, await this.given(entities, id));
      for (const each of files.flatMap((file) => placesOn(file, id, 'earlier')))
        places.push({
          ...each,
          kept: each.kept.map((kept) => ({ ...kept, party: keys.get(kept.party ?? '') ?? null, proposalId: null })),
        });
    }
    return places;
  }

  private pagesOf(file: FileRow): Promise<PageText[]> {
    return this.vault.readJson<PageText[]>(
      file.authorityId,
      file.wordsKey as string,
      readingOf(file, 'What is removed in one document is compared with all others.'),
    );
  }
}

/** What the gate and the aktliste will look for: everything that goes and is kept nowhere. */
function absentTerms(removed: RemovedPassage[], files: DecidedFile[]): AbsentTerm[] {
  const kept = new Set(
    files.flatMap((file) =>
      placesOn(file, '', 'page').flatMap(({ text, kept: stays }) =>
        stays.map(({ start, end }) => foldedTerm(text.slice(start, end))),
      ),
    ),
  );
  return removed
    .flatMap(({ text, type, isDrawn }) => (isDrawn ? drawnTerms(text, type) : [{ text: text.trim(), type }]))
    .filter(({ text, type }) => isLookedFor(text, type ?? '') && !kept.has(foldedTerm(text)));
}

async function sameParties(entities: EntityManager, from: string, to: string): Promise<Map<string, string>> {
  const rows: { before: string; now: string }[] = await entities.query(
    `select a.key as before, b.key as now from party a join party b on b.identity_hmac = a.identity_hmac
     where a.request_id = $1 and b.request_id = $2`,
    [from, to],
  );
  return new Map(rows.map(({ before, now }) => [before, now]));
}
