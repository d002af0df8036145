import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KeyRing } from '../platform/keys/authority-keys';
import { PersonRef } from './person-ref.entity';

/** The citizens of an authority: found by CPR number, shown by name. */
@Injectable()
export class People {
  constructor(private readonly keyRing: KeyRing) {}

  async findOrAdd(entities: EntityManager, authorityId: string, cpr: string, name: string): Promise<PersonRef> {
    const keys = await this.keyRing.of(authorityId);
    await entities.query(
      `insert into person_ref (authority_id, cpr_sealed, cpr_hmac, name_sealed) values ($1, $2, $3, $4)
       on conflict (authority_id, cpr_hmac) do update set name_sealed = excluded.name_sealed`,
      [authorityId, keys.seal('person_ref.cpr', cpr), keys.identity(cpr), keys.seal('person_ref.name', name)],
    );
    return entities.findOneByOrFail(PersonRef, { cprHmac: keys.identity(cpr) });
  }

  async cprOf(person: PersonRef): Promise<string> {
    return (await this.keyRing.of(person.authorityId)).unseal('person_ref.cpr', person.cprSealed);
  }

  async nameOf(person: PersonRef): Promise<string> {
    return (await this.keyRing.of(person.authorityId)).unseal('person_ref.name', person.nameSealed);
  }
}
