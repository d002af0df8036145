import type { EntityManager } from 'typeorm';
import type { AccessRequest } from '../../requests/request.entity';
import { isKeptAccess, type JudgedPersons } from './request-person';

interface Quiet {
  id: string;
  file_id: string;
  page: number;
  span_start: number;
  found_key: string;
  sent_in: boolean;
  is_proposal: boolean;
}

/**
 * Makes proposals of what was quiet about somebody who is no longer kept, and takes them back when the person is kept
 * again. What an employee has decided meanwhile stays.
 */
export async function quietMade(entities: EntityManager, request: AccessRequest, judged: JudgedPersons): Promise<void> {
  const all: Quiet[] = await entities.query(
    `select q.id, q.file_id, q.page, q.span_start, q.found_key, d.sent_in, p.id is not null as is_proposal
     from quiet_finding q join file f on f.id = q.file_id join document d on d.id = f.document_id
     left join proposal p on p.id = q.id where q.request_id = $1`,
    [request.id],
  );
  const isHeard = (each: Quiet): boolean => {
    const person = judged.persons.get(keyOf(judged, each));
    if (!person || isKeptAccess(person.access)) return false;
    return !each.sent_in || person.access === 'protected';
  };
  const made = all.filter((each) => !each.is_proposal && isHeard(each)).map(({ id }) => id);
  const taken = all.filter((each) => each.is_proposal && !isHeard(each)).map(({ id }) => id);
  if (made.length > 0)
    await entities.query(
      `insert into proposal (id, authority_id, request_id, file_id, page, span_start, span_end, boxes, type, party_key, role, redact, confidence, found_key, found_redact)
       select id, authority_id, request_id, file_id, page, span_start, span_end, boxes, type, found_key, '', false, confidence, found_key, false
       from quiet_finding where id = any ($1) on conflict do nothing`,
      [made],
    );
  if (taken.length === 0) return;
  await entities.query('delete from redaction where proposal_id = any ($1) and follows_choice is not null', [taken]);
  await entities.query(
    'delete from proposal p where p.id = any ($1) and not exists (select 1 from redaction r where r.proposal_id = p.id)',
    [taken],
  );
}

function keyOf(judged: JudgedPersons, { found_key: key, file_id: fileId, page, span_start: start }: Quiet): string {
  return judged.keyAt(key, { fileId, page, start });
}
