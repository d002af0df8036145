import type { EntityManager } from 'typeorm';
import type { LegalBasis } from '../../law';
import type { AccessRequest } from '../../requests/request.entity';

export interface NewJudgement {
  id: string;
  partyKey: string | null;
  role: string;
  redact: boolean;
  judgedBy: string | null;
}

export interface NewDecision {
  proposalId: string;
  partyKey: string | null;
  role: string;
  basis: LegalBasis;
  /** Null: the passage is open again. */
  next: { decision: 'remove' | 'keep'; groundId: string | null; choiceId: string } | null;
}

/** One statement for all of them: a request has thousands of proposals. */
export async function writeProposals(
  entities: EntityManager,
  requestId: string,
  judged: NewJudgement[],
): Promise<void> {
  if (judged.length === 0) return;
  await entities.query(
    `update proposal p set party_key = v.party_key, role = v.role, redact = v.redact, judged_by = v.judged_by
     from unnest($1::uuid[], $2::text[], $3::text[], $4::boolean[], $5::uuid[]) as v (id, party_key, role, redact, judged_by)
     where p.id = v.id`,
    [
      judged.map(({ id }) => id),
      judged.map(({ partyKey }) => partyKey),
      judged.map(({ role }) => role),
      judged.map(({ redact }) => redact),
      judged.map(({ judgedBy }) => judgedBy),
    ],
  );
  // Who is meant decides whether a second person must look: decisions that stand follow their proposal in that.
  await entities.query(
    `update redaction r set party_key = p.party_key, role = p.role from proposal p
     where r.request_id = $1 and r.proposal_id = p.id and (r.party_key is distinct from p.party_key or r.role <> p.role)`,
    [requestId],
  );
}

export async function writeDecisions(
  entities: EntityManager,
  request: AccessRequest,
  staffId: string,
  at: Date,
  decisions: NewDecision[],
): Promise<void> {
  if (decisions.length === 0) return;
  await entities.query('delete from redaction where proposal_id = any ($1)', [
    decisions.map(({ proposalId }) => proposalId),
  ]);
  const taken = decisions.flatMap(({ next, ...each }) => (next ? [{ ...each, ...next }] : []));
  if (taken.length === 0) return;
  await entities.query(
    `insert into redaction (authority_id, request_id, file_id, proposal_id, page, boxes, decision, type, party_key, role, ground_id, basis, decided_by, decided_at, follows_choice)
     select $1, $2, p.file_id, p.id, p.page, p.boxes, v.decision, p.type, v.party_key, v.role, v.ground_id, v.basis, $3, $4, v.choice_id
     from unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::uuid[]) as v (id, decision, party_key, role, ground_id, basis, choice_id)
     join proposal p on p.id = v.id`,
    [
      request.authorityId,
      request.id,
      staffId,
      at,
      taken.map(({ proposalId }) => proposalId),
      taken.map(({ decision }) => decision),
      taken.map(({ partyKey }) => partyKey),
      taken.map(({ role }) => role),
      taken.map(({ groundId }) => groundId),
      taken.map(({ basis }) => basis),
      taken.map(({ choiceId }) => choiceId),
    ],
  );
}
