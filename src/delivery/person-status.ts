import { Injectable } from '@nestjs/common';
import type { PersonStatus, PersonStatusPort } from '../contracts';

/** The token by which the register of persons is injected. */
export const PERSON_STATUS = Symbol('PersonStatusPort');

/** Stands where no register of persons is connected: nothing is known, and the answer of Digital Post decides alone. */
@Injectable()
export class NoPersonRegister implements PersonStatusPort {
  async statusOf(): Promise<PersonStatus | null> {
    return null;
  }
}
