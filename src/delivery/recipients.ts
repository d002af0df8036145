import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import type { LetterAddress } from '../contracts';
import { People } from '../identity/people';
import { PersonRef } from '../identity/person-ref.entity';
import { KeyRing } from '../platform/keys/authority-keys';
import type { AccessRequest } from '../requests/request.entity';
import { Mandate, type MandateKind } from './mandate.entity';

/** Who a delivery goes to: the citizen, the firm of a lawyer with a mandate, or a person who acts for the citizen. */
export type Recipient =
  | { kind: 'citizen'; cpr: string }
  | { kind: 'firm'; cvr: string; name: string; address: LetterAddress | null }
  | { kind: 'person'; cpr: string; name: string; by: Exclude<MandateKind, 'firm'> };

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
    if (mandate) return this.by(entities, mandate);
    return { kind: 'citizen', cpr: await this.cprOf(entities, request) };
  }

  async cprOf(entities: EntityManager, request: AccessRequest): Promise<string> {
    return this.people.cprOf(await entities.findOneByOrFail(PersonRef, { id: request.personRefId }));
  }

  /** Who received, or receives, by a mandate; also when it has ended since. */
  async by(entities: EntityManager, mandate: Mandate): Promise<Recipient> {
    const name = await this.nameOf(mandate);
    if (mandate.kind === 'firm')
      return { kind: 'firm', cvr: mandate.cvr as string, name, address: await this.addressOf(mandate) };
    const person = await entities.findOneByOrFail(PersonRef, { id: mandate.recipientRef as string });
    return { kind: 'person', cpr: await this.people.cprOf(person), name, by: mandate.kind };
  }

  private async addressOf({ authorityId, addressSealed }: Mandate): Promise<LetterAddress | null> {
    if (addressSealed === null) return null;
    return JSON.parse((await this.keyRing.of(authorityId)).unseal('mandate.address', addressSealed)) as LetterAddress;
  }

  async nameOf({ authorityId, nameSealed }: Mandate): Promise<string> {
    return (await this.keyRing.of(authorityId)).unseal('mandate.name', nameSealed);
  }
}

/** What Digital Post knows the recipient by. */
export function postboxOf(recipient: Recipient): string {
  return recipient.kind === 'firm' ? recipient.cvr : recipient.cpr;
}
