import type { FastifyRequest } from 'fastify';
import { RefusedVisit } from './refused-visit';

/** No form and no link of ours sends the character NUL, and PostgreSQL cannot hold it in a text. */
export async function refuseNul(request: FastifyRequest): Promise<void> {
  const values = [request.url.replace(/%00/g, '\0'), ...textsOf(request.body)];
  if (values.some((value) => value.includes('\0'))) throw new RefusedVisit('bad-request');
}

function textsOf(body: unknown): string[] {
  if (typeof body === 'string') return [body];
  return typeof body === 'object' && body !== null ? Object.values(body).flatMap(textsOf) : [];
}
