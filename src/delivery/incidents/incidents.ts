import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isDay } from '../../law';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { KeyRing } from '../../platform/keys/authority-keys';
import { BreachAssessment } from '../../redaction/checks/breach-assessment.entity';
import { Refusal } from '../../requests/refusal';
import { Delivery } from '../delivery.entity';
import { currentDelivery, TakeBack } from '../take-back';
import { Incident, type DataKind, type IncidentCause, type Severity } from './incident.entity';
import { requirePlainWords } from './plain-words';

export interface NewIncident {
  cause: IncidentCause;
  what: string;
  noticedBy: string;
  /** A Danish day and clock: `2026-11-22`, `09:30`. */
  noticedOn: string;
  noticedAt: string;
  /** What it was opened from; both absent when it was opened by hand. */
  deliveryId?: string;
  breachId?: string;
}

export interface Assessment {
  severity: Severity;
  persons: number;
  records: number;
  kinds: DataKind[];
}

/** GDPR article 33(1). */
const HOURS = 72;
const SHORTEST = 20;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Opens incidents, says how serious they are, and gathers the deliveries that they are about. */
@Injectable()
export class Incidents {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly takeBack: TakeBack,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async open(entities: EntityManager, authorityId: string, staffId: string, asked: NewIncident): Promise<Incident> {
    const { cause, deliveryId, breachId } = asked;
    const breach = breachId ? await this.breachToOpen(entities, breachId) : null;
    const delivery = deliveryId ? await entities.findOneByOrFail(Delivery, { id: deliveryId }) : null;
    const what = requirePlainWords('hvad', asked.what, SHORTEST, 'Skriv i en sætning eller to, hvad der er sket.');
    const noticedBy = requirePlainWords('hvem', asked.noticedBy, 2, 'Skriv, hvem der opdagede det.');
    // The clock of an assessment runs already; it cannot be put back.
    const noticedAt = breach?.noticedAt ?? (await this.momentOf(entities, asked.noticedOn, asked.noticedAt, 'dag'));
    const keys = await this.keyRing.of(authorityId);
    const [{ number }]: { number: number }[] = await entities.query(
      `select coalesce(max(number), 0)::int + 1 as number from (select number from incident order by number desc limit 1 for update) last`,
    );
    const incident = await entities.save(
      entities.create(Incident, {
        ...{ authorityId, number, cause, noticedAt, dueAt: new Date(noticedAt.getTime() + HOURS * 3_600_000) },
        whatSealed: keys.seal('incident.what', what),
        noticedBySealed: keys.seal('incident.noticed_by', noticedBy),
        requestId: breach?.requestId ?? delivery?.requestId ?? null,
        ...{ breachId: breach?.id ?? null, openedBy: staffId, openedAt: this.clock.now(), kinds: [] },
      }),
    );
    await this.note(entities, incident, staffId, 'incident.open', 'An incident was opened.', { hours: HOURS });
    if (delivery) await this.addDelivery(entities, incident, staffId, delivery.id, []);
    const found = breach && !delivery ? await currentDelivery(entities, breach.requestId) : null;
    // A document that was found before the answer left is in no package; then there is nothing to add.
    if (found && breach) {
      const pages = await pagesOf(entities, found.decisionId, breach.documentId);
      if (pages.length > 0) await this.addDelivery(entities, incident, staffId, found.id, pages);
    }
    return incident;
  }

  async assess(entities: EntityManager, id: string, staffId: string, assessment: Assessment): Promise<void> {
    const incident = await this.openOne(entities, id);
    const { severity, persons, records, kinds } = assessment;
    if (kinds.length === 0) throw new Refusal('oplysninger', 'Vælg mindst én slags oplysninger.');
    await entities.update(Incident, { id }, { severity, persons, records, kinds });
    const details = { severity, persons, records };
    await this.note(entities, incident, staffId, 'incident.assess', 'An incident was assessed.', details);
  }

