import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LetterAddress } from '../contracts';
import { addressFaults } from '../digital-post';
import { People } from '../identity/people';
import { danishDay } from '../law';
import { AuditLog, type AuditedAct } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { KeyRing } from '../platform/keys/authority-keys';
import { Refusal } from '../requests/refusal';
import { AccessRequest } from '../requests/request.entity';
import type { RequestState } from '../requests/lifecycle';
import { Mandate, type MandateKind } from './mandate.entity';
import { Recipients } from './recipients';

export interface ShownMandate {
  kind: MandateKind;
  /** Of a firm: eight digits. Of a person: ten. */
  number: string;
  name: string;
  /** Where a letter reaches a firm that has no mailbox. */
  address?: Omit<LetterAddress, 'name'>;
  /** `YYYY-MM-DD`; empty: no end is written in it. */
  validUntil: string;
  /** Absent: no file was chosen. */
  document?: { address: string; sha256: string; head: Uint8Array };
}

/** After these it is settled who gets the answer. */
const SETTLED: readonly RequestState[] = ['signed', 'submitted', 'delivered', 'undeliverable', 'withdrawn'];
const LOGGED: Record<MandateKind, string> = {
  firm: 'An employee saw the mandate of a firm.',
  custody: 'An employee saw that a parent has custody.',
  guardian: 'An employee saw the appointment of a guardian.',
  person: 'An employee saw the mandate of a person.',
};
/** What a mandate may come as, by its first bytes. */
const KINDS: [string, string][] = [
  ['%PDF-', 'application/pdf'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['\x89PNG', 'image/png'],
];

/** FVL § 8: a party may be represented. The employee who has seen the paper for it sets who receives. */
@Injectable()
export class Mandates {
  constructor(
    private readonly recipients: Recipients,
    private readonly people: People,
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** A new mandate takes the place of the former one. */
  async set(entities: EntityManager, requestId: string, staffId: string, shown: ShownMandate): Promise<void> {
    const request = await this.open(entities, requestId);
    const { document, mediaType } = this.requireWhole(shown);
    const isFirm = shown.kind === 'firm';
    const name = shown.name.trim();
    const recipientRef = isFirm ? null : await this.personOf(entities, request, shown.number, name);
    await this.end(entities, request, staffId);
    const keys = await this.keyRing.of(request.authorityId);
    const address = isFirm && shown.address ? JSON.stringify({ ...shown.address, name }) : null;
    const { id } = await entities.save(
      entities.create(Mandate, {
        authorityId: request.authorityId,
        requestId,
        kind: shown.kind,
        cvr: isFirm ? shown.number : null,
        recipientRef,
        nameSealed: keys.seal('mandate.name', name),
        addressSealed: address === null ? null : keys.seal('mandate.address', address),
        validUntil: shown.validUntil || null,
        documentKey: document.address,
        documentSha256: document.sha256,
        documentMediaType: mediaType,
        setBy: staffId,
        setAt: this.clock.now(),
      }),
    );
    await this.log(entities, request, id, staffId, 'mandate.set', LOGGED[shown.kind]);
  }

  /** From then on the citizen receives. */
  async revoke(entities: EntityManager, requestId: string, staffId: string): Promise<void> {
    await this.end(entities, await this.open(entities, requestId), staffId);
  }

  private async end(entities: EntityManager, request: AccessRequest, staffId: string): Promise<void> {
    const former = await this.recipients.mandateOf(entities, request.id);
    if (!former) return;
    await entities.update(Mandate, { id: former.id }, { revokedBy: staffId, revokedAt: this.clock.now() });
    await this.log(entities, request, former.id, staffId, 'mandate.revoke', 'The mandate holds no longer.');
  }

  private async open(entities: EntityManager, requestId: string): Promise<AccessRequest> {
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!SETTLED.includes(request.state)) return request;
    throw new Refusal(
      'recipient-settled',
      `Svaret på anmodning ${request.number} er godkendt. Modtageren kan kun ændres, når godkendelsen er fortrudt.`,
    );
  }

  /** A person who acts for somebody is another than that one. */
  private async personOf(entities: EntityManager, request: AccessRequest, cpr: string, name: string): Promise<string> {
    if (cpr === (await this.recipients.cprOf(entities, request)))
      throw missing('Det er borgerens eget personnummer. Skriv nummeret på den, der skal have svaret for borgeren.');
    return (await this.people.findOrAdd(entities, request.authorityId, cpr, name)).id;
  }

  private requireWhole({ kind, number, name, validUntil, address, document }: ShownMandate) {
    const isFirm = kind === 'firm';
    if (isFirm && !/^\d{8}$/.test(number)) throw missing('Skriv firmaets CVR-nummer med otte cifre.');
    if (!isFirm && !/^\d{10}$/.test(number)) throw missing('Skriv modtagerens personnummer med ti cifre.');
    if (name.trim().length < 2) throw missing(isFirm ? 'Skriv firmaets navn.' : 'Skriv modtagerens navn.');
    if (address && addressFaults({ ...address, name: name.trim() }).length > 0)
      throw missing('Skriv firmaets vej, husnummer og postnummer, eller lad adressen være tom.');
    if (validUntil !== '' && validUntil < danishDay(this.clock.now()))
      throw missing('Datoen er passeret. Få en ny fuldmagt eller beskikkelse, eller send svaret til borgeren selv.');
    if (!document) throw missing('Vælg filen med fuldmagten eller det andet bevis.');
    const head = Buffer.from(document.head).toString('latin1');
    const media = KINDS.find(([start]) => head.startsWith(start));
    if (!media) throw missing('Filen skal være en PDF eller et billede (JPEG eller PNG).');
    return { document, mediaType: media[1] };
  }

  private log(
    entities: EntityManager,
    { id, authorityId }: AccessRequest,
    mandateId: string,
    staffId: string,
    action: AuditedAct['action'],
    reason: string,
  ): Promise<void> {
    const actor = { kind: 'staff' as const, id: staffId };
    const subject = { kind: 'mandate', id: mandateId };
    return this.audit.write(entities, authorityId, { actor, action, subject, requestId: id, reason });
  }
}

function missing(sentence: string): Refusal {
  return new Refusal('mandate-not-whole', sentence);
}
