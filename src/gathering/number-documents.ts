import type { EntityManager } from 'typeorm';

export interface NumberedDocument {
  id: string;
  number: number;
}

interface Listed {
  id: string;
  parent_id: string | null;
}

/**
 * Numbers a request's documents from 1: by source, case and the source's own order, each attachment right after its
 * letter. The same file gives the same numbers, however the gathering went. Documents of a case whose existence is
 * protected come last, so that the others have no gap where they were.
 */
export async function numberDocuments(entities: EntityManager, requestId: string): Promise<NumberedDocument[]> {
  const listed: Listed[] = await entities.query(
    `select d.id, d.parent_id from document d
     join records_case c on c.id = d.records_case_id
     join source_run r on r.id = c.source_run_id
     join source s on s.id = r.source_id
     where d.request_id = $1
     order by (c.existence = 'protected'), s.key, c.position, c.source_case_id, (d.source_document_id like '%#%'), d.position, d.source_document_id`,
    [requestId],
  );
  const byParent = new Map<string, Listed[]>();
  for (const each of listed)
    if (each.parent_id) byParent.set(each.parent_id, [...(byParent.get(each.parent_id) ?? []), each]);
  const ordered: string[] = [];
  const add = (document: Listed): void => {
    ordered.push(document.id);
    for (const child of byParent.get(document.id) ?? []) add(child);
  };
  for (const document of listed) if (!document.parent_id) add(document);
  return ordered.map((id, index) => ({ id, number: index + 1 }));
}
