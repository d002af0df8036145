import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RegisteredPerson } from '../contracts';
import { People } from '../identity/people';
import { PersonRef } from '../identity/person-ref.entity';
import { Database } from '../platform/database/database';
import { KeyRing } from '../platform/keys/authority-keys';
import { createPersonRegister } from '../records';
import { AccessRequest } from '../requests/request.entity';
import { identityMismatch, type Mismatch } from './identity-mismatch';
import { PersonNumber } from './person-number.entity';
import { SourceRow } from './source.entity';
import type { SourceRun } from './source-run.entity';
import { Sources } from './sources';

/** CPR and the request do not speak of the same person: nothing is gathered. The message holds no personal data. */
export class IdentityMismatch extends Error {
  constructor(readonly mismatch: Mismatch) {
    super(`CPR and the request differ (${mismatch}).`);
    this.name = 'IdentityMismatch';
  }
}

/** Asks CPR who the citizen is before anything is gathered, and under which numbers to search. */
@Injectable()
export class ConfirmIdentity {
  constructor(
    private readonly database: Database,
    private readonly sources: Sources,
    private readonly people: People,
    private readonly keyRing: KeyRing,
  ) {}

  async run(run: SourceRun, signal: AbortSignal): Promise<RegisteredPerson['numbers']> {
    const { register, cpr, name } = await this.prepare(run);
    try {
      const registered = await register.lookUp(cpr, signal);
      const mismatch = identityMismatch({ name, cpr }, registered);
      if (mismatch) throw new IdentityMismatch(mismatch);
      const numbers = (registered as RegisteredPerson).numbers;
      return numbers.filter((number) => digits(number.cpr) !== digits(cpr));
    } finally {
      await register.close?.();
    }
  }

  /** The former numbers, encrypted; asked twice gives the same rows. */
  async store(entities: EntityManager, run: SourceRun, former: RegisteredPerson['numbers']): Promise<void> {
    const keys = await this.keyRing.of(run.authorityId);
    const own = { authorityId: run.authorityId, requestId: run.requestId };
    await entities.delete(PersonNumber, { requestId: run.requestId });
    for (const [index, { cpr, reason }] of former.entries())
      await entities.insert(PersonNumber, {
        ...own,
        position: index + 1,
        numberSealed: keys.seal('person_number.number', digits(cpr)),
        reason,
      });
  }

  private prepare(run: SourceRun) {
    return this.database.inAuthority(run.authorityId, async (entities) => {
      const source = await entities.findOneByOrFail(SourceRow, { id: run.sourceId });
      const request = await entities.findOneByOrFail(AccessRequest, { id: run.requestId });
      const person = await entities.findOneByOrFail(PersonRef, { id: request.personRefId });
      return {
        register: createPersonRegister(await this.sources.settingsOf(source)),
        cpr: await this.people.cprOf(person),
        name: await this.people.nameOf(person),
      };
    });
  }
}

function digits(cpr: string): string {
  return cpr.replace(/\D/g, '');
}
