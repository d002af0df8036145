import type { EntityManager } from 'typeorm';
import { DeliveryMessage } from '../../delivery/delivery-message.entity';
import type { Delivery } from '../../delivery/delivery.entity';
import { messageInWords, messageStateInWords } from '../../delivery/message-words';
import type { MandateKind } from '../../delivery/mandate.entity';
import type { Recipient } from '../../delivery/recipients';
import { longDate } from '../../law';
import type { AccessRequest } from '../../requests/request.entity';
import { momentInWords } from '../pages/dates';
import type { StatusTag, Tone } from '../views/status-tag';

/** One message of the answer: which, how far, and when. */
export interface MessageLine {
  name: string;
  status: StatusTag;
  /** "Sendt i dag kl. 10.14 efter 2 forsøg", or what went wrong. */
  text: string;
}

const TONES: Record<DeliveryMessage['state'], Tone> = {
  planned: 'neutral',
  prepared: 'neutral',
  unknown: 'attention',
  submitted: 'active',
  received: 'active',
  delivered: 'done',
  failed: 'problem',
  replaced: 'neutral',
};

const ROLES: Record<Exclude<MandateKind, 'firm'>, string> = {
  custody: 'har forældremyndighed',
  guardian: 'er værge for borgeren',
  person: 'har fuldmagt fra borgeren',
};

/** Who receives in the citizen's place, as what, until when and how. */
export function mandateInWords(recipient: Recipient, validUntil: string | null): string {
  if (recipient.kind === 'citizen') return 'Borgeren selv.';
  const until = validUntil === null ? '' : ` til og med ${longDate(validUntil)}`;
  if (recipient.kind === 'person')
    return `${recipient.name} ${ROLES[recipient.by]}${until} og får svaret i sin Digital Post.`;
  const otherwise = recipient.address ? ', eller som brev, hvis firmaet ikke har en postkasse' : '';
  return `${recipient.name} (CVR ${recipient.cvr}) har fuldmagt${until} og får svaret i sin Digital Post${otherwise}.`;
}

/** How far each message of a delivery is. */
export async function deliveryLines(entities: EntityManager, { id }: Delivery, now: Date): Promise<MessageLine[]> {
  const messages = await entities.find(DeliveryMessage, {
    where: { deliveryId: id },
    order: { channel: 'ASC', part: 'ASC' },
  });
  return messages.map((message) => ({
    name: messageInWords(message),
    status: { word: capital(messageStateInWords(message)), tone: TONES[message.state] },
    text: timesOf(message, now),
  }));
}

export function recipientInWords(recipient: Recipient, { scope }: AccessRequest): string {
  if (recipient.kind === 'firm')
    return `Digital Post til ${recipient.name} (CVR ${recipient.cvr}), der har fuldmagt fra borgeren`;
  if (recipient.kind === 'person') return `Digital Post til ${recipient.name}, der ${ROLES[recipient.by]}`;
  return scope.delivery === 'letter' ? 'På papir til borgeren selv' : 'Digital Post til borgeren selv';
}

function timesOf({ deliveredAt, submittedAt, errorText, attempts }: DeliveryMessage, now: Date): string {
  const tries = attempts > 1 ? ` efter ${attempts} forsøg` : '';
  if (deliveredAt) return `Afleveret ${momentInWords(deliveredAt, now)}.`;
  if (errorText) return errorText;
  return submittedAt ? `Sendt ${momentInWords(submittedAt, now)}${tries}.` : '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
