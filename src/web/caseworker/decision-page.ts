import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CloseReview, type Considerations } from '../../decisions/close-review';
import { DecisionContents, type DecidedDocument } from '../../decisions/decision-content';
import { DecisionDrafts } from '../../decisions/decision-drafts';
import { LetterWriter } from '../../decisions/letter-writer';
import type { StaffUser } from '../../identity/sessions';
import { groundById, longCitation, shortLabel, type LegalGround } from '../../law';
import { Database } from '../../platform/database/database';
import type { AccessRequest } from '../../requests/request.entity';
import type { DecisionGround, DecisionPage } from '../views/afgoerelse';
import type { FieldError } from '../views/page-shell';
import { EXTRA_ACCESS, suggestedConsideration, suggestedExtraAccess } from './consideration-words';
import { DocumentsInHand, nextToDecide, reviewAddress, stateOf, type DocumentInHand } from './documents-in-hand';
import { letterPreview } from './letter-preview';
import { machinePages } from './machine-pages';
import { RequestInHand } from './request-in-hand';

export interface UsedGround {
  ground: LegalGround;
  passages: number;
  documents: number;
}

interface GroundRow {
  ground_id: string;
  passages: number;
  documents: number;
}

/** What is decided and why: words for every ground, and the letter as they make it. */
@Injectable()
export class DecisionPages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly documents: DocumentsInHand,
    private readonly drafts: DecisionDrafts,
    private readonly closeReview: CloseReview,
    private readonly contents: DecisionContents,
    private readonly letterWriter: LetterWriter,
  ) {}

  async view(
    user: StaffUser,
    requestId: string,
    written?: Considerations,
    errors: FieldError[] = [],
  ): Promise<DecisionPage> {
    const { request, documents, ...found } = await this.database.inAuthority(user.authorityId, (entities) =>
      this.load(entities, requestId),
    );
    const words = written ?? this.wordsOf(found.used, found.draft, request);
    const content = await this.contents.preview(await this.drafts.asDecision(request, user.staffId, words));
    const isExtraAccessNeeded = found.used.some(({ ground }) => ground.extraAccess !== 'none');
    return {
      id: request.id,
      citizen: content.requesterName,
      workingDaysLeft: this.inHand.daysLeft(request),
      grounds: found.used.map((each) => groundView(each, words)),
      meroffentlighed: { text: words[EXTRA_ACCESS] ?? '', isNeeded: isExtraAccessNeeded },
      linkedLabels: request.linkedLabels,
      letter: letterPreview(this.letterWriter.write(content)),
      documents: content.documents.map((document) => documentView(request, document, openOnes(documents))),
      missing: this.missing(request, documents, found.obstacles),
      unread: found.unread,
      errors,
    };
  }

  /** The grounds of the passages that go from documents that are given: each needs words in the letter. */
  async usedGrounds(entities: EntityManager, requestId: string): Promise<UsedGround[]> {
    const rows: GroundRow[] = await entities.query(
      `select r.ground_id, count(*)::int as passages, count(distinct f.document_id)::int as documents
       from redaction r join file f on f.id = r.file_id join document d on d.id = f.document_id
       where r.request_id = $1 and r.decision = 'remove' and d.outcome not in ('withheld', 'outside', 'duplicate')
       group by 1 order by 1`,
      [requestId],
    );
    return rows.flatMap(({ ground_id, passages, documents }) => {
      const ground = groundById(ground_id);
      return ground ? [{ ground, passages, documents }] : [];
    });
  }

  private async load(entities: EntityManager, requestId: string) {
    const request = await this.inHand.of(entities, requestId);
    const documents = await this.documents.of(entities, request);
    const { unread } = await machinePages(entities, request, documents, await this.inHand.staffNames(entities));
    return {
      request,
      documents,
      unread,
      used: await this.usedGrounds(entities, requestId),
      draft: await this.drafts.of(entities, request),
      obstacles: await this.closeReview.obstacles(entities, request),
    };
  }

  private wordsOf(used: UsedGround[], draft: Considerations, request: AccessRequest): Considerations {
    const grounds = used.map(({ ground }) => [ground.id, draft[ground.id] ?? suggestedConsideration(ground.id)]);
    return {
      ...Object.fromEntries(grounds),
      [EXTRA_ACCESS]: draft[EXTRA_ACCESS] ?? suggestedExtraAccess(request.basis),
    };
  }

  private missing(request: AccessRequest, documents: DocumentInHand[], obstacles: string[]): DecisionPage['missing'] {
    if (request.state !== 'review')
      return [
        {
          text: 'Gennemgangen er afsluttet eller er ikke begyndt. Se på anmodningen, hvad der er næste skridt.',
          href: `/sagsbehandling/${request.id}`,
        },
      ];
    const next = nextToDecide(documents);
    const href = next ? reviewAddress(request.id, next.documentId, next.side) : `/sagsbehandling/${request.id}`;
    const isAcross = (text: string): boolean => /på tværs|forkert borger/.test(text);
    return obstacles.map((text) => ({ text, href: isAcross(text) ? `/sagsbehandling/${request.id}/kontrol` : href }));
  }
}

function groundView({ ground, passages, documents }: UsedGround, words: Considerations): DecisionGround {
  return {
    groundId: ground.id,
    provision: longCitation(ground),
    title: ground.titleDa,
    passages,
    documents,
    consideration: words[ground.id] ?? '',
    example: 'Skriv videre på »Vi har lagt vægt på, at …«. Røb ikke, hvad der er fjernet, eller hvem det handler om.',
    isNeeded: true,
  };
}

function openOnes(documents: DocumentInHand[]): Set<string> {
  const open = documents.filter((each) => ['undecided', 'converting', 'failed'].includes(stateOf(each)));
  return new Set(open.map((each) => each.row.id));
}

function documentView(
  request: AccessRequest,
  { row, title, outcome, grounds }: DecidedDocument,
  open: Set<string>,
): DecisionPage['documents'][number] {
  return {
    number: String(row.position),
    title,
    outcome,
    isOpen: open.has(row.id),
    provisions: grounds.flatMap((id) => {
      const ground = groundById(id);
      return ground ? [shortLabel(ground)] : [];
    }),
    reviewHref: reviewAddress(request.id, row.id, 1),
  };
}
