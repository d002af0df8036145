import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { People } from '../identity/people';
import { PersonRef } from '../identity/person-ref.entity';
import { KeyRing } from '../platform/keys/authority-keys';
import type { AccessRequest } from '../requests/request.entity';
import { Mandate } from './mandate.entity';

/** Who a delivery goes to: the citizen, or the firm of a lawyer with a mandate. */
export type Recipient = { kind: 'citizen'; cpr: string } | { kind: 'firm'; cvr: string; name: string };

/** The recipient as the request has it at this moment. */
@Injectable()
export class Recipients {
  constructor(
    private readonly people: People,
    private readonly keyRing: KeyRing,
  ) {}

  mandateOf(entities: EntityManager, requestId: string): Promise<Mandate | null> {
    return entities.findOneBy(Mandate, { requestId, revokedAt: IsNull() });
  }

  async of(entities: EntityManager, request: AccessRequest): Promise<Recipient> {
    const mandate = await this.mandateOf(entities, request.id);
    if (mandate) return { kind: 'firm', cvr: mandate.cvr, name: await this.nameOf(mandate) };
    return { kind: 'citizen', cpr: await this.cprOf(entities, request) };
  }

  async cprOf(entities: EntityManager, request: AccessRequest): Promise<string> {
    return this.people.cprOf(await entities.findOneByOrFail(PersonRef, { id: request.personRefId }));
  }

  async nameOf({ authorityId, nameSealed }: Mandate): Promise<string> {
    return (await this.keyRing.of(authorityId)).unseal('mandate.name', nameSealed);
  }
}

/** What Digital Post knows the recipient by. */
export function postboxOf(recipient: Recipient): string {
  return recipient.kind === 'firm' ? recipient.cvr : recipient.cpr;
}
