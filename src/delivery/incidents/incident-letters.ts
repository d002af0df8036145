import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Authority } from '../../platform/database/authority.entity';
import { Clock } from '../../platform/clock';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Outbox } from '../../platform/outbox/outbox';
import { Refusal } from '../../requests/refusal';
import { AccessRequest } from '../../requests/request.entity';
import { Transitions } from '../../requests/transitions';
import { Delivery } from '../delivery.entity';
import { IncidentLetter } from './incident-letter.entity';
import { IncidentPersons } from './incident-persons';
import { Incident } from './incident.entity';
import { Incidents } from './incidents';
import { concernedText, recipientText } from './letter-proposal';
import { requirePlainWords } from './plain-words';

/** Whom a letter is to: a recipient of a delivery, one of the request's persons, or one whose number somebody wrote. */
export type Addressee =
  | { kind: 'recipient'; deliveryId: string }
  | { kind: 'concerned'; person: string }
  | { kind: 'concerned'; cpr: string; name: string };

const SHORTEST_TEXT = 60;
const SHORTEST_STATEMENT = 10;
const TEN_DIGITS = /^\d{6}-?\d{4}$/;
const CITIZENS_WORDS = 'Vi har skrevet til dig om en fejl i det svar, du fik.';

/** Letters about an incident: proposed from what is known, edited, approved by an officer, and sent once. */
@Injectable()
export class IncidentLetters {
  constructor(
    private readonly incidents: Incidents,
    private readonly persons: IncidentPersons,
    private readonly transitions: Transitions,
    private readonly outbox: Outbox,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** A draft with the proposed text. One to the same person is made once. */
  async propose(entities: EntityManager, incidentId: string, staffId: string, to: Addressee): Promise<void> {
    const incident = await this.incidents.openOne(entities, incidentId);
    const row =
      to.kind === 'recipient'
        ? await this.toRecipient(entities, incident, to.deliveryId)
        : await this.toConcerned(entities, incident, to);
    const { personRefId, kind } = row;
    const standing = await entities.findBy(IncidentLetter, { incidentId, personRefId, kind });
    if (standing.some(({ state }) => state !== 'dropped'))
      throw new Refusal('person', 'Der er allerede et brev til den modtager. Ret det, eller vent på kvitteringen.');
    const position = (await entities.countBy(IncidentLetter, { incidentId })) + 1;
    const keys = await this.keyRing.of(incident.authorityId);
    await entities.insert(IncidentLetter, {
      ...{ authorityId: incident.authorityId, incidentId, position, kind, personRefId, requestId: row.requestId },
      ...{
        deliveryId: row.deliveryId,
        mandateId: row.mandateId,
        textSealed: keys.seal('incident_letter.text', row.text),
      },
      ...{
        writtenBy: staffId,
        writtenAt: this.clock.now(),
        state: 'draft' as const,
        messageUuid: randomUUID(),
        attempts: 0,
      },
    });
    await this.incidents.note(
      entities,
      incident,
      staffId,
      'incident.letter',
      'A letter about an incident was drafted.',
      { kind },
    );
  }

  async edit(entities: EntityManager, letterId: string, staffId: string, text: string): Promise<void> {
    const { letter, incident } = await this.draft(entities, letterId);
    const words = requirePlainWords(
      `tekst-${letterId}`,
      text,
      SHORTEST_TEXT,
      'Skriv, hvad der er sket, og hvad modtageren skal gøre.',
    );
    const keys = await this.keyRing.of(letter.authorityId);
    const textSealed = keys.seal('incident_letter.text', words);
    await entities.update(
      IncidentLetter,
      { id: letterId },
      { textSealed, writtenBy: staffId, writtenAt: this.clock.now() },
    );
    await this.incidents.note(
      entities,
      incident,
      staffId,
      'incident.letter',
      'A letter about an incident was drafted.',
    );
  }

  async drop(entities: EntityManager, letterId: string, staffId: string): Promise<void> {
    const { incident } = await this.draft(entities, letterId);
    await entities.update(IncidentLetter, { id: letterId }, { state: 'dropped' });
    await this.incidents.note(
      entities,
      incident,
      staffId,
      'incident.letter-drop',
      'A letter about an incident was given up.',
    );
  }

  /** Approves the text as it stands and lets the letter leave. */
  async approve(entities: EntityManager, letterId: string, staffId: string): Promise<void> {
    const { letter, incident } = await this.draft(entities, letterId);
    const { settings } = await entities.findOneByOrFail(Authority, { id: letter.authorityId });
    if (settings.incidentLettersNeedTwo && letter.writtenBy === staffId)
      throw new Refusal(
        `tekst-${letterId}`,
        'Brevet skal godkendes af en anden end den, der skrev det. Bed en kollega om det.',
      );
    await entities.update(
      IncidentLetter,
      { id: letterId },
      { state: 'queued', approvedBy: staffId, approvedAt: this.clock.now(), errorText: null },
    );
    await this.outbox.announce(entities, letter.authorityId, 'deliver.incident-letter', letterId);
    await this.incidents.note(
      entities,
      incident,
      staffId,
      'incident.letter-approve',
      'A letter about an incident was approved.',
    );
  }

  /** An employee has printed the letter and sent it by post. */
  async handOver(entities: EntityManager, letterId: string, staffId: string, statement: string): Promise<void> {
    const letter = await entities.findOneOrFail(IncidentLetter, {
      where: { id: letterId },
      lock: { mode: 'pessimistic_write' },
    });
    const incident = await entities.findOneByOrFail(Incident, { id: letter.incidentId });
    if (letter.state !== 'not_registered' && letter.state !== 'failed')
      throw new Refusal(`udlevering-${letterId}`, 'Brevet venter ikke på at blive sendt på anden måde. Opdater siden.');
    const words = requirePlainWords(
      `udlevering-${letterId}`,
      statement,
      SHORTEST_STATEMENT,
      'Skriv, hvordan og hvornår brevet blev sendt.',
    );
    await entities.update(
      IncidentLetter,
      { id: letterId },
      { state: 'handed_over', errorText: words, deliveredAt: this.clock.now() },
    );
    await this.tellCitizen(entities, letter);
    const reason = 'An employee attested that a letter about an incident was sent in another way.';
    await this.incidents.note(entities, incident, staffId, 'incident.letter-hand-over', reason);
  }

  /** A line on the page of the request whose answer was wrong, once the letter has left. */
  async tellCitizen(entities: EntityManager, { kind, requestId }: IncidentLetter): Promise<void> {
    if (kind !== 'recipient') return;
    const request = await entities.findOneByOrFail(AccessRequest, { id: requestId });
    await this.transitions.tell(entities, request, 'incident-letter', CITIZENS_WORDS);
  }

  async textOf({ authorityId, textSealed }: IncidentLetter): Promise<string> {
    return (await this.keyRing.of(authorityId)).unseal('incident_letter.text', textSealed);
  }

  /** Letters to the citizen of a request that have left. */
  sentTo(entities: EntityManager, requestId: string): Promise<IncidentLetter[]> {
    const left = ['submitted', 'received', 'delivered', 'handed_over'] as const;
    return entities.find(IncidentLetter, {
      where: { requestId, kind: 'recipient', state: In(left) },
      order: { writtenAt: 'ASC' },
    });
  }

  private async draft(
    entities: EntityManager,
    letterId: string,
  ): Promise<{ letter: IncidentLetter; incident: Incident }> {
    const letter = await entities.findOneOrFail(IncidentLetter, {
      where: { id: letterId },
      lock: { mode: 'pessimistic_write' },
    });
    const incident = await this.incidents.openOne(entities, letter.incidentId);
    if (letter.state === 'draft') return { letter, incident };
    throw new Refusal(`tekst-${letterId}`, 'Brevet er godkendt eller opgivet og kan ikke ændres. Opdater siden.');
  }

  private async toRecipient(entities: EntityManager, incident: Incident, deliveryId: string) {
    const [row]: { pages: number[] }[] = await entities.query(
      'select pages from incident_delivery where incident_id = $1 and delivery_id = $2',
      [incident.id, deliveryId],
    );
    if (!row) throw new Refusal('person', 'Leverancen er ikke en del af hændelsen. Føj den til først.');
    const delivery = await entities.findOneByOrFail(Delivery, { id: deliveryId });
    const sentAt = delivery.deliveredAt ?? delivery.submittedAt;
    if (sentAt === null)
      throw new Refusal('person', 'Svaret er ikke sendt. Stands det i stedet for at skrive til modtageren.');
    const { number } = await entities.findOneByOrFail(AccessRequest, { id: delivery.requestId });
    return {
      ...{ kind: 'recipient' as const, personRefId: delivery.recipientRef, requestId: delivery.requestId },
      ...{ deliveryId, mandateId: delivery.mandateId, text: recipientText(number, sentAt, row.pages) },
    };
  }

  private async toConcerned(
    entities: EntityManager,
    incident: Incident,
    to: Exclude<Addressee, { kind: 'recipient' }>,
  ) {
    if ('cpr' in to && (!TEN_DIGITS.test(to.cpr.replace(/\s/g, '')) || to.name.trim().length < 2))
      throw new Refusal('cpr', 'Skriv hele personnummeret, ti cifre, og personens navn.');
    const { person, requestId } =
      'cpr' in to
        ? await this.persons.byNumber(entities, incident, to.cpr, to.name.trim())
        : await this.persons.chosen(entities, incident, to.person);
    const authority = await entities.findOneByOrFail(Authority, { id: incident.authorityId });
    const text = concernedText(incident, authority.name, authority.settings.dpoEmail);
    return { kind: 'concerned' as const, personRefId: person.id, requestId, deliveryId: null, mandateId: null, text };
  }
}
