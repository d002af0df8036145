import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PartyRegister } from '../../contracts';
import { Party } from '../../gathering/party.entity';
import { REQUESTER_KEY, Register } from '../../gathering/register';
import type { JoinedPerson } from '../../personal-data';
import { KeyRing } from '../../platform/keys/authority-keys';
import type { AccessRequest } from '../../requests/request.entity';
import { PersonChoice } from './person-choice.entity';
import { applyChoices, type AppliedChoice, type JudgedPersons, type RequestPerson } from './request-person';

/** What the texts say of a person who is not in the register; sealed. */
interface TextDetails {
  name: string;
  evidence: string;
}

/** Everybody whom a request speaks of. */
@Injectable()
export class Persons {
  constructor(
    private readonly register: Register,
    private readonly keyRing: KeyRing,
  ) {}

  /** Stores those whom only the texts name; the register's parties are there already. */
  async store(entities: EntityManager, request: AccessRequest, persons: JoinedPerson[]): Promise<void> {
    const keys = await this.keyRing.of(request.authorityId);
    await entities.delete(Party, { requestId: request.id, origin: 'text' });
    const rows = persons
      .filter(({ fromRegister }) => !fromRegister)
      .map(({ id, name, role, access, evidence }) => ({
        authorityId: request.authorityId,
        requestId: request.id,
        key: id,
        role,
        access,
        origin: 'text' as const,
        detailsSealed: keys.seal('party.details', JSON.stringify({ name, evidence } satisfies TextDetails)),
        identityHmac: keys.identity(name),
      }));
    if (rows.length > 0) await entities.insert(Party, rows);
  }

  /** As register and texts have them, before anybody chose otherwise. */
  async found(entities: EntityManager, authorityId: string, requestId: string): Promise<RequestPerson[]> {
    const keys = await this.keyRing.of(authorityId);
    const { parties } = await this.register.of(entities, authorityId, requestId);
    const named = await entities.find(Party, { where: { requestId, origin: 'text' } });
    return [
      ...parties.map(({ id, name, role, access }) => ({
        ...UNJUDGED,
        key: id,
        name,
        role,
        access,
        origin: 'register' as const,
        evidence:
          id === REQUESTER_KEY ? 'Har bedt om aktindsigt.' : 'Står som part i kildernes lister over sagens parter.',
      })),
      ...named
        .sort((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }))
        .map(({ key, role, access, detailsSealed }) => {
          const details = JSON.parse(keys.unseal('party.details', detailsSealed)) as TextDetails;
          return { ...UNJUDGED, ...details, key, role, access, origin: 'text' as const };
        }),
    ];
  }

  async choices(entities: EntityManager, authorityId: string, requestId: string): Promise<AppliedChoice[]> {
    const keys = await this.keyRing.of(authorityId);
    const rows = await entities.find(PersonChoice, { where: { requestId }, order: { seq: 'ASC' } });
    return rows
      .filter(({ undoneAt }) => undoneAt === null)
      .map((row) => ({ ...row, name: row.nameSealed ? keys.unseal('person_choice.name', row.nameSealed) : null }));
  }

  /** After every choice that stands. */
  async judged(entities: EntityManager, authorityId: string, requestId: string): Promise<JudgedPersons> {
    return applyChoices(
      await this.found(entities, authorityId, requestId),
      await this.choices(entities, authorityId, requestId),
    );
  }

  /** The same as a register: what a page that shows names needs. */
  async asRegister(entities: EntityManager, authorityId: string, requestId: string): Promise<PartyRegister> {
    const { persons } = await this.judged(entities, authorityId, requestId);
    const parties = [...persons.values()].map(({ key: id, name, role, access }) => ({ id, name, role, access }));
    return { case: requestId, requester: REQUESTER_KEY, parties };
  }
}

const UNJUDGED = { everywhere: null, judgedBy: null } as const;
