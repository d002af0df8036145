import type { EntityManager } from 'typeorm';
import { Refusal } from './refusal';
import { AccessRequest } from './request.entity';

/** The request under its row lock, for an act that belongs to the review; refused in any other state. */
export async function requestInReview(entities: EntityManager, requestId: string): Promise<AccessRequest> {
  const request = await entities.findOneOrFail(AccessRequest, {
    where: { id: requestId },
    lock: { mode: 'pessimistic_write' },
  });
  if (request.state === 'review') return request;
  throw new Refusal(
    'not-in-review',
    `Anmodning ${request.number} er ikke til gennemgang nu. Åbn den igen til gennemgang, hvis noget skal ændres.`,
  );
}
