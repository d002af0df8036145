import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { StaffRole } from '../../identity/staff.entity';
import { RefusedVisit } from './refused-visit';

type Access = 'everybody' | 'citizen' | StaffRole[];
const ACCESS = 'access';
const READING = 'reading';

/** Pages that need no login. Everything else must say who may come in; a page that says nothing lets nobody in. */
export const ForEverybody = () => SetMetadata(ACCESS, 'everybody' satisfies Access);
export const ForCitizens = () => SetMetadata(ACCESS, 'citizen' satisfies Access);
/** One of the roles is enough. */
export const ForStaff = (...roles: StaffRole[]) => SetMetadata(ACCESS, roles satisfies Access);

/** A form that changes nothing but the log, or adds a reader's own remark: who may only read may send it. */
export const ForReaders = () => SetMetadata(READING, true);

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (access === 'everybody') return true;
    const { user } = request.visit;
    if (!user) throw new RefusedVisit('session-expired', undefined, loginAddress(access, request));
    if (access === 'citizen' && user.kind === 'citizen') return true;
    if (user.kind === 'staff' && user.roles.includes('dpo') && !this.isReading(context, request))
      throw new RefusedVisit('no-role', 'Som databeskyttelsesrådgiver kan du læse alt her, men ikke ændre noget.');
    if (Array.isArray(access) && user.kind === 'staff' && access.some((role) => user.roles.includes(role))) return true;
    if (user.kind === 'citizen') throw new RefusedVisit('for-staff', undefined, '/mine-sager');
    throw new RefusedVisit(access === 'citizen' ? 'for-citizens' : 'no-role');
  }

  /** GDPR article 38(6): a data protection officer reads and never decides, whichever roles a page is for. */
  private isReading(context: ExecutionContext, { method }: FastifyRequest): boolean {
    if (method === 'GET' || method === 'HEAD') return true;
    return this.reflector.get<boolean | undefined>(READING, context.getHandler()) === true;
  }
}

function loginAddress(access: Access | undefined, request: FastifyRequest): string {
  const returnTo = request.method === 'GET' ? `?til=${encodeURIComponent(request.url)}` : '';
  return `${access === 'citizen' ? '/log-ind' : '/medarbejder'}${returnTo}`;
}
