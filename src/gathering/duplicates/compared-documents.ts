import { In, type EntityManager } from 'typeorm';
import { DocumentRow } from '../document.entity';
import { FileRow } from '../file.entity';
import type { ComparedDocument } from './relate-documents';

const MAIL_TYPES = new Set(['message/rfc822', 'application/vnd.ms-outlook']);

/** What is known of a document without opening it. */
export type DocumentFacts = Omit<ComparedDocument, 'text' | 'number' | 'isSentIn'>;

/**
 * The documents of a request for comparison. The vault's address of a file tells its content: equal bytes have one address.
 * A document of which a file was not fetched has no hashes, since nobody knows what it holds.
 */
export async function documentFacts(entities: EntityManager, requestId: string): Promise<DocumentFacts[]> {
  const documents = await entities.findBy(DocumentRow, { requestId });
  const files = await entities.find(FileRow, {
    where: { requestId, documentId: In(documents.map(({ id }) => id)) },
    order: { position: 'ASC', id: 'ASC' },
    select: { id: true, documentId: true, originalKey: true, mediaType: true, pages: true },
  });
  const filesOf = new Map<string, FileRow[]>();
  for (const file of files) filesOf.set(file.documentId, [...(filesOf.get(file.documentId) ?? []), file]);
  return documents.map(({ id, parentId, kind }) => {
    const own = filesOf.get(id) ?? [];
    const keys = own.map(({ originalKey }) => originalKey);
    return {
      id,
      isAttachment: parentId !== null,
      isMail: kind === 'mail' || own.some(({ mediaType }) => mediaType !== null && MAIL_TYPES.has(mediaType)),
      pages: own.reduce((sum, { pages }) => sum + (pages ?? 0), 0),
      hashes: keys.every((key) => key !== null) ? (keys as string[]) : [],
    };
  });
}
