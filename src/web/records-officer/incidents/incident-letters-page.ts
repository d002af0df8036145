import { Injectable } from '@nestjs/common';
import { IncidentLetters } from '../../../delivery/incidents/incident-letters';
import type { IncidentLetter } from '../../../delivery/incidents/incident-letter.entity';
import { IncidentPersons, type PersonConcerned } from '../../../delivery/incidents/incident-persons';
import type { StaffUser } from '../../../identity/sessions';
import type { IncidentLettersPage, IncidentLetterView } from '../../views/haendelse';
import type { FieldError } from '../../views/page-shell';
import { roleInWords } from '../../caseworker/roles-in-words';
import { IncidentReading, type IncidentInHand } from './incident-reading';
import { informingInWords, LETTER_STATES, placesInWords } from './incident-words';

type Form = IncidentLettersPage['form'];

/** `/arkiv/haendelser/{id}/breve`: who is to know, and is it told? */
@Injectable()
export class IncidentLettersPages {
  constructor(
    private readonly reading: IncidentReading,
    private readonly letters: IncidentLetters,
    private readonly persons: IncidentPersons,
  ) {}

  /** `typed`: what somebody wrote in a letter that was refused. */
  page(
    user: StaffUser,
    id: string,
    form: Partial<Form> = {},
    errors: FieldError[] = [],
    typed?: { letterId: string; text: string },
  ): Promise<IncidentLettersPage> {
    return this.reading.read(user, id, async (inHand) => {
      const { entities, incident, record, head, people, nameOf } = inHand;
      const standing = record.letters.filter(({ state }) => state !== 'dropped');
      const written = new Set(standing.map(({ deliveryId }) => deliveryId));
      return {
        head,
        recipients: record.deliveries
          .filter((delivery) => !delivery.isStopped && !delivery.canStop && !written.has(delivery.id))
          .map(({ id: deliveryId, personRefId, pageNumbers }) => ({
            ...{ deliveryId, name: people.get(personRefId) ?? 'Borger', pages: placesInWords(pageNumbers) },
          })),
        persons: (await this.persons.of(entities, incident)).map(personView),
        letters: await Promise.all(record.letters.map((letter) => this.letterView(letter, inHand, typed))),
        informing: informingInWords(incident, record.informingReason, nameOf(incident.informingBy)),
        canDecideInforming: head.canAct && incident.informing === null,
        isHighRisk: incident.severity === 'high',
        form: { cpr: '', navn: '', underretning: '', ...form },
        errors,
      };
    });
  }

  private async letterView(
    letter: IncidentLetter,
    { incident, people, nameOf, head }: IncidentInHand,
    typed?: { letterId: string; text: string },
  ): Promise<IncidentLetterView> {
    const { id, kind, state, letterKey, approvedBy } = letter;
    return {
      id,
      to: people.get(letter.personRefId) ?? 'Modtager',
      kind:
        kind === 'recipient'
          ? 'Fik oplysninger, der ikke var til ham eller hende'
          : 'Oplysningerne handler om ham eller hende',
      status: LETTER_STATES[state],
      text: typed?.letterId === id ? typed.text : await this.letters.textOf(letter),
      ...{ by: nameOf(letter.writtenBy), at: letter.writtenAt, error: letter.errorText ?? undefined },
      approved: approvedBy ? nameOf(approvedBy) : undefined,
      isDraft: state === 'draft' && head.canAct,
      waitsForHand: (state === 'not_registered' || state === 'failed') && head.canAct,
      href: letterKey ? `/arkiv/haendelser/${incident.id}/breve/${id}` : undefined,
    };
  }
}

function personView({
  key,
  name,
  role,
  hasNoCpr,
  isProtected,
}: PersonConcerned): IncidentLettersPage['persons'][number] {
  const note = isProtected
    ? 'Beskyttet: skriv ikke adressen nogen steder, og tal med en jurist, før der skrives på papir.'
    : hasNoCpr
      ? 'Personnummeret er ikke kendt. Find det i CPR, og brug felterne nedenfor.'
      : undefined;
  return { key, name, role: roleInWords(role), note, canBeWrittenTo: !hasNoCpr };
}
