import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { danishDay } from '../law';
import { AuditLog, type AuditedAct } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { KeyRing } from '../platform/keys/authority-keys';
import { Refusal } from '../requests/refusal';
import { AccessRequest } from '../requests/request.entity';
import type { RequestState } from '../requests/lifecycle';
import { Mandate } from './mandate.entity';
import { Recipients } from './recipients';

export interface ShownMandate {
  cvr: string;
  name: string;
  /** `YYYY-MM-DD`; empty: no end is written in it. */
  validUntil: string;
  /** Absent: no file was chosen. */
  document?: { address: string; sha256: string; head: Uint8Array };
}

/** After these it is settled who gets the answer. */
const SETTLED: readonly RequestState[] = ['signed', 'submitted', 'delivered', 'undeliverable', 'withdrawn'];
/** What a mandate may come as, by its first bytes. */
const KINDS: [string, string][] = [
  ['%PDF-', 'application/pdf'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['\x89PNG', 'image/png'],
];

/** FVL § 8: a party may be represented. The employee who has seen the mandate sets the firm as recipient. */
@Injectable()
export class Mandates {
  constructor(
    private readonly recipients: Recipients,
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** A new mandate takes the place of the former one. */
  async set(entities: EntityManager, requestId: string, staffId: string, shown: ShownMandate): Promise<void> {
    const request = await this.open(entities, requestId);
    const { document, mediaType } = this.requireWhole(shown);
    await this.end(entities, request, staffId);
    const keys = await this.keyRing.of(request.authorityId);
    const { id } = await entities.save(
      entities.create(Mandate, {
        authorityId: request.authorityId,
        requestId,
        cvr: shown.cvr,
        nameSealed: keys.seal('mandate.name', shown.name.trim()),
        validUntil: shown.validUntil || null,
        documentKey: document.address,
        documentSha256: document.sha256,
        documentMediaType: mediaType,
        setBy: staffId,
        setAt: this.clock.now(),
      }),
    );
    await this.log(entities, request, id, staffId, 'mandate.set', 'An employee saw the mandate of a firm.');
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

  private requireWhole({ cvr, name, validUntil, document }: ShownMandate) {
    if (!/^\d{8}$/.test(cvr)) throw missing('Skriv firmaets CVR-nummer med otte cifre.');
    if (name.trim().length < 2) throw missing('Skriv firmaets navn.');
    if (validUntil !== '' && validUntil < danishDay(this.clock.now()))
      throw missing('Fuldmagten er udløbet. Få en ny, eller send svaret til borgeren selv.');
    if (!document) throw missing('Vælg filen med fuldmagten.');
    const head = Buffer.from(document.head).toString('latin1');
    const kind = KINDS.find(([start]) => head.startsWith(start));
    if (!kind) throw missing('Fuldmagten skal være en PDF eller et billede (JPEG eller PNG).');
    return { document, mediaType: kind[1] };
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
