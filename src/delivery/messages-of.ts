import type { EntityManager } from 'typeorm';
import { DeliveryMessage } from './delivery-message.entity';

/** The messages and letters of a delivery that stand, in their order. */
export function messagesOf(entities: EntityManager, deliveryId: string): Promise<DeliveryMessage[]> {
  return entities
    .createQueryBuilder(DeliveryMessage, 'm')
    .where(`m.delivery_id = :deliveryId and m.state <> 'replaced'`, { deliveryId })
    .orderBy('m.channel')
    .addOrderBy('m.part')
    .getMany();
}
