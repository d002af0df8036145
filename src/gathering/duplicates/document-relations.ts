import type { EntityManager } from 'typeorm';
import { DocumentRelationRow } from './document-relation.entity';
import type { DocumentRelation } from './relate-documents';

/** What is exactly the same is put together without asking, and taken apart again by a click. */
const SAME = ['same-bytes', 'same-text'];

interface Owner {
  authorityId: string;
  requestId: string;
}

/**
 * Stores how a request's documents are related. Copies get one decision with the document that stands for them, unless
 * other rules apply to their case or one of them is not for the citizen to know of. What a person has decided stays.
 */
export async function storeRelations(
  entities: EntityManager,
  { authorityId, requestId }: Owner,
  relations: DocumentRelation[],
): Promise<void> {
  for (const { documentId, relatedTo, kind, similarity } of relations)
    await entities.query(
      `insert into document_relation (authority_id, request_id, document_id, related_to, kind, similarity, state)
       values ($1, $2, $3, $4, $5, $6, 'proposed')
       on conflict (request_id, document_id) do update
         set related_to = excluded.related_to, kind = excluded.kind, similarity = excluded.similarity
         where document_relation.decided_by is null`,
      [authorityId, requestId, documentId, relatedTo, kind, similarity],
    );
  await entities.query(
    `update document_relation r set state = 'together' from document d, document o, records_case dc, records_case oc
     where r.request_id = $1 and r.state = 'proposed' and r.decided_by is null and r.kind = any($2)
       and d.id = r.document_id and o.id = r.related_to and dc.id = d.records_case_id and oc.id = o.records_case_id
       and dc.basis = oc.basis and dc.existence = oc.existence`,
    [requestId, SAME],
  );
  await entities.query(
    `update document d set outcome = 'duplicate', duplicate_of = r.related_to from document_relation r
     where r.request_id = $1 and r.state = 'together' and d.id = r.document_id and d.outcome = 'open'`,
    [requestId],
  );
}

export function relationsOf(entities: EntityManager, requestId: string): Promise<DocumentRelationRow[]> {
  return entities.findBy(DocumentRelationRow, { requestId });
}
