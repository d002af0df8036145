import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { verifyText } from '../../pdf';
import { Authority } from '../../platform/database/authority.entity';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { RemovedTerms } from '../../redaction/removed-terms';
import { Refusal } from '../../requests/refusal';
import { IncidentRecords } from './incident-records';
import { Incident } from './incident.entity';
import { Incidents } from './incidents';
import { endWarning } from './incident-watch';
import { NOTIFICATION_PARTS, proposedNotification, type NotificationText } from './notification-text';
import { withoutPublicContacts } from './secret-terms';
import { requirePlainWords } from './plain-words';

export interface TextVersion {
  version: number;
  text: NotificationText;
  writtenBy: string;
  writtenAt: Date;
}

/** What an officer notes of the notification, which is made by hand at virk.dk. */
export interface Notified {
  receiptNumber: string;
  /** A Danish day and clock. */
  on: string;
  at: string;
  /** Why it was later than 72 hours; empty when it was not. */
  lateBecause: string;
}

const SHORTEST_PART = 20;
const SHORTEST_REASON = 20;

/** What Datatilsynet is told: proposed from the data, edited, kept in versions; and that it was told, or why not. */
@Injectable()
export class IncidentNotification {
  constructor(
    private readonly incidents: Incidents,
    private readonly records: IncidentRecords,
    private readonly database: Database,
    private readonly terms: RemovedTerms,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** The newest version, or what the data propose; with every earlier version, the newest first. */
  async of(
    entities: EntityManager,
    incident: Incident,
  ): Promise<{ current: NotificationText; versions: TextVersion[] }> {
    const versions = await this.versions(entities, incident);
    if (versions[0]) return { current: versions[0].text, versions };
    const { name, settings } = await entities.findOneByOrFail(Authority, { id: incident.authorityId });
    const { what, noticedBy, deliveries, letters } = await this.records.of(entities, incident);
    const authority = { name, dpoEmail: settings.dpoEmail, contactPhone: settings.contactPhone };
    return { current: proposedNotification({ incident, what, noticedBy, authority, deliveries, letters }), versions };
  }

  /** A new version. What was removed from the documents may not stand in it: Datatilsynet's file can be asked for too. */
  async save(authorityId: string, incidentId: string, staffId: string, text: NotificationText): Promise<void> {
    for (const { part } of NOTIFICATION_PARTS)
      text[part] = requirePlainWords(part, text[part], SHORTEST_PART, 'Skriv en sætning eller to.');
    await this.requireClean(authorityId, incidentId, text);
    const keys = await this.keyRing.of(authorityId);
    await this.database.inAuthority(authorityId, async (entities) => {
      const incident = await this.incidents.openOne(entities, incidentId);
      const version = (await this.versions(entities, incident)).length + 1;
      await entities.query(
        `insert into incident_text (authority_id, incident_id, version, content_sealed, written_by, written_at) values ($1, $2, $3, $4, $5, $6)`,
        [
          authorityId,
          incidentId,
          version,
          keys.seal('incident_text.content', JSON.stringify(text)),
          staffId,
          this.clock.now(),
        ],
      );
      await this.incidents.note(
        entities,
        incident,
        staffId,
        'incident.text',
        'The text for Datatilsynet was written.',
        { version },
      );
    });
  }

  /** The officer sent it at virk.dk and notes the receipt. */
  async notified(entities: EntityManager, incidentId: string, staffId: string, said: Notified): Promise<void> {
    const incident = await this.undecided(entities, incidentId);
    if ((await this.versions(entities, incident)).length === 0)
      throw new Refusal(
        'nature',
        'Gem teksten til Datatilsynet først, så det kan ses bagefter, hvad der blev anmeldt.',
      );
    const receiptNumber = requirePlainWords(
      'kvittering',
      said.receiptNumber,
      3,
      'Skriv kvitteringens nummer fra virk.dk.',
    );
    const notifiedAt = await this.incidents.momentOf(entities, said.on, said.at, 'anmeldt');
    if (notifiedAt < incident.noticedAt)
      throw new Refusal('anmeldt', 'Anmeldelsen kan ikke ligge, før bruddet blev opdaget.');
    // GDPR article 33(1): a late notification says why it is late.
    const reason =
      notifiedAt > incident.dueAt
        ? requirePlainWords(
            'forsinket',
            said.lateBecause,
            SHORTEST_REASON,
            'Anmeldelsen er senere end 72 timer. Skriv hvorfor, som I skrev det til Datatilsynet.',
          )
        : null;
    const keys = await this.keyRing.of(incident.authorityId);
    const notificationReasonSealed = reason === null ? null : keys.seal('incident.notification_reason', reason);
    const told = { notification: 'notified' as const, notifiedAt, receiptNumber, notificationReasonSealed };
    await entities.update(Incident, { id: incidentId }, { ...told, notificationBy: staffId });
    await endWarning(entities);
    await this.incidents.note(
      entities,
      incident,
      staffId,
      'incident.notified',
      'Datatilsynet was told of the breach.',
      {
        isLate: notifiedAt > incident.dueAt,
      },
    );
  }

  async notNotified(entities: EntityManager, incidentId: string, staffId: string, reason: string): Promise<void> {
    const incident = await this.undecided(entities, incidentId);
    const words = requirePlainWords(
      'begrundelse',
      reason,
      SHORTEST_REASON,
      'Skriv, hvorfor bruddet ikke skal anmeldes.',
    );
    const keys = await this.keyRing.of(incident.authorityId);
    const notificationReasonSealed = keys.seal('incident.notification_reason', words);
    const decided = { notification: 'not_notified' as const, notificationReasonSealed, notificationBy: staffId };
    await entities.update(Incident, { id: incidentId }, decided);
    await endWarning(entities);
    await this.incidents.note(
      entities,
      incident,
      staffId,
      'incident.not-notified',
      'It was decided that Datatilsynet need not be told.',
    );
  }

  async versions(entities: EntityManager, { id, authorityId }: Incident): Promise<TextVersion[]> {
    const keys = await this.keyRing.of(authorityId);
    const rows: { version: number; content_sealed: Buffer; written_by: string; written_at: Date }[] =
      await entities.query(
        'select version, content_sealed, written_by, written_at from incident_text where incident_id = $1 order by version desc',
        [id],
      );
    return rows.map(({ version, content_sealed: sealed, written_by: writtenBy, written_at: writtenAt }) => ({
      ...{ version, writtenBy, writtenAt },
      text: JSON.parse(keys.unseal('incident_text.content', sealed)) as NotificationText,
    }));
  }

  private async undecided(entities: EntityManager, incidentId: string): Promise<Incident> {
    const incident = await this.incidents.openOne(entities, incidentId);
    if (incident.severity === null) throw new Refusal('alvor', 'Vurder først, hvor alvorligt det er.');
    if (incident.notification === 'notified')
      throw new Refusal('kvittering', 'Det er allerede noteret, at Datatilsynet har fået besked. Opdater siden.');
    return incident;
  }

  private async requireClean(authorityId: string, incidentId: string, text: NotificationText): Promise<void> {
    const { requests, settings } = await this.database.inAuthority(authorityId, async (entities) => ({
      requests: await this.records.requestIds(entities, await entities.findOneByOrFail(Incident, { id: incidentId })),
      settings: (await entities.findOneByOrFail(Authority, { id: authorityId })).settings,
    }));
    for (const requestId of requests) {
      const { inTexts } = await this.terms.now(authorityId, requestId);
      const secret = withoutPublicContacts(inTexts, settings);
      for (const { part } of NOTIFICATION_PARTS)
        if (verifyText(part, text[part], secret).length > 0)
          throw new Refusal(
            part,
            'Teksten nævner noget, der er fjernet i dokumenterne, for eksempel et navn. Skriv den, så ingen kan genkendes.',
          );
    }
  }
}
