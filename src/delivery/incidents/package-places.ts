import type { EntityManager } from 'typeorm';

/**
 * Writes down where each file stands in an approved package, so that "who got this page" is answered from an index, also
 * when the working copies are long deleted. The order is the assembly's: documents by number, files by position. Of a
 * decision that was approved before, nothing is written twice.
 */
export async function recordPackagePlaces(entities: EntityManager, decisionId: string): Promise<void> {
  await entities.query(PLACES, [decisionId]);
}

const PLACES = `
  insert into package_place (authority_id, request_id, decision_id, document_id, file_id, source_id, source_document_id, sha256, first_page, pages)
  select e.authority_id, e.request_id, e.id, d.id, f.id, s.source_id, d.source_document_id, f.sha256,
    case when f.redacted_key is not null then 1 + coalesce(sum(case when f.redacted_key is null then 0 else f.pages end)
      over (order by d.position, d.id, f.position, f.id rows between unbounded preceding and 1 preceding), 0) end,
    case when f.redacted_key is null then 0 else coalesce(f.pages, 0) end
  from decision e join document d on d.request_id = e.request_id and d.outcome in ('full', 'partial')
  join records_case c on c.id = d.records_case_id and c.existence <> 'protected' join source_run s on s.id = c.source_run_id
  join file f on f.document_id = d.id left join recording g on g.file_id = f.id
  where e.id = $1 and (f.redacted_key is not null or g.given_key is not null)
  on conflict (decision_id, file_id) do nothing`;
