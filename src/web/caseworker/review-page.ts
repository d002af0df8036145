import { Injectable } from '@nestjs/common';
import type { StaffUser } from '../../identity/sessions';
import {
  basisName,
  basisProvision,
  groundById,
  groundsFor,
  longCitation,
  type GroundLevel,
  type LegalBasis,
} from '../../law';
import { isShut } from '../../gathering/file.entity';
import { Clock } from '../../platform/clock';
import { KeyRing } from '../../platform/keys/authority-keys';
import type { GroundOption, ReviewDocument, ReviewPage, ReviewPageImage } from '../views/gennemgang';
import type { FieldError } from '../views/page-shell';
import { nextToDecide, reviewAddress, stateOf, type DocumentInHand } from './documents-in-hand';
import { hiddenInWords } from './hidden-words';
import { accessInWords, ADDED_KINDS } from './kinds-of-information';
import { PagesInReview, type PageAddress, type PageInReview } from './page-in-review';
import { personAddress } from './persons-page';
import { isRecording } from '../../gathering/recording.entity';
import { recordingAddress } from './recording-page';
import { RequestInHand } from './request-in-hand';
import { roleInWords } from './roles-in-words';
import { doubtInWords, rasterisedInWords } from './machine-words';
import { reviewProposals } from './review-proposals';
import { shownSize } from './shown-place';

/** What the caseworker sees of one page. */
@Injectable()
export class ReviewPages {
  constructor(
    private readonly pages: PagesInReview,
    private readonly inHand: RequestInHand,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  async view(user: StaffUser, address: PageAddress, errors: FieldError[] = []): Promise<ReviewPage> {
    const page = await this.pages.of(user, address);
    const { request, document, documents, side } = page;
    const next = nextToDecide(documents, { documentId: document.row.id, side });
    const addressOf = (to: number) => reviewAddress(request.id, document.row.id, to);
    return {
      requestId: request.id,
      citizen: page.citizen,
      workingDaysLeft: this.inHand.daysLeft(request),
      document: await this.documentView(page),
      documents: documents.map((each) => linkTo(request.id, each, each.row.id === document.row.id)),
      page: imageOf(page),
      proposals: reviewProposals(page, this.clock.now()),
      grounds: grounds(document.basis, 'text'),
      wholeDocumentGrounds: [...grounds(document.basis, 'document'), ...grounds(document.basis, 'text')],
      kinds: ADDED_KINDS,
      parties: page.register.parties.map(({ id, name, role, access }) => ({
        name,
        role: `${roleInWords(role)} · ${accessInWords(access)}`,
        isProtected: access === 'protected',
        href: personAddress(request.id, id),
      })),
      progress: progressOf(page),
      previousPageHref: side > 1 ? addressOf(side - 1) : undefined,
      nextPageHref: side < document.pages.length ? addressOf(side + 1) : undefined,
      nextUndecidedHref: next ? reviewAddress(request.id, next.documentId, next.side) : undefined,
      canUndo: request.state === 'review' && page.redactions.length > 0,
      canClose: request.state === 'review' && next === null,
      savedAt: page.redactions[0]?.decidedAt,
      errors,
    };
  }

  private async documentView({ request, document, page, hidden }: PageInReview): Promise<ReviewDocument> {
    const keys = await this.keyRing.of(request.authorityId);
    const { row, title, basis, pages } = document;
    const ground = row.withheldGround ? groundById(row.withheldGround) : null;
    const isUnreadable = isShut(page.file);
    return {
      id: row.id,
      number: String(row.position),
      title,
      pages: pages.length,
      basisInWords: `${basisName(basis)} (${basisProvision(basis)})`,
      notes: isUnreadable
        ? []
        : page.file.notes.filter((note) => !isShownWhole(note.code, hidden)).map((note) => note.sentence),
      withheld:
        ground && row.withheldReasonSealed
          ? {
              groundText: longCitation(ground),
              reason: keys.unseal('document.withheld_reason', row.withheldReasonSealed),
            }
          : undefined,
      isOutside: row.outcome === 'outside',
      unreadable: isUnreadable ? page.file.notes.map((note) => note.sentence).join(' ') : undefined,
      openAgainHref:
        isUnreadable && page.file.originalKey !== null && request.state === 'review'
          ? `/sagsbehandling/${request.id}/gennemgang/${row.id}/igen`
          : undefined,
      recordingHref: isRecording(page.file) ? recordingAddress(request.id, page.file.id) : undefined,
      hidden: hiddenInWords(hidden),
    };
  }
}

/** The first page lists what was hidden; elsewhere it is said that there was something. */
function isShownWhole(code: string, hidden: PageInReview['hidden']): boolean {
  return code.startsWith('hidden-') && hidden.length > 0;
}

function linkTo(requestId: string, document: DocumentInHand, isCurrent: boolean): ReviewPage['documents'][number] {
  const { row, title, undecided, pages } = document;
  const first = pages.findIndex((page) => page.undecided > 0 || page.isUnread);
  return {
    href: reviewAddress(requestId, row.id, Math.max(first, 0) + 1),
    text: title,
    number: String(row.position),
    state: stateOf(document),
    undecided,
    isCurrent,
  };
}

function imageOf({ request, document, side, page, row, text }: PageInReview): ReviewPageImage {
  const size = text ? shownSize(text) : { width: 595, height: 842 };
  return {
    number: side,
    ...size,
    imageHref: text ? `${reviewAddress(request.id, document.row.id, side)}/billede.png` : undefined,
    text: text?.text ?? '',
    reading: page.index === null ? 'text' : (row?.reading ?? 'unread'),
    unreadReason: row?.reading === 'unread' ? doubtInWords(row.doubt, row.measures) : undefined,
    rasterisedReason: row?.rasterised ? rasterisedInWords(row.rasterisedWhy) : undefined,
    isSeen: page.index === null || Boolean(row?.seenAt),
  };
}

function grounds(basis: LegalBasis, level: GroundLevel): GroundOption[] {
  return groundsFor(basis, level).map(({ id, provision, titleDa }) => ({ id, label: `${provision} – ${titleDa}` }));
}

function progressOf({ documents, document, page }: PageInReview): ReviewPage['progress'] {
  return {
    undecidedOnPage: page.undecided,
    undecidedInDocument: document.undecided,
    undecidedInRequest: documents.reduce((sum, each) => sum + each.undecided, 0),
    unreadPages: documents.flatMap((each) => each.pages).filter((each) => each.isUnread).length,
  };
}
