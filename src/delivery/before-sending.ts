import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Decision } from '../decisions/decision.entity';
import { manifestHash } from '../decisions/manifest';
import { PackageFile } from '../decisions/package-file.entity';
import { danishDay, longDate } from '../law';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { AccessRequest } from '../requests/request.entity';
import type { Delivery } from './delivery.entity';
import { Mandate } from './mandate.entity';
import { obstacleOf } from './person-facts';
import { Recipients, type Recipient } from './recipients';
import { RegisterOfPersons, type RegisterSays } from './register-of-persons';

/**
 * Why nothing may be sent, as a sentence for staff. `stop`: the files are not those that were approved. `void`: the
 * recipient is not the one that was approved, and the approver must look again. `held`: a person must find out how the
 * answer is given.
 */
export interface Obstacle {
  kind: 'stop' | 'void' | 'held';
  sentence: string;
}

export interface ReadyToSend {
  request: AccessRequest;
  recipient: Recipient;
  /** Where a letter reaches the recipient. */
  postal: RegisterSays['postal'];
}

const CHANGED_PACKAGE =
  'Filerne er ikke dem, der blev godkendt. Intet er sendt. Bed driften undersøge det, og åbn gennemgangen igen.';
const CHANGED_RECIPIENT =
  'Modtageren er en anden end den, der blev godkendt. Intet er sendt. Se modtageren, og godkend svaret igen.';

/** What was true when the answer was approved is looked at again at the moment of sending. */
@Injectable()
export class BeforeSending {
  constructor(
    private readonly database: Database,
    private readonly recipients: Recipients,
    private readonly clock: Clock,
    private readonly register: RegisterOfPersons,
  ) {}

  async check(delivery: Delivery, signal: AbortSignal): Promise<ReadyToSend | Obstacle> {
    const known = await this.database.inAuthority(delivery.authorityId, (entities) => this.known(entities, delivery));
    if ('kind' in known) return known;
    const { request, recipient, cpr } = known;
    // Of the others nothing can be mended once it began to leave.
    const others =
      delivery.releasedAt === null ? await this.register.othersOf(delivery.authorityId, request.id, cpr) : [];
    const { facts, postal } = await this.register.of(delivery.authorityId, recipient, cpr, signal, others);
    return obstacleOf(facts, delivery.personFacts, recipient) ?? { request, recipient, postal };
  }

  private async known(
    entities: EntityManager,
    delivery: Delivery,
  ): Promise<{ request: AccessRequest; recipient: Recipient; cpr: string } | Obstacle> {
    const request = await entities.findOneByOrFail(AccessRequest, { id: delivery.requestId });
    const decision = await entities.findOneByOrFail(Decision, { id: delivery.decisionId });
    if (decision.state !== 'signed' || !(await this.isAsSigned(entities, decision)))
      return { kind: 'stop', sentence: CHANGED_PACKAGE };
    const mandate = await this.recipients.mandateOf(entities, request.id);
    if (request.personRefId !== delivery.recipientRef || (mandate?.id ?? null) !== delivery.mandateId)
      return { kind: 'void', sentence: CHANGED_RECIPIENT };
    if (mandate && this.hasEnded(mandate)) return { kind: 'void', sentence: endedInWords(mandate) };
    const recipient = await this.recipients.of(entities, request);
    return { request, recipient, cpr: await this.recipients.cprOf(entities, request) };
  }

  /** The signature is on the manifest, and the manifest names every file that goes. The certificate comes later and carries its hash. */
  private async isAsSigned(entities: EntityManager, { id, manifest, manifestSha256: signed }: Decision) {
    if (!manifest || manifestHash(manifest) !== signed) return false;
    const all = await entities.findBy(PackageFile, { decisionId: id });
    const files = all.filter(({ kind }) => !kind.startsWith('certificate'));
    const inPackage = new Set(files.map(({ name, sha256, size }) => `${name} ${sha256} ${size}`));
    return (
      files.length === manifest.files.length &&
      manifest.files.every(({ name, sha256, size }) => inPackage.has(`${name} ${sha256} ${size}`))
    );
  }

  private hasEnded({ validUntil }: Mandate): boolean {
    return validUntil !== null && validUntil < danishDay(this.clock.now());
  }
}

function endedInWords({ validUntil, kind }: Mandate): string {
  const until = longDate(validUntil as string);
  return kind === 'guardian'
    ? `Værgemålet gjaldt til og med ${until}. Intet er sendt. Se den nye beskikkelse, eller vælg en anden modtager, og godkend svaret igen.`
    : `Fuldmagten gjaldt til og med ${until} og er udløbet. Intet er sendt. Få en ny fuldmagt, eller send svaret til borgeren selv, og godkend det igen.`;
}
