import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isDay } from '../../law';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Refusal } from '../../requests/refusal';
import { drawDeliveries, populationHash } from './draw';
import { AUDIT_POINTS } from './points';
import type { AuditAnswers, GivenAnswer } from './sample-audit';
import { populationOf, SampleAuditRows } from './sample-audit-rows';

export const MOST_DRAWN = 100;
const SHORTEST_WORDS = 10;

export interface DrawWish {
  from: string;
  to: string;
  wanted: number;
}

/** A sample audit from draw to report. Every step is in the audit log; a closed audit is changed by nobody. */
@Injectable()
export class SampleAudits {
  constructor(
    private readonly database: Database,
    private readonly rows: SampleAuditRows,
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Draws deliveries of a period, once, by a seed that nobody could choose. */
  async draw(authorityId: string, staffId: string, { from, to, wanted }: DrawWish): Promise<string> {
    requirePeriod(from, to);
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST_DRAWN)
      throw new Refusal('sample-size', `Skriv, hvor mange leverancer der skal trækkes: fra 1 til ${MOST_DRAWN}.`);
    const seed = randomBytes(16).toString('hex');
    return this.database.inAuthority(authorityId, async (entities) => {
      const population = await populationOf(entities, from, to);
      if (population.length === 0)
        throw new Refusal('nothing-to-draw', 'Der er ikke godkendt noget svar i perioden. Vælg en anden periode.');
      const drawn = drawDeliveries(population, wanted, seed);
      const [{ id }]: { id: string }[] = await entities.query(
        `insert into sample_audit (authority_id, period_from, period_to, wanted, seed, population, population_sha256, drawn_by, drawn_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
        [authorityId, from, to, wanted, seed, population.length, populationHash(population), staffId, this.clock.now()],
      );
      await entities.query(
        `insert into sample_audit_item (authority_id, audit_id, delivery_id, position, stratum)
         select $1, $2, t.delivery_id, t.position, t.stratum from unnest($3::uuid[], $4::text[]) with ordinality as t (delivery_id, stratum, position)`,
        [authorityId, id, drawn.map((row) => row.id), drawn.map((row) => row.stratum)],
      );
      const details = { count: drawn.length, population: population.length };
      await this.note(
        entities,
        authorityId,
        staffId,
        id,
        'sample-audit.draw',
        'Deliveries were drawn for a sample audit.',
        details,
      );
      return id;
    });
  }

  /** Stores the answers to one delivery's points; what is answered again replaces what was. */
  async answer(authorityId: string, staffId: string, itemId: string, { given, found }: AuditAnswers): Promise<void> {
    const keys = await this.keyRing.of(authorityId);
    await this.database.inAuthority(authorityId, async (entities) => {
      const auditId = await this.openAuditOf(entities, itemId);
      await refuseOwnWork(entities, itemId, staffId);
      for (const { point, verdict, note } of given) {
        requireNote({ point, verdict, note });
        const evidence = found.get(point) ?? { verdict: 'unknown', lines: [] };
        await entities.query(
          `insert into sample_audit_answer (item_id, authority_id, point, verdict, program_verdict, evidence, note_sealed, answered_by, answered_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (item_id, point) do update set verdict = excluded.verdict,
             program_verdict = excluded.program_verdict, evidence = excluded.evidence, note_sealed = excluded.note_sealed,
             answered_by = excluded.answered_by, answered_at = excluded.answered_at`,
          [
            itemId,
            authorityId,
            point,
            verdict,
            evidence.verdict,
            JSON.stringify(evidence.lines),
            note.trim() ? keys.seal('sample_audit_answer.note', note.trim()) : null,
            staffId,
            this.clock.now(),
          ],
        );
      }
      const wrong = given.filter(({ verdict }) => verdict === 'wrong').length;
      const reason = 'A delivery of a sample audit was gone through.';
      await this.note(entities, authorityId, staffId, auditId, 'sample-audit.answer', reason, {
        count: given.length,
        wrong,
      });
    });
  }

  /** What was done about a finding: also after the audit was closed, and once. */
  async followUp(authorityId: string, staffId: string, itemId: string, point: number, words: string): Promise<void> {
    if (words.trim().length < SHORTEST_WORDS)
      throw new Refusal('follow-up-missing', 'Skriv i en sætning eller to, hvad der er gjort ved fejlen.');
    const keys = await this.keyRing.of(authorityId);
    await this.database.inAuthority(authorityId, async (entities) => {
      const [, changed]: [unknown, number] = await entities.query(
        `update sample_audit_answer set follow_up_sealed = $3, followed_up_by = $4, followed_up_at = $5
         where item_id = $1 and point = $2 and verdict = 'wrong' and followed_up_at is null`,
        [itemId, point, keys.seal('sample_audit_answer.follow_up', words.trim()), staffId, this.clock.now()],
      );
      if (changed === 0)
        throw new Refusal('followed-up', 'Der er allerede fulgt op på fejlen, eller den er rettet. Opdater siden.');
      const auditId = await this.auditOf(entities, itemId);
      const reason = 'A finding of a sample audit was followed up.';
      await this.note(entities, authorityId, staffId, auditId, 'sample-audit.follow-up', reason, { point });
    });
  }

  /** Ends the audit with a conclusion. From then on answers stand. */
  async close(authorityId: string, staffId: string, auditId: string, conclusion: string): Promise<void> {
    const keys = await this.keyRing.of(authorityId);
    await this.database.inAuthority(authorityId, async (entities) => {
      await this.requireOpen(entities, auditId);
      const open = await this.rows.unanswered(entities, auditId);
      if (open > 0)
        throw new Refusal(
          'points-open',
          `${open === 1 ? 'Ét punkt mangler' : `${open} punkter mangler`} at blive besvaret, før stikprøven kan afsluttes.`,
        );
      if (conclusion.trim().length < SHORTEST_WORDS)
        throw new Refusal('conclusion-missing', 'Skriv i en sætning eller to, hvad stikprøven viser.');
      await entities.query(
        'update sample_audit set conclusion_sealed = $2, closed_by = $3, closed_at = $4 where id = $1',
        [auditId, keys.seal('sample_audit.conclusion', conclusion.trim()), staffId, this.clock.now()],
      );
      await this.note(entities, authorityId, staffId, auditId, 'sample-audit.close', 'A sample audit was closed.');
    });
  }

  private async openAuditOf(entities: EntityManager, itemId: string): Promise<string> {
    const auditId = await this.auditOf(entities, itemId);
    await this.requireOpen(entities, auditId);
    return auditId;
  }

  private async auditOf(entities: EntityManager, itemId: string): Promise<string> {
    const [item]: { audit_id: string }[] = await entities.query(
      'select audit_id from sample_audit_item where id = $1',
      [itemId],
    );
    if (!item) throw new Refusal('no-such-item', 'Leverancen er ikke med i stikprøven. Gå tilbage til listen.');
    return item.audit_id;
  }

  private async requireOpen(entities: EntityManager, auditId: string): Promise<void> {
    const [audit]: { closed_at: Date | null }[] = await entities.query(
      'select closed_at from sample_audit where id = $1 for update',
      [auditId],
    );
    if (!audit) throw new Refusal('no-such-audit', 'Stikprøven findes ikke. Gå tilbage til listen.');
    if (audit.closed_at)
      throw new Refusal(
        'audit-closed',
        'Stikprøven er afsluttet, og svarene kan ikke ændres. Træk en ny, hvis der er mere at se på.',
      );
  }

  private note(
    entities: EntityManager,
    authorityId: string,
    staffId: string,
    auditId: string,
    action: string,
    reason: string,
    details: Record<string, number> = {},
  ): Promise<void> {
    const subject = { kind: 'sample_audit', id: auditId };
    return this.audit.write(entities, authorityId, {
      actor: { kind: 'staff', id: staffId },
      action,
      subject,
      reason,
      details,
    });
  }
}

function requirePeriod(from: string, to: string): void {
  if (!isDay(from) || !isDay(to) || from > to)
    throw new Refusal('period', 'Vælg en periode, hvor den første dag ikke ligger efter den sidste.');
}

function requireNote({ point, verdict, note }: GivenAnswer): void {
  if (verdict !== 'wrong' || note.trim().length >= SHORTEST_WORDS) return;
  const title = AUDIT_POINTS.find(({ number }) => number === point)?.title;
  throw new Refusal('note-missing', `Skriv, hvad der er galt ved punkt ${point}, ${title}.`, [String(point)]);
}

/** Nobody audits the own decision (FVL § 3). */
async function refuseOwnWork(entities: EntityManager, itemId: string, staffId: string): Promise<void> {
  const own: unknown[] = await entities.query(
    `select 1 from sample_audit_item i join delivery v on v.id = i.delivery_id join decision d on d.id = v.decision_id
     where i.id = $1 and $2 in (d.reviewed_by, d.signed_by)`,
    [itemId, staffId],
  );
  if (own.length > 0)
    throw new Refusal('own-work', 'Du har selv afgjort eller godkendt svaret. Bed en kollega om at gennemgå det.');
}
