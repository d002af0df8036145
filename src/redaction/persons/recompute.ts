import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PartyAccess } from '../../contracts';
import { fits, type LegalBasis } from '../../law';
import { Clock } from '../../platform/clock';
import type { AccessRequest } from '../../requests/request.entity';
import { proposedGround } from '../proposed-ground';
import { isProposedToGo } from './judge-finding';
import type { ChoiceEffect } from './person-choice.entity';
import { Persons } from './persons';
import { quietMade } from './quiet-made';
import {
  applyChoices,
  type AppliedChoice,
  type EverywhereRule,
  type JudgedPersons,
  type RequestPerson,
} from './request-person';
import { writeDecisions, writeProposals, type NewDecision } from './write-judged';

/** A proposal with what its judgement depends on, and the decision that stands. */
interface StoredProposal {
  id: string;
  file_id: string;
  page: number;
  span_start: number;
  found_key: string | null;
  found_redact: boolean;
  party_key: string | null;
  role: string;
  redact: boolean;
  judged_by: string | null;
  document_id: string;
  sent_in: boolean;
  is_given: boolean;
  basis: LegalBasis;
  decision: 'remove' | 'keep' | null;
  ground_id: string | null;
  follows_choice: string | null;
}

interface JudgedProposal {
  was: StoredProposal;
  partyKey: string | null;
  role: string;
  redact: boolean;
  judgedBy: string | null;
  rule: EverywhereRule | null;
}

/**
 * Judges every proposal of a request anew from what was found and the choices that stand. No text is read: findings lie in
 * tables as offsets and keys. What an employee decided one by one stands; what followed from a choice follows again.
 */
@Injectable()
export class Recompute {
  constructor(
    private readonly persons: Persons,
    private readonly clock: Clock,
  ) {}

  /** The caller holds the request's row lock. */
  async run(entities: EntityManager, request: AccessRequest, staffId: string): Promise<ChoiceEffect> {
    const { authorityId, id: requestId } = request;
    const found = await this.persons.found(entities, authorityId, requestId);
    const choices = await this.persons.choices(entities, authorityId, requestId);
    const judged = applyChoices(found, choices);
    await quietMade(entities, request, judged);
    const then = new Map(found.map(({ key, access }) => [key, access]));
    const textRules = rulesOfTexts(choices);
    const order = new Map(choices.map(({ id }, index) => [id, index]));
    const all = (await this.load(entities, requestId)).map((was) => {
      const judgement = judge(was, judged, then);
      return { ...judgement, rule: laterRule(judgement.rule, textRules.get(was.id) ?? null, order) };
    });
    const moved = all.filter(isMoved);
    await writeProposals(
      entities,
      requestId,
      moved.map((each) => ({ ...each, id: each.was.id })),
    );
    const decided = all.map((each) => ({ each, next: nextDecision(each) })).filter(({ next }) => next !== 'stands');
    await writeDecisions(
      entities,
      request,
      staffId,
      this.clock.now(),
      decided.map(({ each, next }) => newDecision(each, next)),
    );
    return effectOf(
      all,
      moved,
      decided.map(({ each }) => each),
    );
  }

  private load(entities: EntityManager, requestId: string): Promise<StoredProposal[]> {
    return entities.query(
      `select p.id, p.file_id, p.page, p.span_start, p.found_key, coalesce(p.found_redact, p.redact) as found_redact, p.party_key, p.role,
              p.redact, p.judged_by, d.id as document_id, d.sent_in, c.basis,
              d.outcome not in ('withheld', 'outside', 'duplicate') as is_given,
              r.decision, r.ground_id, r.follows_choice
       from proposal p join file f on f.id = p.file_id join document d on d.id = f.document_id
       join records_case c on c.id = d.records_case_id left join redaction r on r.proposal_id = p.id
       where p.request_id = $1`,
      [requestId],
    );
  }
}

