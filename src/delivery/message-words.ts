import type { DeliveryMessage, MessageState } from './delivery-message.entity';

/** "Besked", "Besked 2 af 3", "Brev". */
export function messageInWords({ channel, part, parts }: Pick<DeliveryMessage, 'channel' | 'part' | 'parts'>): string {
  const name = channel === 'letter' ? 'Brev' : 'Besked';
  return parts === 1 ? name : `${name} ${part} af ${parts}`;
}

const STATES: Record<MessageState, string> = {
  planned: 'dannes',
  prepared: 'gemt, ikke sendt endnu',
  unknown: 'uvist, om den er nået frem',
  submitted: 'sendt, afventer kvittering',
  received: 'modtaget, afventer kvittering',
  delivered: 'afleveret',
  failed: 'afvist',
  replaced: 'erstattet af et brev',
};

export function messageStateInWords({ state }: Pick<DeliveryMessage, 'state'>): string {
  return STATES[state];
}
