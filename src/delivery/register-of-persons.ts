import { Injectable } from '@nestjs/common';
import type { LetterAddress, PersonStatus } from '../contracts';
import { PERSON_REGISTER } from '../gathering/source-kinds';
import { Sources } from '../gathering/sources';
import { Database } from '../platform/database/database';
import { createPersonRegister } from '../records';
import { personFacts, type PersonFact } from './person-facts';
import type { Recipient } from './recipients';

/** What the register of persons says at this moment. */
export interface RegisterSays {
  /** False: the authority has connected none, so nothing is known. */
  isConnected: boolean;
  facts: PersonFact[];
  /** Where a letter reaches the recipient. */
  postal: { address?: LetterAddress; isProtected: boolean };
}

/** The authority's own connection to CPR, the same that gathering asks. */
@Injectable()
export class RegisterOfPersons {
  constructor(
    private readonly database: Database,
    private readonly sources: Sources,
  ) {}

  /** `cpr`: the citizen's. Throws a `SourceError` when the register gives no definite answer. */
  async of(authorityId: string, recipient: Recipient, cpr: string, signal: AbortSignal): Promise<RegisterSays> {
    const register = await this.connected(authorityId);
    if (!register) return { isConnected: false, facts: [], postal: postalOf(recipient, null) };
    try {
      const citizen = await register.statusOf(cpr, signal);
      const own = recipient.kind === 'person' ? await register.statusOf(recipient.cpr, signal) : null;
      const postal = postalOf(recipient, recipient.kind === 'person' ? own : citizen);
      return { isConnected: true, facts: personFacts(recipient, citizen, own), postal };
    } finally {
      await register.close?.();
    }
  }

  private async connected(authorityId: string) {
    const [source] = await this.database.inAuthority(authorityId, (entities) =>
      this.sources.ofKind(entities, PERSON_REGISTER),
    );
    return source ? createPersonRegister(await this.sources.settingsOf(source)) : null;
  }
}

function postalOf(recipient: Recipient, person: PersonStatus | null): RegisterSays['postal'] {
  if (recipient.kind === 'firm') return { address: recipient.address ?? undefined, isProtected: false };
  return { address: person?.address, isProtected: person?.isAddressProtected ?? false };
}
