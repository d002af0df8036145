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

/** Before every mention in a source. */
const BY_THE_REQUEST = '';

/** What one list of parties says of a person, and where that list stands in the order of sources and cases. */
interface Mention {
  at: string;
  party: RegisterParty;
}

/**
 * Who is in the file, as the sources say it; one register for the whole request. Sources are read side by side and again
 * after a fault, so what is kept is every mention: the register follows from their order, never from who came first.
 */
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
    const party: RegisterParty = { id: REQUESTER_KEY, role: 'requester', access: 'own', name, cpr };
    await this.store(entities, authorityId, requestId, { at: BY_THE_REQUEST, party });
  }

  /**
   * Adds what one case's list says; the same person from two lists is one party.
   * @param at the list's place: the source's key and the case's position in it
   */
  async add(
    entities: EntityManager,
    authorityId: string,
    requestId: string,
    parties: RecordsParty[],
    at: { source: string; position: number },
  ): Promise<void> {
    for (const [index, each] of parties.entries()) {
      const [{ count }] = await entities.query(
        `select count(*)::int as count from party where request_id = $1 and origin = 'register'`,
        [requestId],
      );
      const { name, cpr, address, phone, email, roleText: role } = each;
      await this.store(entities, authorityId, requestId, {
        at: `${at.source}/${sortable(at.position)}/${sortable(index)}`,
        party: { id: `T${count}`, role, access: accessOf(each), name, cpr, address, phone, email },
      });
    }
  }

  async of(entities: EntityManager, authorityId: string, requestId: string): Promise<PartyRegister> {
    const keys = await this.keyRing.of(authorityId);
    const rows = await entities.findBy(Party, { requestId, origin: 'register' });
    const parties = rows
      .map((row) => ({ key: row.key, mentions: mentionsIn(keys.unseal('party.details', row.detailsSealed)) }))
      .sort((a, b) => (a.mentions[0].at < b.mentions[0].at ? -1 : 1))
      .map(({ key, mentions }) => partyOf(key, mentions));
    return { case: requestId, requester: REQUESTER_KEY, parties };
  }

  private async store(
    entities: EntityManager,
    authorityId: string,
    requestId: string,
    mention: Mention,
  ): Promise<void> {
    const keys = await this.keyRing.of(authorityId);
    const { id, cpr, name, role } = mention.party;
    const identityHmac = keys.identity(cpr ?? `${name}|${role}`);
    const known = await entities.findOneBy(Party, { requestId, identityHmac });
    const before = known ? mentionsIn(keys.unseal('party.details', known.detailsSealed)) : [];
    const mentions = inOrder([...before.filter(({ at }) => at !== mention.at), mention]);
    const key = known?.key ?? id;
    const { role: firstRole, access } = partyOf(key, mentions);
    const said = { role: firstRole, access, detailsSealed: keys.seal('party.details', JSON.stringify(mentions)) };
    if (known) await entities.update(Party, { id: known.id }, said);
    else await entities.insert(Party, { authorityId, requestId, key, identityHmac, ...said });
  }
}

function sortable(position: number): string {
  return String(position).padStart(6, '0');
}

function mentionsIn(details: string): Mention[] {
  return JSON.parse(details) as Mention[];
}

function inOrder(mentions: Mention[]): Mention[] {
  return [...mentions].sort((a, b) => (a.at < b.at ? -1 : 1));
}

/**
 * The first list says who a person is. A later one may know an address or a phone number that the first did not, and who
 * is protected anywhere is protected everywhere, but for the requester's own facts.
 */
function partyOf(key: string, [first, ...later]: Mention[]): RegisterParty {
  const party = { ...first.party, id: key };
  for (const { party: said } of later) {
    const { address = party.address, phone = party.phone, email = party.email } = said;
    Object.assign(party, { address, phone, email });
    if (key !== REQUESTER_KEY && said.access === 'protected') party.access = 'protected';
  }
  return party;
}

/** What the requester may see of a party, as far as its role in the records system tells. */
export function accessOf(party: Pick<RecordsParty, 'roleText' | 'addressProtected' | 'employee'>): PartyAccess {
  if (party.addressProtected || PROTECTED.test(party.roleText)) return 'protected';
  if (party.employee) return 'employee';
  if (OWN.test(party.roleText) && !NO_CUSTODY.test(party.roleText)) return 'own';
  return PROFESSIONAL.test(party.roleText) ? 'professional' : 'third';
}
