import type { EntityManager } from 'typeorm';
import type { AccessRequest } from '../../requests/request.entity';
import type { Proposal } from '../proposal.entity';

/** A place that nobody had proposed before somebody chose its words. */
export type MadePlace = Pick<Proposal, 'id' | 'fileId' | 'page' | 'spanStart' | 'spanEnd' | 'boxes' | 'type' | 'role'>;

/** Where words stand in a request: in proposals that are there, and in places that nobody has proposed. */
export interface FoundWords {
  known: string[];
  added: MadePlace[];
  wordsKey: string;
}

/** One statement for all of them, whose parameters do not grow with the places: words may stand on every page. */
export async function insertMade(
  entities: EntityManager,
  request: AccessRequest,
  choiceId: string,
  places: MadePlace[],
): Promise<void> {
  if (places.length === 0) return;
  await entities.query(
    `insert into proposal (id, authority_id, request_id, file_id, page, span_start, span_end, boxes, type, role, redact, confidence, found_redact, made_by)
     select v.id, $1, $2, v."fileId", v.page, v."spanStart", v."spanEnd", v.boxes, v.type, v.role, true, 1, true, $3
     from jsonb_to_recordset($4::jsonb) as v
       (id uuid, "fileId" uuid, page int, "spanStart" int, "spanEnd" int, boxes jsonb, type text, role text)
     on conflict do nothing`,
    [request.authorityId, request.id, choiceId, JSON.stringify(places)],
  );
}

/** Places that only the choice had found. */
export async function removeMade(entities: EntityManager, choiceId: string): Promise<number> {
  const made: { id: string }[] = await entities.query('select id from proposal where made_by = $1', [choiceId]);
  if (made.length === 0) return 0;
  // What an employee has decided there by hand since then stands.
  await entities.query('delete from redaction where proposal_id = any ($1) and follows_choice is not null', [
    made.map(({ id }) => id),
  ]);
  await entities.query(
    'delete from proposal p where p.made_by = $1 and not exists (select 1 from redaction r where r.proposal_id = p.id)',
    [choiceId],
  );
  return made.length;
}
