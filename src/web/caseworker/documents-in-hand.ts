import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DocumentRow } from '../../gathering/document.entity';
import { FileRow, isShut } from '../../gathering/file.entity';
import { RECORDING_DECIDED } from '../../gathering/recording.entity';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import type { LegalBasis } from '../../law';
import { KeyRing } from '../../platform/keys/authority-keys';
import type { AccessRequest } from '../../requests/request.entity';
import type { DocumentState } from '../views/status-tag';

/** One page of a document as the address counts it: through all its files. A file that cannot be read is one page. */
export interface PageInHand {
  file: FileRow;
  /** Page of the file, from 0; null when the file cannot be shown. */
  index: number | null;
  undecided: number;
  /** True while neither a machine nor a person has read it. */
  isUnread: boolean;
}

export interface DocumentInHand {
  row: DocumentRow;
  title: string;
  basis: LegalBasis;
  files: FileRow[];
  pages: PageInHand[];
  undecided: number;
  /** Passages decided to go. */
  removed: number;
}

interface PageCount {
  file_id: string;
  page: number;
  count: number;
}

/** The documents of a request in their order, with what is left to decide in each. */
@Injectable()
export class DocumentsInHand {
  constructor(private readonly keyRing: KeyRing) {}

  async of(entities: EntityManager, request: AccessRequest): Promise<DocumentInHand[]> {
    const keys = await this.keyRing.of(request.authorityId);
    const rows = await entities.find(DocumentRow, {
      where: { requestId: request.id },
      order: { position: 'ASC', id: 'ASC' },
    });
    const files = await entities.find(FileRow, {
      where: { requestId: request.id },
      order: { position: 'ASC', id: 'ASC' },
    });
    const cases = await entities.findBy(RecordsCaseRow, { requestId: request.id });
    const bases = new Map(cases.map((each) => [each.id, each.basis]));
    const counts = await this.counts(entities, request.id);
    return rows.map((row) => {
      const own = files.filter((file) => file.documentId === row.id);
      const pages = own.flatMap((file) => pagesOf(file, counts));
      return {
        row,
        title: keys.unseal('document.title', row.titleSealed),
        basis: bases.get(row.recordsCaseId) ?? request.basis,
        files: own,
        pages,
        undecided: isClosed(row) ? 0 : pages.reduce((sum, page) => sum + page.undecided, 0),
        removed: own.reduce((sum, file) => sum + (counts.removed.get(file.id) ?? 0), 0),
      };
    });
  }

  private async counts(entities: EntityManager, requestId: string) {
    const open: PageCount[] = await entities.query(
      `select p.file_id, p.page, count(*)::int as count from proposal p left join redaction r on r.proposal_id = p.id
       where p.request_id = $1 and r.id is null group by 1, 2`,
      [requestId],
    );
    const unread: PageCount[] = await entities.query(
      `select file_id, number as page, 1 as count from page where request_id = $1 and (reading = 'unread' or photo) and seen_by is null`,
      [requestId],
    );
    const removed: { file_id: string; count: number }[] = await entities.query(
      `select file_id, count(*)::int as count from redaction where request_id = $1 and decision = 'remove' group by 1`,
      [requestId],
    );
    return {
      open: new Map(open.map((each) => [`${each.file_id}:${each.page}`, each.count])),
      unread: new Set(unread.map((each) => `${each.file_id}:${each.page}`)),
      removed: new Map(removed.map((each) => [each.file_id, each.count])),
    };
  }
}

function pagesOf(file: FileRow, counts: { open: Map<string, number>; unread: Set<string> }): PageInHand[] {
  if (file.state !== 'converted') return [{ file, index: null, undecided: 0, isUnread: false }];
  return Array.from({ length: file.pages ?? 0 }, (_, index) => ({
    file,
    index,
    undecided: counts.open.get(`${file.id}:${index}`) ?? 0,
    isUnread: counts.unread.has(`${file.id}:${index}`),
  }));
}

/** Decided as a whole: nothing in it is left to decide. */
export function isClosed({ outcome }: DocumentRow): boolean {
  return outcome === 'withheld' || outcome === 'outside' || outcome === 'duplicate';
}

export function stateOf({ row, files, pages, undecided }: DocumentInHand): DocumentState {
  if (row.outcome === 'withheld' || row.outcome === 'outside' || row.outcome === 'duplicate') return row.outcome;
  if (files.some(cannotBeOpened)) return 'failed';
  if (files.some((file) => file.state === 'listed' || file.state === 'fetched')) return 'converting';
  return undecided > 0 || pages.some((page) => page.isUnread) ? 'undecided' : 'decided';
}

/** Address of the review screen; pages count from 1. */
export function reviewAddress(requestId: string, documentId: string, side: number): string {
  return `/sagsbehandling/${requestId}/gennemgang/${documentId}/${side}`;
}

/** The next page, after the given one and round again, that somebody must decide or read; null when none is left. */
export function nextToDecide(
  documents: DocumentInHand[],
  after?: { documentId: string; side: number },
): { documentId: string; side: number } | null {
  const all = documents.flatMap((document) =>
    document.pages.map((page, index) => ({
      documentId: document.row.id,
      side: index + 1,
      isOpen: isOpen(document, page),
    })),
  );
  const at = after ? all.findIndex((each) => each.documentId === after.documentId && each.side === after.side) : -1;
  const found = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((each) => each.isOpen);
  return found ? { documentId: found.documentId, side: found.side } : null;
}

/** A recording that a person has played and decided on is not open any more, though no machine can read it. */
function cannotBeOpened(file: FileRow): boolean {
  return isShut(file) && file.unreadableReason !== RECORDING_DECIDED;
}

function isOpen(document: DocumentInHand, page: PageInHand): boolean {
  return !isClosed(document.row) && (page.undecided > 0 || page.isUnread || cannotBeOpened(page.file));
}
