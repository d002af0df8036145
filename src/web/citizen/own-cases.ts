import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Sources } from '../../gathering/sources';
import type { CitizenUser } from '../../identity/sessions';
import { People } from '../../identity/people';
import { PersonRef } from '../../identity/person-ref.entity';
import { lookUpCases, type LookedUpCase } from '../../overview';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Authority } from '../../platform/database/authority.entity';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';

/** A source that is slower than this is named as one that gave no answer. */
const LIMIT_MS = 5000;

export interface OwnCase extends LookedUpCase {
  /** Stands in addresses and forms: says nothing of the source or the case. */
  id: string;
}

export interface OwnCaseList {
  cases: OwnCase[];
  unavailable: { source: string; why: string }[];
}

/** The citizen's own cases, asked for in the sources as they are now. */
@Injectable()
export class OwnCases {
  constructor(
    private readonly database: Database,
    private readonly sources: Sources,
    private readonly people: People,
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
  ) {}

  async of({ authorityId, personRefId }: CitizenUser): Promise<OwnCaseList> {
    const { connectors, cpr, hiddenKle, hidden } = await this.database.inAuthority(authorityId, async (entities) => {
      await this.audit.write(entities, authorityId, {
        actor: { kind: 'citizen', id: personRefId },
        action: 'overview.show',
        subject: { kind: 'person_ref', id: personRefId },
        reason: 'The citizen looked at the list of own cases.',
      });
      const person = await entities.findOneByOrFail(PersonRef, { id: personRefId });
      const authority = await entities.findOneByOrFail(Authority, { id: authorityId });
      const rows = await this.sources.connected(entities);
      return {
        connectors: await Promise.all(rows.map((source) => this.sources.connectorOf(source))),
        cpr: await this.people.cprOf(person),
        hiddenKle: authority.settings.hiddenKle ?? [],
        hidden: await hiddenCases(entities),
      };
    });
    const { cases, unavailable } = await lookUpCases(connectors, cpr, { hiddenKle }, LIMIT_MS);
    const keys = await this.keyRing.of(authorityId);
    return {
      cases: cases
        .filter(({ sourceId, sourceCaseId }) => !hidden.has(`${sourceId} ${sourceCaseId}`))
        .map((each) => ({
          ...each,
          id: keys.identity(`case ${each.sourceId} ${each.sourceCaseId}`).toString('hex').slice(0, 24),
        })),
      unavailable,
    };
  }
}

/**
 * Cases whose existence somebody has protected, or must decide on, in a request. A later decision that the case may be
 * known counts for the one who asked then, and for nobody else.
 */
async function hiddenCases(entities: EntityManager): Promise<Set<string>> {
  const rows: { id: string }[] = await entities.query(
    `select r.source_id || ' ' || c.source_case_id as id
     from records_case c join source_run r on r.id = c.source_run_id join request q on q.id = c.request_id
     where c.existence = 'proposed' or c.existence = 'protected' and not exists (
       select 1 from records_case l join source_run s on s.id = l.source_run_id join request t on t.id = l.request_id
       where s.source_id = r.source_id and l.source_case_id = c.source_case_id and t.person_ref_id = q.person_ref_id
         and l.existence = 'open' and l.existence_at > c.existence_at)`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** "Sygedagpenge og barsel, sag 32.30.04-G01-118-22". */
export function caseInWords({ subject, caseNumber }: OwnCase): string {
  return caseNumber ? `${subject}, sag ${caseNumber}` : subject;
}
