import { Injectable } from '@nestjs/common';
import { In, Not, type EntityManager } from 'typeorm';
import { Decision } from '../../decisions/decision.entity';
import { DocumentRow } from '../../gathering/document.entity';
import { complaintDueOn, danishDay, isDay, longDate, type ComplaintSubject } from '../../law';
import { AuditLog, type Actor } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Settings } from '../../platform/settings';
import { Vault } from '../../platform/vault/vault';
import { Refusal } from '../../requests/refusal';
import { AccessRequest } from '../../requests/request.entity';
import { Transitions } from '../../requests/transitions';
import { Complaint, type CameBy } from './complaint.entity';
import { roadsOf, type RoadOfComplaint } from './complaint-roads';

export interface NewComplaint {
  /** The same form sent twice is one complaint. */
  formKey: string;
  about: ComplaintSubject;
  documentId: string | null;
  packagePage: number | null;
  /** YYYY-MM-DD, the day it reached the municipality. */
  receivedOn: string;
  cameBy: CameBy;
  /** Null: the citizen. */
  representative: string | null;
  words: string;
}

const ANSWERED: readonly AccessRequest['state'][] = ['signed', 'submitted', 'delivered', 'undeliverable'];

/** Registers a complaint: a row for each body that it belongs to, with the day by which the municipality must have acted. */
@Injectable()
export class RegisterComplaint {
  constructor(
    private readonly vault: Vault,
    private readonly keyRing: KeyRing,
    private readonly transitions: Transitions,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** @param actor the citizen who complains on the page, or the employee who registers what came in another way */
  async run(entities: EntityManager, requestId: string, actor: Actor, asked: NewComplaint): Promise<Complaint[]> {
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    const before = await entities.findBy(Complaint, { requestId, formKey: asked.formKey });
    if (before.length > 0) return before;
    await this.requireFitting(entities, request, asked);
    const roads = await roadsOf(entities, request, asked.about, asked.documentId);
    const complaints = await this.insert(entities, request, actor, asked, roads);
    const words = `Vi har registreret din klage${asked.receivedOn === danishDay(this.clock.now()) ? '' : `, som vi fik ${longDate(asked.receivedOn)}`}.`;
    await this.transitions.tell(entities, request, 'complaint', words);
    return complaints;
  }

  private async insert(
    entities: EntityManager,
    request: AccessRequest,
    actor: Actor,
    asked: NewComplaint,
    roads: RoadOfComplaint[],
  ): Promise<Complaint[]> {
    const { id: requestId, authorityId } = request;
    const keys = await this.keyRing.of(authorityId);
    const decision = ANSWERED.includes(request.state) ? await decisionOf(entities, requestId) : null;
    const wordsKey = asked.words.trim() === '' ? null : await this.stored(authorityId, asked.words.trim());
    const first = (await entities.countBy(Complaint, { requestId })) + 1;
    const complaints: Complaint[] = [];
    for (const [index, road] of roads.entries()) {
      const { basis, body, sendTo, legalSource, bodyDays } = road;
      const complaint = await entities.save(
        entities.create(Complaint, {
          ...{ authorityId, requestId, decisionId: decision?.id ?? null, formKey: asked.formKey },
          ...{ position: first + index, about: asked.about, documentId: asked.documentId },
          ...{ packagePage: asked.packagePage, receivedOn: asked.receivedOn, cameBy: asked.cameBy },
          sender: asked.representative === null ? ('citizen' as const) : ('representative' as const),
          senderNameSealed: asked.representative ? keys.seal('complaint.sender_name', asked.representative) : null,
          ...{ wordsKey, registeredBy: actor.kind === 'staff' ? (actor.id as string) : null },
          ...{ registeredAt: this.clock.now(), basis, body, sendTo, legalSource, bodyDays },
          ...{ dueOn: complaintDueOn(road, asked.receivedOn)[this.settings.SOFT_HOLIDAYS], state: 'received' as const },
        }),
      );
      complaints.push(complaint);
      await this.audit.write(entities, authorityId, {
        ...{ actor, action: 'complaint.register', subject: { kind: 'complaint', id: complaint.id }, requestId },
        reason: 'A complaint was registered.',
        details: { about: asked.about, receivedOn: asked.receivedOn, dueOn: complaint.dueOn },
      });
    }
    return complaints;
  }

  private async requireFitting(entities: EntityManager, request: AccessRequest, asked: NewComplaint): Promise<void> {
    const today = danishDay(this.clock.now());
    if (!isDay(asked.receivedOn) || asked.receivedOn > today || asked.receivedOn < request.receivedOn)
      throw new Refusal(
        'received-wrong',
        `Klagen kan ikke være kommet før anmodningen (${longDate(request.receivedOn)}) eller efter i dag.`,
      );
    if (asked.about !== 'delay' && !ANSWERED.includes(request.state))
      throw new Refusal('not-answered', 'Der er ikke svaret endnu. Der kan kun klages over den tid, det tager.');
    const needsDocument = asked.about === 'document' || asked.about === 'passage';
    if (needsDocument !== (asked.documentId !== null))
      throw new Refusal('document-missing', 'Vælg det dokument, som klagen handler om.');
    if (asked.documentId === null) return;
    if (!(await isOnTheList(entities, request.id, asked.documentId)))
      throw new Refusal('document-missing', 'Dokumentet er ikke på aktlisten. Vælg et, der er.');
  }

  /** The vault has nothing empty, and what two people wrote alike is one content. */
  private async stored(authorityId: string, words: string): Promise<string> {
    return (await this.vault.put(authorityId, Buffer.from(words))).address;
  }
}

/** The answer that a complaint is about: the newest that was signed. */
export function decisionOf(entities: EntityManager, requestId: string): Promise<Decision | null> {
  return entities.findOne(Decision, { where: { requestId, state: 'signed' }, order: { round: 'DESC' } });
}

async function isOnTheList(entities: EntityManager, requestId: string, id: string): Promise<boolean> {
  const document = await entities.findOneBy(DocumentRow, { id, requestId, outcome: Not(In(['open'])) });
  if (!document) return false;
  const [{ hidden }]: { hidden: boolean }[] = await entities.query(
    `select existence = 'protected' as hidden from records_case where id = $1`,
    [document.recordsCaseId],
  );
  return !hidden;
}
