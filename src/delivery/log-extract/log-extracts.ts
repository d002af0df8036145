import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PersonRef } from '../../identity/person-ref.entity';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Refusal } from '../../requests/refusal';
import { extractLines, type ExtractLine } from './log-extract-lines';

export interface LogExtract {
  id: string;
  personRefId: string;
  periodFrom: string;
  periodTo: string;
  preparedBy: string;
  preparedAt: Date;
  lastEntryId: string;
  leftOut: string[];
  state: 'prepared' | 'given' | 'refused';
  reason: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
}

export interface ExtractDecision {
  state: 'given' | 'refused';
  /** First entries of the lines that are left out. */
  leftOut: string[];
  reason: string;
}

const SHORTEST_REASON = 10;
const PERSON_MISSING = 'Ingen borger med det personnummer er kendt her.';

/**
 * An extract of the log on a citizen's request: GDPR article 15, tested against databeskyttelseslovens § 22 by an employee.
 * It is never self-service, and holds no employee's name (Datatilsynet, 6 June 2024; C-579/21).
 */
@Injectable()
export class LogExtracts {
  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async prepare(authorityId: string, staffId: string, cpr: string, from: string, to: string): Promise<string> {
    if (from === '' || to === '' || from > to)
      throw new Refusal('period', 'Vælg en periode, hvor den første dag ikke ligger efter den sidste.');
    const keys = await this.keyRing.of(authorityId);
    return this.database.inAuthority(authorityId, async (entities) => {
      const person = await entities.findOneBy(PersonRef, { cprHmac: keys.identity(cpr) });
      if (!person) throw new Refusal('nobody', PERSON_MISSING);
      const [{ id }]: { id: string }[] = await entities.query(
        `insert into log_extract (authority_id, person_ref_id, period_from, period_to, prepared_by, prepared_at, last_entry_id)
         values ($1, $2, $3, $4, $5, $6, (select coalesce(max(id), 0) from audit_entry)) returning id`,
        [authorityId, person.id, from, to, staffId, this.clock.now()],
      );
      await this.note(
        entities,
        authorityId,
        staffId,
        'log-extract.prepare',
        'An extract of the log was prepared.',
        person.id,
      );
      return id;
    });
  }

  /** Once: what was decided stands, and a new extract can be made. */
  async decide(authorityId: string, staffId: string, id: string, decision: ExtractDecision): Promise<void> {
    const { state, leftOut, reason } = decision;
    if ((state === 'refused' || leftOut.length > 0) && reason.trim().length < SHORTEST_REASON)
      throw new Refusal('reason-missing', 'Skriv, hvorfor noget holdes tilbage efter databeskyttelseslovens § 22.');
    const keys = await this.keyRing.of(authorityId);
    await this.database.inAuthority(authorityId, async (entities) => {
      const extract = await this.of(entities, authorityId, id);
      const known = new Set((await extractLines(entities, extract)).map(({ entryId }) => entryId));
      const [, changed]: [unknown, number] = await entities.query(
        `update log_extract set state = $2, left_out = $3, reason_sealed = $4, decided_by = $5, decided_at = $6
         where id = $1 and state = 'prepared'`,
        [
          id,
          state,
          leftOut.filter((entryId) => known.has(entryId)),
          reason.trim() ? keys.seal('log_extract.reason', reason.trim()) : null,
          staffId,
          this.clock.now(),
        ],
      );
      if (changed === 0) throw new Refusal('decided', 'Der er allerede taget stilling til udtrækket. Opdater siden.');
      const words = state === 'given' ? 'An extract of the log was given.' : 'An extract of the log was refused.';
      await this.note(entities, authorityId, staffId, `log-extract.${state}`, words, extract.personRefId);
    });
  }

  async of(entities: EntityManager, authorityId: string, id: string): Promise<LogExtract> {
    const [extract] = await this.read(entities, authorityId, 'where id = $1', [id]);
    if (!extract) throw new Refusal('no-such-extract', 'Udtrækket findes ikke. Gå tilbage til listen.');
    return extract;
  }

  /** The newest first. */
  list(entities: EntityManager, authorityId: string): Promise<LogExtract[]> {
    return this.read(entities, authorityId, 'order by prepared_at desc, id limit 200', []);
  }

  /** What the citizen gets: the lines without those that were left out. */
  async linesGiven(entities: EntityManager, extract: LogExtract): Promise<ExtractLine[]> {
    const leftOut = new Set(extract.leftOut);
    return (await extractLines(entities, extract)).filter(({ entryId }) => !leftOut.has(entryId));
  }

  private async read(
    entities: EntityManager,
    authorityId: string,
    rest: string,
    values: unknown[],
  ): Promise<LogExtract[]> {
    const keys = await this.keyRing.of(authorityId);
    const rows: (LogExtract & { sealed: Buffer | null })[] = await entities.query(
      `select id, person_ref_id as "personRefId", period_from::text as "periodFrom", period_to::text as "periodTo",
         prepared_by as "preparedBy", prepared_at as "preparedAt", last_entry_id as "lastEntryId", left_out as "leftOut", state,
         reason_sealed as sealed, decided_by as "decidedBy", decided_at as "decidedAt" from log_extract ${rest}`,
      values,
    );
    return rows.map(({ sealed, ...row }) => ({ ...row, reason: sealed && keys.unseal('log_extract.reason', sealed) }));
  }

  private note(
    entities: EntityManager,
    authorityId: string,
    staffId: string,
    action: string,
    reason: string,
    personRefId: string,
  ): Promise<void> {
    const subject = { kind: 'person', id: personRefId };
    return this.audit.write(entities, authorityId, { actor: { kind: 'staff', id: staffId }, action, subject, reason });
  }
}
