import { Injectable } from '@nestjs/common';
import type { LetterAddress, PersonStatus } from '../contracts';
import { PERSON_REGISTER } from '../gathering/source-kinds';
import { Register } from '../gathering/register';
import { Sources } from '../gathering/sources';
import { Database } from '../platform/database/database';
import { createPersonRegister } from '../records';
import { personFacts, type RegisterFact } from './person-facts';
import type { Recipient } from './recipients';

/** What the register of persons says at this moment. */
export interface RegisterSays {
  /** False: the authority has connected none, so nothing is known. */
  isConnected: boolean;
  facts: RegisterFact[];
  /** Where a letter reaches the recipient. */
  postal: { address?: LetterAddress; isProtected: boolean };
}

/** Somebody in the documents whom the sources know by number, and nobody has called protected yet. */
export interface OtherPerson {
  key: string;
  name: string;
  cpr: string;
}

/** The authority's own connection to CPR, the same that gathering asks. */
@Injectable()
export class RegisterOfPersons {
  constructor(
    private readonly database: Database,
    private readonly sources: Sources,
    private readonly parties: Register,
  ) {}

  /** Whose protected address must not stand in the documents. */
  async othersOf(authorityId: string, requestId: string, citizensCpr: string): Promise<OtherPerson[]> {
    const { parties, requester } = await this.database.inAuthority(authorityId, (entities) =>
      this.parties.of(entities, authorityId, requestId),
    );
    return parties.flatMap(({ id: key, name, cpr, access }) => {
      const number = cpr?.replace(/\D/g, '') ?? '';
      const isAsked = key !== requester && access !== 'protected' && number.length === 10 && number !== citizensCpr;
      return isAsked ? [{ key, name, cpr: number }] : [];
    });
  }

  /**
   * `cpr`: the citizen's. `others`: people in the documents, asked for their address alone. Throws a `SourceError` when the
   * register gives no definite answer.
   */
  async of(
    authorityId: string,
    recipient: Recipient,
    cpr: string,
    signal: AbortSignal,
    others: OtherPerson[] = [],
  ): Promise<RegisterSays> {
    const register = await this.connected(authorityId);
    if (!register) return { isConnected: false, facts: [], postal: postalOf(recipient, null) };
    try {
      const citizen = await register.statusOf(cpr, signal);
      const own = recipient.kind === 'person' ? await register.statusOf(recipient.cpr, signal) : null;
      const postal = postalOf(recipient, recipient.kind === 'person' ? own : citizen);
      const asked = others.filter((other) => recipient.kind !== 'person' || other.cpr !== recipient.cpr);
      const found = await Promise.all(
        asked.map(async (other) => ({ other, status: await register.statusOf(other.cpr, signal) })),
      );
      const hidden = found.filter(({ status }) => status?.isAddressProtected);
      const aboutOthers = hidden.map(({ other }): RegisterFact => `other-${other.key}`);
      return { isConnected: true, facts: [...personFacts(recipient, citizen, own), ...aboutOthers], postal };
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