function judge(was: StoredProposal, judged: JudgedPersons, then: Map<string, PartyAccess>): JudgedProposal {
  const key =
    was.found_key === null
      ? null
      : judged.keyAt(was.found_key, { fileId: was.file_id, page: was.page, start: was.span_start });
  const person: RequestPerson | undefined = key === null ? undefined : judged.persons.get(key);
  const found = {
    redact: was.found_redact,
    accessThen: then.get(was.found_key ?? '') ?? null,
    isSentIn: was.sent_in,
  };
  return {
    was,
    partyKey: key,
    role: person?.role ?? was.role,
    redact: isProposedToGo(found, person?.access ?? null),
    judgedBy: person?.judgedBy ?? null,
    rule: person?.everywhere ?? null,
  };
}

function isMoved({ was, partyKey, role, redact, judgedBy }: JudgedProposal): boolean {
  return (
    was.party_key !== partyKey || was.role !== role || was.redact !== redact || (was.judged_by ?? null) !== judgedBy
  );
}

/** A choice about words names its proposals; the later choice of two wins. */
function rulesOfTexts(choices: AppliedChoice[]): Map<string, EverywhereRule> {
  return new Map(
    choices.flatMap(({ id, kind, decision, groundId, places }) =>
      kind === 'text' && decision
        ? places.map((proposalId): [string, EverywhereRule] => [proposalId, { decision, groundId, choiceId: id }])
        : [],
    ),
  );
}

function laterRule(
  one: EverywhereRule | null,
  other: EverywhereRule | null,
  order: Map<string, number>,
): EverywhereRule | null {
  if (!one || !other) return one ?? other;
  return (order.get(one.choiceId) ?? 0) > (order.get(other.choiceId) ?? 0) ? one : other;
}

type Next = 'stands' | 'open' | { decision: 'remove' | 'keep'; groundId: string | null; choiceId: string };

/** What becomes of the decision on a proposal: an employee's own stands. */
function nextDecision({ was, rule, role }: JudgedProposal): Next {
  const isOwn = was.decision !== null && was.follows_choice === null;
  if (isOwn) return 'stands';
  const groundId = rule?.decision === 'remove' ? groundOf(rule, was.basis, role) : null;
  if (!rule || !was.is_given || (rule.decision === 'remove' && groundId === null))
    return was.decision === null ? 'stands' : 'open';
  const isSame = was.decision === rule.decision && was.ground_id === groundId && was.follows_choice === rule.choiceId;
  return isSame ? 'stands' : { decision: rule.decision, groundId, choiceId: rule.choiceId };
}

/** The chosen provision where it fits the case, else the one that fits by itself. */
function groundOf({ groundId }: EverywhereRule, basis: LegalBasis, role: string): string | null {
  return groundId !== null && fits(groundId, basis) ? groundId : proposedGround(basis, role);
}

function newDecision({ was, partyKey, role }: JudgedProposal, next: Next): NewDecision {
  return { proposalId: was.id, partyKey, role, basis: was.basis, next: typeof next === 'string' ? null : next };
}

function effectOf(all: JudgedProposal[], moved: JudgedProposal[], decided: JudgedProposal[]): ChoiceEffect {
  const changed = new Set([...moved, ...decided].filter(({ was }) => was.is_given));
  const isContrary = ({ was, redact }: JudgedProposal): boolean =>
    was.decision !== null && was.follows_choice === null && was.decision !== (redact ? 'remove' : 'keep');
  return {
    changed: changed.size,
    documents: new Set([...changed].map(({ was }) => was.document_id)).size,
    decided: decided.filter(({ rule }) => rule !== null).length,
    standing: moved.filter(isContrary).length,
    withoutGround: all.filter(
      ({ was, rule, role }) =>
        rule?.decision === 'remove' &&
        was.is_given &&
        was.decision === null &&
        groundOf(rule, was.basis, role) === null,
    ).length,
  };
}
