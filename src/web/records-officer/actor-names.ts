import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { People } from '../../identity/people';
import { PersonRef } from '../../identity/person-ref.entity';
import { Staff } from '../../identity/staff.entity';
import type { AuditEntry } from '../../platform/audit-log/audit-entry.entity';
import { AccessRequest } from '../../requests/request.entity';

export interface NamesOfEntries {
  who(entry: Pick<AuditEntry, 'actorKind' | 'actorId'>): string;
  whose(entry: Pick<AuditEntry, 'requestId'>): string | undefined;
}

/** The log holds ids only; names are looked up when a person reads it. */
@Injectable()
export class ActorNames {
  constructor(private readonly people: People) {}

  async of(entities: EntityManager, entries: AuditEntry[]): Promise<NamesOfEntries> {
    const requests = await entities.findBy(AccessRequest, { id: In(idsOf(entries, (each) => each.requestId)) });
    const staff = await entities.findBy(Staff, {
      id: In(idsOf(entries, (each) => (each.actorKind === 'staff' ? each.actorId : null))),
    });
    const citizens = await this.names(entities, [
      ...idsOf(entries, (each) => (each.actorKind === 'citizen' ? each.actorId : null)),
      ...requests.map((request) => request.personRefId),
    ]);
    const staffNames = new Map(staff.map((each) => [each.id, each.name]));
    const requestById = new Map(requests.map((each) => [each.id, each]));
    return {
      who({ actorKind, actorId }) {
        if (actorKind === 'system') return 'Programmet';
        const name = (actorKind === 'staff' ? staffNames : citizens).get(actorId ?? '');
        return name ?? (actorKind === 'staff' ? 'Ukendt medarbejder' : 'Borger');
      },
      whose({ requestId }) {
        const request = requestById.get(requestId ?? '');
        return request && `${citizens.get(request.personRefId) ?? 'Borger'} (${request.number})`;
      },
    };
  }

  async names(entities: EntityManager, personRefIds: string[]): Promise<Map<string, string>> {
    const people = await entities.findBy(PersonRef, { id: In([...new Set(personRefIds)]) });
    const names = new Map<string, string>();
    for (const person of people) names.set(person.id, await this.people.nameOf(person));
    return names;
  }
}

function idsOf(entries: AuditEntry[], idOf: (entry: AuditEntry) => string | null): string[] {
  return [...new Set(entries.map(idOf).filter((id) => id !== null))];
}
