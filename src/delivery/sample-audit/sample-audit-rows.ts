import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KeyRing, type AuthorityKeys } from '../../platform/keys/authority-keys';
import { drawDeliveries, populationHash, type Drawable } from './draw';
import { AUDIT_POINTS } from './points';
import type { SampleAnswer, SampleAudit, SampleItem } from './sample-audit';

/** Deliveries that were approved in the period, each with its kind: area of the first case and basis. */
export function populationOf(entities: EntityManager, from: string, to: string): Promise<Drawable[]> {
  return entities.query(
    `select v.id, coalesce(nullif(v.areas[1], ''), '–') || ' · ' ||
       coalesce((select min(c.basis) from records_case c where c.request_id = v.request_id and c.existence <> 'protected'), r.basis) as stratum
     from delivery v join request r on r.id = v.request_id
     where v.state <> 'undone' and v.registered_at >= ($1::date)::timestamp at time zone 'Europe/Copenhagen'
       and v.registered_at < ($2::date + 1)::timestamp at time zone 'Europe/Copenhagen'`,
    [from, to],
  );
}

type AuditRow = Omit<SampleAudit, 'conclusion'> & { sealed: Buffer | null; authorityId: string };
type AnswerRow = Omit<SampleAnswer, 'note' | 'followUp'> & { noteSealed: Buffer | null; followUpSealed: Buffer | null };

/** Reads sample audits. */
@Injectable()
export class SampleAuditRows {
  constructor(private readonly keyRing: KeyRing) {}

  /** The newest first. */
  async list(entities: EntityManager, authorityId: string): Promise<SampleAudit[]> {
    const keys = await this.keyRing.of(authorityId);
    const rows: AuditRow[] = await entities.query(`${AUDITS} order by drawn_at desc, id`);
    return rows.map((row) => auditOf(row, keys));
  }

  async of(entities: EntityManager, authorityId: string, auditId: string): Promise<SampleAudit | null> {
    const keys = await this.keyRing.of(authorityId);
    const [row]: AuditRow[] = await entities.query(`${AUDITS} where id = $1`, [auditId]);
    return row ? auditOf(row, keys) : null;
  }

  itemsOf(entities: EntityManager, auditId: string): Promise<SampleItem[]> {
    return entities.query(`${ITEMS} where i.audit_id = $1 order by i.position`, [auditId]);
  }

  async item(entities: EntityManager, itemId: string): Promise<SampleItem | null> {
    const [item]: SampleItem[] = await entities.query(`${ITEMS} where i.id = $1`, [itemId]);
    return item ?? null;
  }

  async answersOf(entities: EntityManager, authorityId: string, auditId: string): Promise<SampleAnswer[]> {
    const keys = await this.keyRing.of(authorityId);
    const rows: AnswerRow[] = await entities.query(
      `select a.item_id as "itemId", a.point, a.verdict, a.program_verdict as "programVerdict", a.evidence, a.note_sealed as "noteSealed",
         a.answered_by as "answeredBy", a.answered_at as "answeredAt", a.follow_up_sealed as "followUpSealed",
         a.followed_up_by as "followedUpBy", a.followed_up_at as "followedUpAt"
       from sample_audit_answer a join sample_audit_item i on i.id = a.item_id where i.audit_id = $1 order by i.position, a.point`,
      [auditId],
    );
    return rows.map(({ noteSealed, followUpSealed, ...row }) => ({
      ...row,
      note: noteSealed && keys.unseal('sample_audit_answer.note', noteSealed),
      followUp: followUpSealed && keys.unseal('sample_audit_answer.follow_up', followUpSealed),
    }));
  }

  async unanswered(entities: EntityManager, auditId: string): Promise<number> {
    const [{ open }]: { open: number }[] = await entities.query(
      `select (count(*) * $2 - (select count(*) from sample_audit_answer a join sample_audit_item j on j.id = a.item_id where j.audit_id = $1))::int as open
       from sample_audit_item where audit_id = $1`,
      [auditId, AUDIT_POINTS.length],
    );
    return open;
  }

  /** True when the stored seed draws the same deliveries from the same population again. */
  async isRepeatable(entities: EntityManager, audit: SampleAudit): Promise<boolean> {
    const population = await populationOf(entities, audit.periodFrom, audit.periodTo);
    if (populationHash(population) !== audit.populationSha256) return false;
    const again = drawDeliveries(population, audit.wanted, audit.seed).map(({ id }) => id);
    const items = await this.itemsOf(entities, audit.id);
    return again.length === items.length && items.every(({ deliveryId }, index) => deliveryId === again[index]);
  }
}

function auditOf({ sealed, ...row }: AuditRow, keys: AuthorityKeys): SampleAudit {
  return { ...row, conclusion: sealed && keys.unseal('sample_audit.conclusion', sealed) };
}

const AUDITS = `select id, authority_id as "authorityId", period_from::text as "periodFrom", period_to::text as "periodTo", wanted, seed, population,
  population_sha256 as "populationSha256", drawn_by as "drawnBy", drawn_at as "drawnAt", closed_by as "closedBy",
  closed_at as "closedAt", conclusion_sealed as sealed from sample_audit`;

const ITEMS = `select i.id, i.audit_id as "auditId", i.delivery_id as "deliveryId", i.position, i.stratum, r.id as "requestId", r.number,
  r.person_ref_id as "personRefId"
  from sample_audit_item i join delivery v on v.id = i.delivery_id join request r on r.id = v.request_id`;
