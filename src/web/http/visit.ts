import { createParamDecorator, Res, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CitizenUser, StaffUser, User } from '../../identity/sessions';
import { RefusedVisit } from './refused-visit';

/** Who is at the page, and of which authority it is. Set for every request before any handler runs. */
export interface Visit {
  authorityId: string;
  user: User | null;
  /** The browser's session token; never logged. */
  token: string | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    visit: Visit;
  }
}

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

/** The visit, whoever it is. */
export const AnyVisit = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Visit => requestOf(context).visit,
);

/** The citizen who is logged in; the guard has let nobody else through. */
export const Citizen = createParamDecorator((_data: unknown, context: ExecutionContext): CitizenUser => {
  const { user } = requestOf(context).visit;
  if (user?.kind !== 'citizen') throw new RefusedVisit('session-expired');
  return user;
});

/** The employee who is logged in. */
export const Employee = createParamDecorator((_data: unknown, context: ExecutionContext): StaffUser => {
  const { user } = requestOf(context).visit;
  if (user?.kind !== 'staff') throw new RefusedVisit('session-expired');
  return user;
});

/**
 * For handlers that answer by themselves: pages, pictures, files, events. Not a decorator of our own: Fastify's reply is
 * thenable, and a value that goes through pipes is awaited, so that the handler would wait for its own answer.
 */
export const Reply = Res;