  /**
   * `pages`: in the package; empty for the whole of it. A delivery that is there already gets these too; the whole of it,
   * which is all that was known when it was opened, gives way to pages.
   */
  async addDelivery(
    entities: EntityManager,
    { id, authorityId, requestId, number }: Pick<Incident, 'id' | 'authorityId' | 'requestId' | 'number'>,
    staffId: string,
    deliveryId: string,
    pages: number[],
  ): Promise<void> {
    const delivery = await entities.findOneByOrFail(Delivery, { id: deliveryId });
    await entities.query(
      `insert into incident_delivery (incident_id, delivery_id, authority_id, pages, added_by, added_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (incident_id, delivery_id) do update set pages =
         case when excluded.pages = '{}' then incident_delivery.pages
              else array(select distinct unnest(incident_delivery.pages || excluded.pages) order by 1) end`,
      [id, deliveryId, authorityId, pages, staffId, this.clock.now()],
    );
    if (requestId === null) await entities.update(Incident, { id }, { requestId: delivery.requestId });
    await this.audit.write(entities, authorityId, {
      actor: { kind: 'staff', id: staffId },
      action: 'incident.add-delivery',
      subject: { kind: 'delivery', id: deliveryId },
      requestId: delivery.requestId,
      reason: 'A delivery was made part of an incident.',
      details: { incident: number },
    });
  }

  /** Stops a delivery that has not begun to leave. Later nothing can be called back from Digital Post. */
  async stopDelivery(entities: EntityManager, id: string, staffId: string, deliveryId: string): Promise<void> {
    const incident = await this.openOne(entities, id);
    const delivery = await entities.findOneByOrFail(Delivery, { id: deliveryId });
    await this.takeBack.undo(entities, delivery.requestId, staffId);
    await this.note(entities, incident, staffId, 'incident.stop', 'A delivery was stopped before it was sent.');
  }

  /** Advice, and what else is to be remembered: by whoever may read. It decides nothing. */
  async comment(entities: EntityManager, id: string, staffId: string, words: string): Promise<void> {
    const incident = await entities.findOneByOrFail(Incident, { id });
    const text = requirePlainWords('bemaerkning', words, 2, 'Skriv en bemærkning.');
    const keys = await this.keyRing.of(incident.authorityId);
    await entities.query(
      `insert into incident_comment (authority_id, incident_id, words_sealed, written_by, written_at) values ($1, $2, $3, $4, $5)`,
      [incident.authorityId, id, keys.seal('incident_comment.words', text), staffId, this.clock.now()],
    );
    await this.note(entities, incident, staffId, 'incident.comment', 'A remark was made on an incident.');
  }

  /** Locked, so that it is not closed while something is added. */
  async openOne(entities: EntityManager, id: string): Promise<Incident> {
    const incident = await entities.findOneOrFail(Incident, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (incident.state === 'open') return incident;
    throw new Refusal(
      'closed',
      `Hændelse ${incident.number} er afsluttet og kan ikke ændres. Opret en ny, hvis der er kommet nyt til.`,
    );
  }

  note(
    entities: EntityManager,
    incident: Incident,
    staffId: string,
    action: string,
    reason: string,
    details: Record<string, string | number | boolean | null> = {},
  ): Promise<void> {
    return this.audit.write(entities, incident.authorityId, {
      actor: { kind: 'staff', id: staffId },
      action,
      subject: { kind: 'incident', id: incident.id },
      requestId: incident.requestId ?? undefined,
      reason,
      details: { incident: incident.number, ...details },
    });
  }

  private async breachToOpen(entities: EntityManager, breachId: string): Promise<BreachAssessment> {
    const breach = await entities.findOneByOrFail(BreachAssessment, { id: breachId });
    if (breach.state !== 'open')
      throw new Refusal('hvad', 'Vurderingen er allerede afsluttet. Opdater siden for at se den.');
    if (await entities.existsBy(Incident, { breachId }))
      throw new Refusal('hvad', 'Der er allerede oprettet en hændelse af den vurdering. Find den på listen.');
    return breach;
  }

  /** A Danish day and clock that has been. `field`: what the refusal is called. */
  async momentOf(entities: EntityManager, day: string, clock: string, field: string): Promise<Date> {
    if (!isDay(day) || !CLOCK.test(clock))
      throw new Refusal(field, 'Skriv både dag og klokkeslæt, for eksempel 09:30.');
    const [{ at }]: { at: Date }[] = await entities.query(
      `select ($1::date + $2::time) at time zone 'Europe/Copenhagen' as at`,
      [day, clock],
    );
    if (at > this.clock.now()) throw new Refusal(field, 'Tidspunktet er ikke kommet endnu. Skriv, hvornår det skete.');
    return at;
  }
}

/** Where a document stands in a package. */
async function pagesOf(entities: EntityManager, decisionId: string, documentId: string): Promise<number[]> {
  const rows: { page: number }[] = await entities.query(
    `select generate_series(p.first_page, p.first_page + p.pages - 1) as page from package_place p
     where p.decision_id = $1 and p.document_id = $2 and p.first_page is not null order by 1`,
    [decisionId, documentId],
  );
  return rows.map(({ page }) => page);
}
