import type { EntityManager } from 'typeorm';
import { complaintRoad, type ComplaintRoad, type ComplaintSubject, type LegalBasis } from '../../law';
import type { AccessRequest } from '../../requests/request.entity';

export interface RoadOfComplaint extends ComplaintRoad {
  basis: LegalBasis;
}

interface CaseRow {
  basis: LegalBasis;
  kle: string | null;
}

/**
 * Every road that a complaint takes, one a body: the basis and the area of the case of the document that it is about, or of
 * every case that the answer decided on. A case whose existence is protected leads nowhere.
 */
export async function roadsOf(
  entities: EntityManager,
  request: AccessRequest,
  about: ComplaintSubject,
  documentId: string | null,
): Promise<RoadOfComplaint[]> {
  const cases: CaseRow[] = await entities.query(
    `select c.basis, c.kle from records_case c where c.request_id = $1 and c.existence <> 'protected' and not c.held_for_jurist
       and ($2::uuid is null or exists (select 1 from document d where d.id = $2 and d.records_case_id = c.id))
       and exists (select 1 from document d where d.records_case_id = c.id)
     order by c.position, c.id`,
    [request.id, documentId],
  );
  const decidedOn = cases.length > 0 ? cases : [{ basis: request.basis, kle: null }];
  const roads = decidedOn.map(({ basis, kle }) => ({ basis, ...complaintRoad(about, basis, kle) }));
  const distinct = new Map(roads.map((road) => [`${road.body ?? ''} ${road.sendTo} ${road.legalSource}`, road]));
  return [...distinct.values()];
}
