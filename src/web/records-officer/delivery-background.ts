import type { EntityManager } from 'typeorm';
import type { Decision } from '../../decisions/decision.entity';
import { AUDIT_POINTS } from '../../delivery/sample-audit/points';
import type { AccessRequest } from '../../requests/request.entity';
import { counted } from '../pages/amounts';
import type { DeliveryBackground } from '../views/leverance';
import { groundInWords, outcomeInWords } from './statistics-words';

const SCOPES: Record<AccessRequest['scope']['kind'], string> = {
  'whole-file': 'Alt, hvad kommunen har om borgeren',
  cases: 'Udvalgte sager',
  period: 'En periode',
  topic: 'Et emne',
};
const SOURCE_STATES: Record<string, string> = {
  complete: 'søgt',
  skipped: 'søgt i hånden og attesteret',
  failed: 'svarede ikke',
};

interface SourceRow {
  name: string;
  state: string;
  cases: number;
  documents: number;
}

/** What came before a delivery and what was found after it: request, sources, decision, audits and breaches. */
export async function backgroundOf(
  entities: EntityManager,
  request: AccessRequest,
  decision: Decision,
  deliveryId: string,
): Promise<DeliveryBackground> {
  const sources: SourceRow[] = await entities.query(
    `select s.name, u.state, u.cases, u.documents from source_run u join source s on s.id = u.source_id
     where u.request_id = $1 order by s.name`,
    [request.id],
  );
  const grounds: { ground: string; passages: number }[] = await entities.query(GROUNDS, [request.id]);
  const [certificate]: { sha256: string }[] = await entities.query(
    'select sha256 from certificate where decision_id = $1',
    [decision.id],
  );
  return {
    request: {
      receivedAt: request.receivedAt,
      deadline: request.deadlineOn,
      scope: SCOPES[request.scope.kind],
    },
    sources: sources.map(
      ({ name, state, cases, documents }) =>
        `${name}: ${SOURCE_STATES[state] ?? 'ikke søgt færdigt'}, ${counted(cases, 'sag', 'sager')}, ${counted(documents, 'dokument', 'dokumenter')}`,
    ),
    decision: {
      outcome: outcomeInWords(decision.outcome ?? ''),
      round: decision.round,
      documents: decision.facts?.documents,
      grounds: grounds.map(
        ({ ground, passages }) => `${groundInWords(ground)}: ${counted(passages, 'sted', 'steder')}`,
      ),
    },
    certificateSha256: certificate?.sha256,
    findings: await findingsAfter(entities, request.id, deliveryId),
  };
}

async function findingsAfter(
  entities: EntityManager,
  requestId: string,
  deliveryId: string,
): Promise<DeliveryBackground['findings']> {
  const audited: { point: number; at: Date; audit_id: string; is_followed: boolean }[] = await entities.query(
    `select a.point, a.answered_at as at, i.audit_id, a.followed_up_at is not null as is_followed
     from sample_audit_answer a join sample_audit_item i on i.id = a.item_id
     where i.delivery_id = $1 and a.verdict = 'wrong' order by a.answered_at, a.point`,
    [deliveryId],
  );
  const breaches: { at: Date; state: string }[] = await entities.query(
    'select noticed_at as at, state from breach_assessment where request_id = $1 order by noticed_at',
    [requestId],
  );
  const incidents: { id: string; number: number; at: Date; state: string }[] = await entities.query(
    `select i.id, i.number, i.noticed_at as at, i.state from incident i join incident_delivery n on n.incident_id = i.id
     where n.delivery_id = $1 order by i.noticed_at`,
    [deliveryId],
  );
  return [
    ...incidents.map(({ id, number, at, state }) => ({
      at,
      text: `Hændelse ${number}${state === 'open' ? ', ikke afsluttet' : ', afsluttet'}`,
      href: `/arkiv/haendelser/${id}`,
    })),
    ...audited.map(({ point, at, audit_id: auditId, is_followed: isFollowed }) => ({
      at,
      text: `Stikprøve fandt en fejl: ${AUDIT_POINTS.find(({ number }) => number === point)?.title.toLowerCase() ?? point}${isFollowed ? ' (fulgt op)' : ''}`,
      href: `/arkiv/stikproever/${auditId}`,
    })),
    ...breaches.map(({ at, state }) => ({
      at,
      text: `Muligt brud på persondatasikkerheden${state === 'open' ? ', under vurdering' : ', vurderet'}`,
      href: '/arkiv/haendelser',
    })),
  ];
}

const GROUNDS = `select r.ground_id as ground, count(*)::int as passages from redaction r join file f on f.id = r.file_id
  join document d on d.id = f.document_id join records_case c on c.id = d.records_case_id
  where r.request_id = $1 and r.decision = 'remove' and d.outcome in ('full', 'partial') and c.existence <> 'protected'
  group by 1 order by 2 desc, 1`;
