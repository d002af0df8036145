import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Box } from '../../contracts';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { OpenAgain } from '../../gathering/open-again';
import { Proposal } from '../../redaction/proposal.entity';
import { Redaction } from '../../redaction/redaction.entity';
import { DocumentReview } from '../../redaction/document-review';
import { Review } from '../../redaction/review';
import { Refusal } from '../../requests/refusal';
import { RefusedVisit } from '../http/refused-visit';
import { addedKind } from './kinds-of-information';
import { PagesInReview, type PageAddress } from './page-in-review';
import { RequestInHand } from './request-in-hand';
import type { AddPassageForm, AllPassagesForm, PassageForm, WholeDocumentForm } from './review-forms';
import { boxOfShown } from './shown-place';
import { placesOfText } from './text-on-page';

/** What a caseworker does on the review screen, each act in one transaction with its entry in the audit log. */
@Injectable()
export class ReviewActs {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly pages: PagesInReview,
    private readonly review: Review,
    private readonly documentReview: DocumentReview,
    private readonly openFiles: OpenAgain,
  ) {}

  /** Has the document's shut files checked and read once more. */
  openAgain(user: StaffUser, id: string, documentId: string): Promise<void> {
    return this.onPage(user, { id, dok: documentId, side: 1 }, (entities) =>
      this.openFiles.try(entities, id, documentId, user.staffId),
    );
  }

  /** Decides a proposal; a passage that a person added is decided anew or taken back. */
  async decide(user: StaffUser, address: PageAddress & { fid: string }, form: PassageForm): Promise<void> {
    await this.onPage(user, address, async (entities, { page }) => {
      const decision = form.afgoerelse === 'fjern' ? ('remove' as const) : ('keep' as const);
      const place = { id: address.fid, requestId: address.id, fileId: page.file.id, page: page.index ?? -1 };
      if (await entities.existsBy(Proposal, place)) {
        await this.review.decide(entities, address.id, [address.fid], user.staffId, {
          decision,
          groundId: form.hjemmel,
        });
        return;
      }
      const added = await entities.findOneBy(Redaction, place);
      if (!added) throw new RefusedVisit('not-found');
      await this.review.undo(entities, address.id, [added.id], user.staffId);
      if (decision === 'remove')
        await this.review.draw(
          entities,
          address.id,
          added.fileId,
          added.page,
          added.boxes,
          user.staffId,
          form.hjemmel ?? added.groundId ?? undefined,
          added,
        );
    });
  }

  /** Removes what was drawn, or every place on the page where the text stands. */
  async add(user: StaffUser, address: PageAddress, form: AddPassageForm): Promise<void> {
    const { page } = await this.onPage(user, address, async (_entities, found) => found);
    const text = await this.pages.textOf(user, page);
    if (!text || page.index === null)
      throw new Refusal(
        'no-such-page',
        'Siden kan ikke vises, og der kan ikke fjernes noget på den. Tag stilling til hele dokumentet.',
      );
    const places = isDrawn(form)
      ? [[boxOfShown(text, { x: form.x, y: form.y, width: form.bredde, height: form.hoejde })]]
      : placesOfText(text, form.tekst ?? '');
    if (places.some((boxes) => boxes.some(isEmpty)))
      throw new Refusal('box-empty', 'Feltet er for lille. Tegn det igen, så det dækker det, der skal fjernes.');
    if (places.length === 0) throw new Refusal('text-not-found', notFound(form.tekst));
    const { index } = page;
    await this.onPage(user, address, async (entities) => {
      for (const boxes of places)
        await this.review.draw(
          entities,
          address.id,
          page.file.id,
          index,
          boxes,
          user.staffId,
          form.hjemmel,
          addedKind(form.slags),
        );
    });
  }

  /** Takes back the latest decision on the page. */
  async undo(user: StaffUser, address: PageAddress): Promise<void> {
    await this.onPage(user, address, async (entities, { page }) => {
      const latest = await entities.findOne(Redaction, {
        where: { fileId: page.file.id, page: page.index ?? -1 },
        order: { decidedAt: 'DESC', id: 'ASC' },
      });
      if (latest) await this.review.undo(entities, address.id, [latest.id], user.staffId);
    });
  }

  async markSeen(user: StaffUser, address: PageAddress): Promise<void> {
    await this.onPage(user, address, async (entities, { page }) => {
      if (page.index !== null) await this.review.markSeen(entities, address.id, page.file.id, page.index, user.staffId);
    });
  }

  async decideAll(user: StaffUser, id: string, documentId: string, form: AllPassagesForm): Promise<void> {
    await this.onPage(user, { id, dok: documentId, side: 1 }, async (entities) => {
      if (form.afgoerelse === 'fjern') {
        await this.review.followProposals(entities, id, user.staffId, documentId);
        return;
      }
      const open = await this.review.openProposals(entities, id, documentId);
      const ids = open.map((proposal) => proposal.id);
      await this.review.decide(entities, id, ids, user.staffId, { decision: 'keep' });
    });
  }

  async decideDocument(user: StaffUser, id: string, documentId: string, form: WholeDocumentForm): Promise<void> {
    await this.onPage(user, { id, dok: documentId, side: 1 }, async (entities) => {
      if (form.udfald === 'udenfor') return this.documentReview.setOutside(entities, id, documentId, user.staffId);
      if (form.udfald === 'medtag') return this.documentReview.reopenDocument(entities, id, documentId, user.staffId);
      if (!form.hjemmel)
        throw new Refusal('ground-missing', 'Vælg den bestemmelse, som hele dokumentet udelades efter.');
      return this.documentReview.withhold(entities, id, documentId, user.staffId, form.hjemmel, form.begrundelse ?? '');
    });
  }

  private onPage<T>(
    user: StaffUser,
    address: PageAddress,
    work: (entities: EntityManager, found: Awaited<ReturnType<PagesInReview['find']>>) => Promise<T>,
  ): Promise<T> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const found = await this.pages.find(entities, address);
      await this.inHand.toWorkOn(entities, address.id, user.staffId);
      return work(entities, found);
    });
  }
}

type Drawn = Required<Pick<AddPassageForm, 'x' | 'y' | 'bredde' | 'hoejde'>>;

function isDrawn(form: AddPassageForm): form is AddPassageForm & Drawn {
  return [form.x, form.y, form.bredde, form.hoejde].every((value) => value !== undefined);
}

function isEmpty(box: Box): boolean {
  return box[2] - box[0] < 1 || box[3] - box[1] < 1;
}

function notFound(text: string | undefined): string {
  if (!text) return 'Skriv teksten, der skal fjernes, eller tegn et felt på siden.';
  return 'Teksten står ikke sådan på siden. Skriv den, som den står under »Sidens tekst«, eller tegn et felt på siden.';
}
