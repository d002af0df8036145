import { Injectable } from '@nestjs/common';
import { missingToClose } from '../../../delivery/incidents/close-incident';
import type { IncidentDelivery } from '../../../delivery/incidents/incident-records';
import { kindsInWords } from '../../../delivery/incidents/letter-proposal';
import { CAUSES } from '../../../delivery/incidents/notification-text';
import type { StaffUser } from '../../../identity/sessions';
import type { IncidentDeliveryView, IncidentPage, IncidentStep } from '../../views/haendelse';
import type { FieldError } from '../../views/page-shell';
import { shownState } from '../delivery-words';
import { IncidentReading, type IncidentInHand } from './incident-reading';
import {
  informingInWords,
  KIND_CHOICES,
  LETTER_STATES,
  notificationInWords,
  placesInWords,
  SEVERITY_CHOICES,
  SEVERITY_WORDS,
} from './incident-words';

/** `/arkiv/haendelser/{id}`: what is missing before it can be closed? */
@Injectable()
export class IncidentPages {
  constructor(private readonly reading: IncidentReading) {}

  page(user: StaffUser, id: string, errors: FieldError[] = []): Promise<IncidentPage> {
    return this.reading.read(user, id, async (inHand) => this.view(inHand, errors));
  }

  private view({ incident, record, head, nameOf, people }: IncidentInHand, errors: FieldError[]): IncidentPage {
    const { severity, kinds, cause, noticedAt, openedAt, closedAt } = incident;
    const steps = stepsOf({ incident, record });
    return {
      ...{ head, errors, noticedAt, openedAt, cause: CAUSES[cause], what: record.what, noticedBy: record.noticedBy },
      openedBy: nameOf(incident.openedBy),
      steps,
      next: steps.find(({ state }) => state === 'now'),
      assessment: {
        ...{ severity: severity ?? undefined, severityInWords: severity ? SEVERITY_WORDS[severity].label : undefined },
        ...{ persons: String(incident.persons ?? ''), records: String(incident.records ?? '') },
        ...{ kinds, kindsInWords: kindsInWords(kinds) },
      },
      ...{ severities: SEVERITY_CHOICES, kinds: KIND_CHOICES },
      deliveries: record.deliveries.map((delivery) => deliveryView(delivery, people)),
      letters: record.letters.map(({ personRefId, state }) => ({
        name: people.get(personRefId) ?? 'Modtager',
        status: LETTER_STATES[state],
      })),
      notification: notificationInWords(incident, record.notificationReason, nameOf(incident.notificationBy)),
      informing: informingInWords(incident, record.informingReason, nameOf(incident.informingBy)),
      comments: record.comments.map(({ words, writtenBy, writtenAt }) => ({
        words,
        by: nameOf(writtenBy),
        at: writtenAt,
      })),
      missing: missingToClose(incident, record),
      closed: closedAt
        ? { by: nameOf(incident.closedBy), at: closedAt, conclusion: record.conclusion ?? '' }
        : undefined,
    };
  }
}

/** In the order in which they are best done; the hours run while they are. */
function stepsOf({ incident, record }: Pick<IncidentInHand, 'incident' | 'record'>): IncidentStep[] {
  const here = `/arkiv/haendelser/${incident.id}`;
  const { deliveries, letters } = record;
  const isWritten = letters.some(({ kind, hasLeft }) => kind === 'recipient' && hasLeft);
  const isStopped = deliveries.length > 0 && deliveries.every((delivery) => delivery.isStopped);
  const recall = deliveries.some(({ canStop }) => canStop) ? '#leverancer' : `${here}/breve`;
  const steps: [title: string, isDone: boolean, href: string][] = [
    ['Vurder, hvor alvorligt det er', incident.severity !== null, '#alvor-titel'],
    ['Find ud af, hvem der fik siden', deliveries.length > 0, `/arkiv/haendelser/hvem?haendelse=${incident.id}`],
    ['Stands svaret, eller skriv til den, der fik det', isWritten || isStopped, recall],
    ['Anmeld til Datatilsynet, eller begrund hvorfor ikke', incident.notification !== null, `${here}/datatilsynet`],
    ['Underret de berørte, eller begrund hvorfor ikke', incident.informing !== null, `${here}/breve`],
    ['Afslut hændelsen', incident.state === 'closed', '#afslut'],
  ];
  const next = steps.findIndex(([, isDone]) => !isDone);
  return steps.map(([title, isDone, href], index) => ({
    ...{ title, href },
    state: isDone ? 'done' : index === next ? 'now' : 'coming',
  }));
}

function deliveryView(delivery: IncidentDelivery, people: Map<string, string>): IncidentDeliveryView {
  const { id, personRefId, number, state, at, pageNumbers, canStop, isStopped } = delivery;
  return {
    ...{ id, number, at, canStop, isStopped, href: `/arkiv/leverancer/${id}` },
    citizen: people.get(personRefId) ?? 'Borger',
    state: shownState({ state, channel: delivery.channelKind }),
    pages: placesInWords(pageNumbers),
  };
}
