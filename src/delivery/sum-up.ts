import type { DeliveryMessage, MessageState } from './delivery-message.entity';
import type { DeliveryState } from './delivery.entity';

/** The first of these that a message is in is where the whole delivery stands: it is no further than its last message. */
const LEAST_FIRST: [MessageState, DeliveryState][] = [
  ['failed', 'failed'],
  ['unknown', 'unknown'],
  ['planned', 'queued'],
  ['prepared', 'prepared'],
  ['submitted', 'submitted'],
  ['received', 'received'],
  ['delivered', 'delivered'],
];

/** Where a delivery stands by its messages; null when it has none that count. */
export function sumUp(messages: Pick<DeliveryMessage, 'state'>[]): DeliveryState | null {
  const found = LEAST_FIRST.find(([state]) => messages.some((message) => message.state === state));
  return found ? found[1] : null;
}
