import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PartyAccess } from '../contracts';
import { Staff } from '../identity/staff.entity';
import { Clock } from '../platform/clock';
import type { AccessRequest } from '../requests/request.entity';
import { Persons } from './persons/persons';
import type { Proposal } from './proposal.entity';

/** What was decided before on the same words, or about the same person. Never whose request it was. */
export interface Remembered {
  decision: 'remove' | 'keep' | null;
  groundId: string | null;
  role: string;
  access: PartyAccess;
  times: number;
  lastOn: string;
}

interface MemoryRow {
  fingerprint: Buffer;
  decision: 'remove' | 'keep' | null;
  ground_id: string | null;
  role: string;
  access: PartyAccess;
  times: number;
  last_on: string;
}

/** Beginning of a KLE subject, `32.30`: what an employee has rights to. */
const AREA = `coalesce(substring(c.kle from '^[0-9]{2}[.][0-9]{2}'), '')`;

/**
 * Decisions that were signed, known again by keyed hashes of line, place in it and kind, or of a person's identity: no
 * word of a file lies in the table, and no request, so that nobody learns who asked before. What was kept because it was
 * the earlier requester's own tells nothing about the next requester and is not remembered.
 */
@Injectable()
export class DecisionMemory {
  constructor(
    private readonly persons: Persons,
    private readonly clock: Clock,
  ) {}

  /** Called in the transaction that signs. */
  async remember(entities: EntityManager, request: AccessRequest): Promise<void> {
    const { authorityId, id: requestId } = request;
    const judged = await this.persons.judged(entities, authorityId, requestId);
    const isOwn = [...judged.persons.values()].filter(({ access }) => access === 'own').map(({ key }) => key);
    const access = [...judged.persons.values()].map((person) => [person.key, person.access]);
    const day = this.clock.now().toISOString().slice(0, 10);
    await entities.query(
      `insert into decision_memory (authority_id, kind, fingerprint, area, decision, ground_id, role, access, last_on)
       select distinct on (p.fingerprint, ${AREA}) $1::uuid, 'passage', p.fingerprint, ${AREA}, r.decision, r.ground_id, r.role,
              coalesce($4::jsonb ->> r.party_key, ''), $3::date
       from redaction r join proposal p on p.id = r.proposal_id join file f on f.id = r.file_id
       join document d on d.id = f.document_id join records_case c on c.id = d.records_case_id
       where r.request_id = $2 and p.fingerprint is not null and d.outcome not in ('withheld', 'outside', 'duplicate')
         and not (r.party_key is not null and r.party_key = any ($5::text[]))
       order by p.fingerprint, ${AREA}, r.decided_at desc
       ${KEPT_LAST}`,
      [authorityId, requestId, day, JSON.stringify(Object.fromEntries(access)), isOwn],
    );
    await entities.query(
      `insert into decision_memory (authority_id, kind, fingerprint, area, role, access, last_on)
       select distinct on (y.identity_hmac, a.area) $1::uuid, 'person', y.identity_hmac, a.area, h.role, h.access, $3::date
       from person_choice h join party y on y.request_id = h.request_id and y.key = h.party_key
       cross join (select distinct ${AREA} as area from records_case c where c.request_id = $2) a
       where h.request_id = $2 and h.kind = 'part' and h.undone_at is null and h.access <> 'own' and y.identity_hmac is not null
       order by y.identity_hmac, a.area, h.seq desc
       ${KEPT_LAST}`,
      [authorityId, requestId, day],
    );
  }

  /** By proposal id: what this employee may know was decided before on the same words. */
  async ofProposals(entities: EntityManager, staffId: string, proposals: Proposal[]): Promise<Map<string, Remembered>> {
    const own = proposals.filter(({ fingerprint }) => fingerprint !== null);
    const rows = await this.recall(
      entities,
      staffId,
      'passage',
      own.map(({ fingerprint }) => fingerprint as Buffer),
    );
    return new Map(
      own.flatMap(({ id, fingerprint }) => {
        const found = rows.get((fingerprint as Buffer).toString('hex'));
        return found ? [[id, found] as const] : [];
      }),
    );
  }

  /** By person's key: what part an employee gave the same person before. */
  async ofPersons(entities: EntityManager, staffId: string, requestId: string): Promise<Map<string, Remembered>> {
    const parties: { key: string; identity_hmac: Buffer }[] = await entities.query(
      `select key, identity_hmac from party where request_id = $1 and identity_hmac is not null and key <> 'R'`,
      [requestId],
    );
    const rows = await this.recall(
      entities,
      staffId,
      'person',
      parties.map(({ identity_hmac: hash }) => hash),
    );
    return new Map(
      parties.flatMap(({ key, identity_hmac: hash }) => {
        const found = rows.get(hash.toString('hex'));
        return found ? [[key, found] as const] : [];
      }),
    );
  }

  private async recall(
    entities: EntityManager,
    staffId: string,
    kind: 'passage' | 'person',
    fingerprints: Buffer[],
  ): Promise<Map<string, Remembered>> {
    if (fingerprints.length === 0) return new Map();
    const { areas } = await entities.findOneByOrFail(Staff, { id: staffId });
    const rows: MemoryRow[] = await entities.query(
      `select fingerprint, decision, ground_id, role, access, times, last_on::text from decision_memory
       where kind = $1 and fingerprint = any ($2)
         and ($3::text[] is null or exists (select 1 from unnest($3::text[]) as own where area <> '' and starts_with(area, own)))
       order by last_on`,
      [kind, fingerprints, areas],
    );
    return new Map(rows.map((row) => [row.fingerprint.toString('hex'), rememberedOf(row)]));
  }
}

/** The latest decision stands; how often it was taken is counted. */
const KEPT_LAST = `on conflict (authority_id, kind, fingerprint, area) do update set decision = excluded.decision,
  ground_id = excluded.ground_id, role = excluded.role, access = excluded.access, last_on = excluded.last_on,
  times = case when decision_memory.decision is not distinct from excluded.decision then decision_memory.times + 1 else 1 end`;

function rememberedOf({ decision, ground_id: groundId, role, access, times, last_on: lastOn }: MemoryRow): Remembered {
  return { decision, groundId, role, access, times, lastOn };
}
