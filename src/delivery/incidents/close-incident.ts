import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Breaches } from '../../redaction/checks/breaches';
import { Refusal } from '../../requests/refusal';
import { IncidentRecords, type IncidentRecord } from './incident-records';
import { Incident } from './incident.entity';
import { Incidents } from './incidents';
import { requirePlainWords } from './plain-words';

const SHORTEST = 20;
/** Neither arrived nor known to be given up. */
const UNDER_WAY = ['draft', 'queued', 'prepared', 'unknown', 'not_registered', 'failed'];

/** What the law asks for before an incident is closed, and the closing itself. */
@Injectable()
export class CloseIncident {
  constructor(
    private readonly incidents: Incidents,
    private readonly records: IncidentRecords,
    private readonly breaches: Breaches,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Those concerned are told by letter; who are not, are not for a reason (GDPR article 34). */
  async decideInforming(
    entities: EntityManager,
    id: string,
    staffId: string,
    isInformed: boolean,
    reason: string,
  ): Promise<void> {
    const incident = await this.incidents.openOne(entities, id);
    const { letters } = await this.records.of(entities, incident);
    if (isInformed && !letters.some(({ kind, hasLeft }) => kind === 'concerned' && hasLeft))
      throw new Refusal(
        'person',
        'Ingen af dem, oplysningerne handler om, har fået et brev endnu. Skriv til dem først, eller begrund, hvorfor de ikke skal underrettes.',
      );
    const words = isInformed
      ? null
      : requirePlainWords('underretning', reason, SHORTEST, 'Skriv, hvorfor de ikke skal underrettes.');
    const keys = await this.keyRing.of(incident.authorityId);
    const informingReasonSealed = words === null ? null : keys.seal('incident.informing_reason', words);
    const informing = isInformed ? ('informed' as const) : ('not_informed' as const);
    await entities.update(Incident, { id }, { informing, informingReasonSealed, informingBy: staffId });
    const said = isInformed
      ? 'Those concerned were told of the breach.'
      : 'It was decided that those concerned need not be told.';
    await this.incidents.note(entities, incident, staffId, 'incident.informing', said, { isInformed });
  }

  /** Once. An assessment that the incident began as is concluded with it. */
  async close(entities: EntityManager, id: string, staffId: string, conclusion: string): Promise<void> {
    const incident = await this.incidents.openOne(entities, id);
    const missing = missingToClose(incident, await this.records.of(entities, incident));
    if (missing.length > 0)
      throw new Refusal('konklusion', `Hændelsen kan ikke afsluttes endnu. ${missing.join(' ')}`, missing);
    const words = requirePlainWords(
      'konklusion',
      conclusion,
      SHORTEST,
      'Skriv, hvad der er gjort, for at det ikke sker igen.',
    );
    const keys = await this.keyRing.of(incident.authorityId);
    const conclusionSealed = keys.seal('incident.conclusion', words);
    await entities.update(
      Incident,
      { id },
      { state: 'closed', conclusionSealed, closedBy: staffId, closedAt: this.clock.now() },
    );
    if (incident.breachId) {
      const outcome = incident.notification === 'notified' ? 'reported' : 'not_reported';
      await this.breaches.conclude(entities, incident.breachId, staffId, outcome, words);
    }
    await this.incidents.note(entities, incident, staffId, 'incident.close', 'An incident was closed.');
  }
}

/** What is still to be done, as sentences in the order in which it is done. */
export function missingToClose(
  { severity, notification, informing }: Pick<Incident, 'severity' | 'notification' | 'informing'>,
  { deliveries, letters }: Pick<IncidentRecord, 'deliveries' | 'letters'>,
): string[] {
  return [
    ...(severity === null ? ['Det mangler at blive vurderet, hvor alvorligt det er.'] : []),
    ...(deliveries.some(({ canStop }) => canStop) ? ['Et svar er ikke sendt endnu og kan standses.'] : []),
    ...(letters.some(({ state }) => UNDER_WAY.includes(state)) ? ['Et brev er ikke sendt.'] : []),
    ...(notification === null
      ? ['Det mangler at blive noteret, at Datatilsynet har fået besked, eller hvorfor ikke.']
      : []),
    ...(informing === null
      ? ['Det mangler at blive noteret, at de, oplysningerne handler om, er underrettet, eller hvorfor ikke.']
      : []),
  ];
}
