import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NumberReason, SearchSubject } from '../contracts';
import { People } from '../identity/people';
import { PersonRef } from '../identity/person-ref.entity';
import { KeyRing } from '../platform/keys/authority-keys';
import { AccessRequest } from '../requests/request.entity';
import { needsJurist, PersonNumber } from './person-number.entity';

export interface SearchedNumber {
  cpr: string;
  reason: NumberReason;
}

/** The numbers that a request is searched with: the present one, and the former ones that the register told. */
@Injectable()
export class NumbersOf {
  constructor(
    private readonly people: People,
    private readonly keyRing: KeyRing,
  ) {}

  async request(entities: EntityManager, requestId: string): Promise<SearchedNumber[]> {
    const request = await entities.findOneByOrFail(AccessRequest, { id: requestId });
    const person = await entities.findOneByOrFail(PersonRef, { id: request.personRefId });
    const keys = await this.keyRing.of(request.authorityId);
    const former = await entities.find(PersonNumber, { where: { requestId }, order: { position: 'ASC' } });
    return [
      { cpr: await this.people.cprOf(person), reason: 'present' },
      ...former
        .filter(({ reason }) => reason !== 'present')
        .map(({ numberSealed, reason }) => ({ cpr: keys.unseal('person_number.number', numberSealed), reason })),
    ];
  }

  /** Everything that a source without cases is searched by; which of it is used, the source's settings decide. */
  async subject(entities: EntityManager, requestId: string, numbers: SearchedNumber[]): Promise<SearchSubject> {
    const request = await entities.findOneByOrFail(AccessRequest, { id: requestId });
    const person = await entities.findOneByOrFail(PersonRef, { id: request.personRefId });
    const keys = await this.keyRing.of(request.authorityId);
    return {
      cprs: numbers.filter(({ reason }) => !needsJurist(reason)).map(({ cpr }) => cpr),
      names: [await this.people.nameOf(person)],
      emails: request.noticeEmailSealed ? [keys.unseal('request.notice_email', request.noticeEmailSealed)] : [],
    };
  }
}
