import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PageText, PartyRegister } from '../../contracts';
import { readingOf } from '../../gathering/file-reading';
import { PageRow } from '../../gathering/page.entity';
import type { StaffUser } from '../../identity/sessions';
import type { HiddenContent } from '../../pdf';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import { DecisionMemory, type Remembered } from '../../redaction/decision-memory';
import { Persons } from '../../redaction/persons/persons';
import type { ProposalText } from '../../redaction/propose-request';
import { Proposal } from '../../redaction/proposal.entity';
import { Redaction } from '../../redaction/redaction.entity';
import { textsOfMade } from '../../redaction/texts-of-made';
import type { AccessRequest } from '../../requests/request.entity';
import { RefusedVisit } from '../http/refused-visit';
import { DocumentsInHand, type DocumentInHand, type PageInHand } from './documents-in-hand';
import { RequestInHand } from './request-in-hand';

/** Which page of which document, as the address says it; `side` counts from 1 through all files. */
export interface PageAddress {
  id: string;
  dok: string;
  side: number;
}

/** One page with everything that the review screen shows of it. */
export interface PageInReview {
  request: AccessRequest;
  citizen: string;
  documents: DocumentInHand[];
  document: DocumentInHand;
  side: number;
  page: PageInHand;
  row: PageRow | null;
  proposals: Proposal[];
  /** What was decided before on the same words, by proposal; only what this employee has rights to. */
  remembered: Map<string, Remembered>;
  /** Decisions on this page, the latest first. */
  redactions: Redaction[];
  /** Everybody whom the request speaks of, as the choices about them have it. */
  register: PartyRegister;
  staffNames: Map<string, string>;
  text: PageText | null;
  texts: Record<string, ProposalText>;
  hidden: HiddenContent[];
}

/** Reads a page for the review. What the vault gives is in the audit log with the employee's name. */
@Injectable()
export class PagesInReview {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly documents: DocumentsInHand,
    private readonly persons: Persons,
    private readonly memory: DecisionMemory,
    private readonly vault: Vault,
  ) {}

  async of(user: StaffUser, address: PageAddress): Promise<PageInReview> {
    const rows = await this.database.inAuthority(user.authorityId, (entities) => this.rows(entities, user, address));
    return { ...rows, ...(await this.contents(user, rows)) };
  }

  /** The page alone, without reading what it says. */
  async find(entities: EntityManager, { id, dok, side }: PageAddress) {
    const request = await this.inHand.of(entities, id);
    const documents = await this.documents.of(entities, request);
    const document = documents.find((each) => each.row.id === dok);
    const page = document?.pages[side - 1];
    if (!document || !page) throw new RefusedVisit('not-found');
    return { request, documents, document, side, page };
  }

  async textOf(user: StaffUser, page: PageInHand): Promise<PageText | null> {
    if (page.index === null) return null;
    const pages = await this.read<PageText[]>(
      user,
      page,
      page.file.wordsKey,
      'The text of a page is read in the review.',
    );
    return pages?.find((each) => each.index === page.index) ?? null;
  }

  private async rows(entities: EntityManager, user: StaffUser, address: PageAddress) {
    const found = await this.find(entities, address);
    const { file, index } = found.page;
    const place = { fileId: file.id, page: index ?? -1 };
    const proposals = await entities.find(Proposal, { where: place, order: { spanStart: 'ASC', id: 'ASC' } });
    return {
      ...found,
      citizen: await this.inHand.citizenOf(entities, found.request),
      row: index === null ? null : await entities.findOneBy(PageRow, { fileId: file.id, number: index }),
      proposals,
      remembered: await this.memory.ofProposals(entities, user.staffId, proposals),
      redactions: await entities.find(Redaction, { where: place, order: { decidedAt: 'DESC', id: 'ASC' } }),
      register: await this.persons.asRegister(entities, found.request.authorityId, found.request.id),
      staffNames: await this.inHand.staffNames(entities),
    };
  }

  private async contents(
    user: StaffUser,
    { page, side, proposals }: Pick<PageInReview, 'page' | 'side' | 'proposals'>,
  ) {
    const { file } = page;
    const text = await this.textOf(user, page);
    const reason = 'Proposals of a page are shown in the review.';
    return {
      text,
      texts: {
        ...(await this.read<Record<string, ProposalText>>(user, page, file.proposalsKey, reason)),
        ...textsOfMade(text ? [text] : [], proposals),
      },
      hidden:
        side === 1
          ? ((await this.read<HiddenContent[]>(user, page, file.hiddenKey, 'Hidden content is shown in the review.')) ??
            [])
          : [],
    };
  }

  private async read<T>(user: StaffUser, page: PageInHand, key: string | null, reason: string): Promise<T | null> {
    if (key === null) return null;
    const { file, index } = page;
    return this.vault.readJson<T>(user.authorityId, key, {
      ...readingOf(file, reason, { kind: 'staff', id: user.staffId }),
      details: { page: (index ?? 0) + 1 },
    });
  }
}
