import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DocumentRow } from '../../gathering/document.entity';
import { FileRow } from '../../gathering/file.entity';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import { KeyRing } from '../../platform/keys/authority-keys';
import { AccessRequest } from '../../requests/request.entity';
import type { ListedDocument } from './plan';
import { reasonCell } from './reason-codes';
import type { ListLine } from './write-list';

const CATEGORIES: Record<string, string> = { ind: 'Indgående', ud: 'Udgående', intern: 'Internt' };
const KINDS: Record<string, string> = { journalNote: 'Journalnotat', mail: 'Mail', message: 'Besked', form: 'Blanket' };

interface Loaded {
  document: ListedDocument;
  row: DocumentRow;
  fileNames: string[];
}

/** The documents of a request as the exchanged list tells of them. */
@Injectable()
export class ListedDocuments {
  constructor(private readonly keyRing: KeyRing) {}

  async of(entities: EntityManager, requestId: string): Promise<ListedDocument[]> {
    return (await this.load(entities, requestId)).map(({ document }) => document);
  }

  async linesOf(entities: EntityManager, requestId: string): Promise<ListLine[]> {
    const loaded = await this.load(entities, requestId);
    const ids = new Map(loaded.map(({ row }) => [row.id, row.sourceDocumentId]));
    return loaded.map((each) => lineOf(each, each.row.parentId ? (ids.get(each.row.parentId) ?? '') : ''));
  }

  private async load(entities: EntityManager, requestId: string): Promise<Loaded[]> {
    const { authorityId } = await entities.findOneByOrFail(AccessRequest, { id: requestId });
    const keys = await this.keyRing.of(authorityId);
    const order = { position: 'ASC', id: 'ASC' } as const;
    const rows = await entities.find(DocumentRow, { where: { requestId }, order });
    const files = await entities.find(FileRow, { where: { requestId }, order });
    const cases = new Map((await entities.findBy(RecordsCaseRow, { requestId })).map((each) => [each.id, each]));
    const removed: { document_id: string; count: number }[] = await entities.query(
      `select f.document_id, count(*)::int as count from redaction r join file f on f.id = r.file_id
       where r.request_id = $1 and r.decision = 'remove' group by 1`,
      [requestId],
    );
    const counts = new Map(removed.map((each) => [each.document_id, each.count]));
    return rows.map((row) => {
      const recordsCase = cases.get(row.recordsCaseId) as RecordsCaseRow;
      const reason = row.withheldReasonSealed;
      const document: ListedDocument = {
        id: row.id,
        number: row.position,
        sourceDocumentId: row.sourceDocumentId,
        title: keys.unseal('document.title', row.titleSealed),
        basis: recordsCase.basis,
        outcome: row.outcome,
        withheldGround: row.withheldGround,
        withheldReason: reason && keys.unseal('document.withheld_reason', reason),
        removed: counts.get(row.id) ?? 0,
        isProtected: recordsCase.existence === 'protected',
        hasFinding: row.finding !== null,
      };
      const own = files.filter((file) => file.documentId === row.id);
      return { document, row, fileNames: own.map((file) => keys.unseal('file.name', file.nameSealed)) };
    });
  }
}

function lineOf({ document, row, fileNames }: Loaded, parentId: string): ListLine {
  return {
    number: String(row.position),
    fileName: fileNames.join('; '),
    category: KINDS[row.kind] ?? CATEGORIES[row.direction ?? ''] ?? 'Dokument',
    date: row.documentDate?.split('-').reverse().join('-') ?? '',
    id: row.sourceDocumentId,
    parentId,
    isAttachment: parentId === '' ? 'Nej' : 'Ja',
    ...answersOf(document),
    title: document.title,
  };
}

/** What is decided so far; a document that nobody has decided on is left for the list to be filled in. */
function answersOf({
  outcome,
  removed,
  withheldGround,
  withheldReason,
}: ListedDocument): Pick<ListLine, 'covered' | 'access' | 'reason'> {
  if (outcome === 'outside') return { covered: 'Nej', access: '', reason: '' };
  if (outcome === 'withheld') {
    return { covered: 'Ja', access: 'Nej', reason: reasonCell(withheldGround, withheldReason) };
  }
  if (removed > 0) return { covered: 'Ja', access: 'Delvis', reason: '' };
  return { covered: outcome === 'open' ? '' : 'Ja', access: '', reason: '' };
}
