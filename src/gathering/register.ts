import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PartyAccess, PartyRegister, RecordsParty, RegisterParty } from '../contracts';
import { KeyRing } from '../platform/keys/authority-keys';
import { Party } from './party.entity';

export const REQUESTER_KEY = 'R';

/**
 * Words of a records system that tell what a party is to the requester. Whole words only: a "partner" is no "part".
 * A lawyer may change them without touching code elsewhere.
 */
const OWN = /^(?:requester|part|parten)$|\bchild, (?:shared )?custody\b|\bbarn\b.*\bforældremyndighed/i;
const NO_CUSTODY = /\b(?:no|without|ikke|uden)\b/i;
const PROTECTED = /(notifier|underretter|anmelder|protected address|adressebeskyt)/i;
const PROFESSIONAL = /(professional|læge|psykolog|advokat|doctor|lawyer|police|politi)/i;

/** Who is in the file, as the sources say it; one register for the whole request. */
@Injectable()
export class Register {
  constructor(private readonly keyRing: KeyRing) {}

  async addRequester(
    entities: EntityManager,
    authorityId: string,
    requestId: string,
    cpr: string,
    name: string,
  ): Promise<void> {
    await this.store(entities, authorityId, requestId, {
      id: REQUESTER_KEY,
      role: 'requester',
      access: 'own',
      name,
      cpr,
    });
  }

  /** Adds those whom the register does not know yet; the same person from two sources is one party. */
  async add(entities: EntityManager, authorityId: string, requestId: string, parties: RecordsParty[]): Promise<void> {
    for (const party of parties) {
      const [{ count }] = await entities.query('select count(*)::int as count from party where request_id = $1', [
        requestId,
      ]);
      const { name, cpr, address, phone, email } = party;
      await this.store(entities, authorityId, requestId, {
        id: `T${count}`,
        role: party.roleText,
        access: accessOf(party),
        name,
        cpr,
        address,
        phone,
        email,
      });
    }
  }

  async of(entities: EntityManager, authorityId: string, requestId: string): Promise<PartyRegister> {
    const keys = await this.keyRing.of(authorityId);
    const rows = await entities.find(Party, { where: { requestId }, order: { key: 'ASC' } });
    const parties = rows.map((row) => ({
      ...(JSON.parse(keys.unseal('party.details', row.detailsSealed)) as RegisterParty),
      role: row.role,
      access: row.access,
    }));
    return { case: requestId, requester: REQUESTER_KEY, parties };
  }

  private async store(
    entities: EntityManager,
    authorityId: string,
    requestId: string,
    party: RegisterParty,
  ): Promise<void> {
    const keys = await this.keyRing.of(authorityId);
    const identity = keys.identity(party.cpr ?? `${party.name}|${party.role}`);
    const known = await entities.findOneBy(Party, { requestId, identityHmac: identity });
    if (known) return this.complete(entities, known, party);
    await entities.insert(Party, {
      authorityId,
      requestId,
      key: party.id,
      role: party.role,
      access: party.access,
      identityHmac: identity,
      detailsSealed: keys.seal('party.details', JSON.stringify(party)),
    });
  }

  /** A later source may know an address or a phone number that the first did not; what is protected stays protected. */
  private async complete(entities: EntityManager, known: Party, party: RegisterParty): Promise<void> {
    const keys = await this.keyRing.of(known.authorityId);
    const before = JSON.parse(keys.unseal('party.details', known.detailsSealed)) as RegisterParty;
    const { address = before.address, phone = before.phone, email = before.email } = party;
    const access = known.access === 'own' || party.access !== 'protected' ? known.access : 'protected';
    await entities.update(
      Party,
      { id: known.id },
      { access, detailsSealed: keys.seal('party.details', JSON.stringify({ ...before, address, phone, email })) },
    );
  }
}

/** What the requester may see of a party, as far as its role in the records system tells. */
export function accessOf(party: Pick<RecordsParty, 'roleText' | 'addressProtected' | 'employee'>): PartyAccess {
  if (party.addressProtected || PROTECTED.test(party.roleText)) return 'protected';
  if (party.employee) return 'employee';
  if (OWN.test(party.roleText) && !NO_CUSTODY.test(party.roleText)) return 'own';
  return PROFESSIONAL.test(party.roleText) ? 'professional' : 'third';
}
