import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Decision } from '../../decisions/decision.entity';
import { danishDay, inWorkingDays, isDay, longDate } from '../../law';
import { AuditLog, type Actor } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Settings } from '../../platform/settings';
import { Vault } from '../../platform/vault/vault';
import { Refusal } from '../../requests/refusal';
import { AccessRequest } from '../../requests/request.entity';
import { Transitions } from '../../requests/transitions';
import { COMPLAINT_WAY, Complaint, type ComplaintOutcome, type ComplaintState } from './complaint.entity';

export interface OutcomeOfComplaint {
  outcome: ComplaintOutcome;
  /** YYYY-MM-DD. */
  on: string;
  note: string;
}

const SHORTEST_STATEMENT = 20;
const WARNING = /^Klage \d+ /;

/** What is done with a complaint: body chosen, answer reconsidered, forwarded, outcome noted. */
@Injectable()
export class Complaints {
  constructor(
    private readonly vault: Vault,
    private readonly keyRing: KeyRing,
    private readonly transitions: Transitions,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  async chooseBody(entities: EntityManager, id: string, staffId: string, body: string): Promise<void> {
    const complaint = await this.locked(entities, id);
    if (complaint.state === 'forwarded' || complaint.state === 'closed')
      throw new Refusal('forwarded', 'Klagen er sendt videre eller afsluttet. Klageinstansen kan ikke ændres nu.');
    await entities.update(Complaint, { id }, { body });
    await this.note(entities, complaint, staffId, 'complaint.body', 'The body that hears a complaint was chosen.');
  }

  /**
   * The municipality has looked at its answer again. Nobody decides on a complaint over his or her own work (FVL § 3).
   * Upheld: the statement goes with the complaint to the body. Changed: the citizen was right, and the complaint ends here.
   */
  async reassess(
    entities: EntityManager,
    id: string,
    staffId: string,
    { isChanged, statement }: { isChanged: boolean; statement: string },
  ): Promise<void> {
    const complaint = await this.locked(entities, id);
    requireWay(complaint, isChanged ? 'closed' : 'upheld');
    await this.requireOthersWork(entities, complaint, staffId);
    requireStatement(statement);
    const { address } = await this.vault.put(complaint.authorityId, Buffer.from(statement.trim()));
    const now = this.clock.now();
    await entities.update(
      Complaint,
      { id },
      {
        ...{ reassessedBy: staffId, reassessedAt: now, statementKey: address },
        ...(isChanged
          ? {
              ...{ state: 'closed' as const, outcome: 'changed' as const, outcomeBy: 'municipality' as const },
              ...{ outcomeOn: danishDay(now), closedBy: staffId, closedAt: now },
            }
          : { state: 'upheld' as const }),
      },
    );
    await this.note(entities, complaint, staffId, 'complaint.reassess', 'The answer was reconsidered.', {
      outcome: isChanged ? 'changed' : 'upheld',
    });
    await this.tell(
      entities,
      complaint,
      isChanged
        ? 'Vi har set på svaret igen og giver dig medhold i klagen.'
        : 'Vi har set på svaret igen og fastholder det.',
    );
  }

  /** The complaint has been sent to the body with the case. */
  async forward(entities: EntityManager, id: string, staffId: string, on: string): Promise<void> {
    const complaint = await this.locked(entities, id);
    requireWay(complaint, 'forwarded');
    if (complaint.body === null)
      throw new Refusal('body-missing', 'Vælg først, hvilken klageinstans klagen hører under.');
    if (complaint.sendTo === 'municipality' && complaint.state !== 'upheld')
      throw new Refusal('not-reassessed', 'Kommunen skal se på svaret igen, før klagen sendes videre.');
    this.requireDay(complaint, on);
    const bodyDueOn =
      complaint.bodyDays === null ? null : inWorkingDays(on, complaint.bodyDays)[this.settings.SOFT_HOLIDAYS];
    await entities.update(Complaint, { id }, { state: 'forwarded', forwardedOn: on, forwardedBy: staffId, bodyDueOn });
    await this.note(entities, complaint, staffId, 'complaint.forward', 'A complaint was forwarded to its body.', {
      forwardedOn: on,
      dueOn: complaint.dueOn,
    });
    await this.tell(entities, complaint, `Vi har sendt din klage til ${complaint.body}.`);
  }

  /** How it ended. Only the citizen can withdraw; the rest is the body's. */
  async close(
    entities: EntityManager,
    id: string,
    staffId: string,
    { outcome, on, note }: OutcomeOfComplaint,
  ): Promise<void> {
    const complaint = await this.locked(entities, id);
    requireWay(complaint, 'closed');
    if (outcome !== 'withdrawn' && complaint.state !== 'forwarded')
      throw new Refusal('not-forwarded', 'Klageinstansen kan ikke have afgjort en klage, som den ikke har fået.');
    this.requireDay(complaint, on);
    const keys = await this.keyRing.of(complaint.authorityId);
    const outcomeBy = outcome === 'withdrawn' ? ('citizen' as const) : ('body' as const);
    const outcomeNoteSealed = note.trim() === '' ? null : keys.seal('complaint.outcome_note', note.trim());
    await entities.update(
      Complaint,
      { id },
      {
        ...{ state: 'closed', outcome, outcomeBy, outcomeOn: on, outcomeNoteSealed },
        ...{ closedBy: staffId, closedAt: this.clock.now() },
      },
    );
    await this.note(entities, complaint, staffId, 'complaint.close', 'A complaint has its outcome.', { outcome });
    await this.tell(entities, complaint, CITIZEN_WORDS[outcome](complaint.body ?? 'klageinstansen'));
  }

  /** What the citizen wrote; null when nothing, or when it was deleted. */
  async wordsOf({ authorityId, id, requestId, wordsKey }: Complaint, actor: Actor): Promise<string | null> {
    return wordsKey && this.read(authorityId, wordsKey, id, requestId, actor, 'A complaint is read.');
  }

  async statementOf({ authorityId, id, requestId, statementKey }: Complaint, actor: Actor): Promise<string | null> {
    return statementKey && this.read(authorityId, statementKey, id, requestId, actor, 'A statement is read.');
  }

  async senderOf({ authorityId, senderNameSealed }: Complaint): Promise<string | null> {
    if (senderNameSealed === null) return null;
    return (await this.keyRing.of(authorityId)).unseal('complaint.sender_name', senderNameSealed);
  }

  async outcomeNoteOf({ authorityId, outcomeNoteSealed }: Complaint): Promise<string | null> {
    if (outcomeNoteSealed === null) return null;
    return (await this.keyRing.of(authorityId)).unseal('complaint.outcome_note', outcomeNoteSealed);
  }

  private async read(
    authorityId: string,
    address: string,
    id: string,
    requestId: string,
    actor: Actor,
    reason: string,
  ): Promise<string> {
    const subject = { kind: 'complaint', id };
    const act = { actor, action: 'vault.read', subject, requestId, reason };
    return (await this.vault.readBytes(authorityId, address, act)).toString('utf8');
  }

  private locked(entities: EntityManager, id: string): Promise<Complaint> {
    return entities.findOneOrFail(Complaint, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  private async requireOthersWork(entities: EntityManager, { decisionId }: Complaint, staffId: string): Promise<void> {
    const decision = decisionId && (await entities.findOneBy(Decision, { id: decisionId }));
    if (!decision || (decision.reviewedBy !== staffId && decision.signedBy !== staffId)) return;
    throw new Refusal(
      'own-work',
      'Du har selv afgjort eller godkendt svaret. En anden skal se på det igen (forvaltningslovens § 3).',
    );
  }

  private requireDay({ receivedOn }: Complaint, on: string): void {
    if (isDay(on) && on >= receivedOn && on <= danishDay(this.clock.now())) return;
    throw new Refusal('day-wrong', `Vælg en dag fra ${longDate(receivedOn)}, da klagen kom, til i dag.`);
  }

  /** The citizen's timeline; and staff need no longer be warned of this complaint's deadline. */
  private async tell(entities: EntityManager, { requestId }: Complaint, words: string): Promise<void> {
    const request = await entities.findOneByOrFail(AccessRequest, { id: requestId });
    await this.transitions.tell(entities, request, 'complaint', words);
    if (request.attention !== null && WARNING.test(request.attention))
      await entities.update(AccessRequest, { id: requestId }, { attention: null });
  }

  private note(
    entities: EntityManager,
    { id, authorityId, requestId }: Complaint,
    staffId: string,
    action: string,
    reason: string,
    details: Record<string, string> = {},
  ): Promise<void> {
    const actor: Actor = { kind: 'staff', id: staffId };
    const subject = { kind: 'complaint', id };
    return this.audit.write(entities, authorityId, { actor, action, subject, requestId, reason, details });
  }
}

const CITIZEN_WORDS: Record<ComplaintOutcome, (body: string) => string> = {
  upheld: (body) => `${body} har stadfæstet vores svar.`,
  changed: (body) => `${body} har ændret vores svar.`,
  remitted: (body) => `${body} har sendt sagen tilbage til os. Vi skal svare dig igen.`,
  rejected: (body) => `${body} har afvist at behandle klagen.`,
  withdrawn: () => 'Klagen er trukket tilbage.',
};

function requireWay({ state }: Complaint, to: ComplaintState): void {
  if (COMPLAINT_WAY[state].includes(to)) return;
  throw new Refusal('not-possible-now', 'Klagen er kommet videre i mellemtiden. Opdater siden, og se, hvor den er.');
}

function requireStatement(statement: string): void {
  if (statement.trim().length >= SHORTEST_STATEMENT) return;
  throw new Refusal(
    'statement-missing',
    `Skriv, hvad I har lagt vægt på. Mindst ${SHORTEST_STATEMENT} tegn; det følger med til klageinstansen.`,
  );
}
