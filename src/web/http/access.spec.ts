import 'reflect-metadata';
import { RequestMethod, type ExecutionContext, type Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { StaffRole } from '../../identity/staff.entity';
import { CASEWORKER_CONTROLLERS } from '../caseworker';
import { CITIZEN_CONTROLLERS } from '../citizen';
import { ARCHIVE_CONTROLLERS } from '../records-officer';
import { AccessGuard } from './access';

interface Route {
  name: string;
  isReading: boolean;
  opensFor(roles: StaffRole[]): boolean;
}

const guard = new AccessGuard(new Reflector());

function routesOf(controllers: Type[]): Route[] {
  return controllers.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype)
      .map((name) => [name, (controller.prototype as Record<string, unknown>)[name]] as const)
      .filter(([, handler]) => typeof handler === 'function' && Reflect.hasMetadata('method', handler))
      .map(([name, handler]) => {
        const method = RequestMethod[Reflect.getMetadata('method', handler as object) as number];
        return {
          name: `${controller.name}.${name}`,
          isReading: method === 'GET',
          opensFor: (roles) => opens(controller, handler as () => void, method, roles),
        };
      }),
  );
}

function opens(controller: Type, handler: () => void, method: string, roles: StaffRole[]): boolean {
  const request = { method, url: '/x', visit: { user: { kind: 'staff', roles } } };
  const context = {
    getHandler: () => handler,
    getClass: () => controller,
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  try {
    return guard.canActivate(context);
  } catch {
    return false;
  }
}

const caseworker = routesOf(CASEWORKER_CONTROLLERS as Type[]);
const archive = routesOf(ARCHIVE_CONTROLLERS as Type[]);
const acts = [...caseworker, ...archive, ...routesOf(CITIZEN_CONTROLLERS as Type[])].filter(
  (route) => !route.isReading,
);

/**
 * Forms that decide nothing: a reason, a check of the seal, a search by what may stand in no address, and advice on an
 * incident (GDPR article 39(1)(a)).
 */
const READING_FORMS = [
  'ArchiveController.check',
  'ArchiveController.citizen',
  'ArchiveController.giveReason',
  'IncidentsController.comment',
  'WhoGotController.find',
];

describe('a data protection officer', () => {
  it('approves nothing: every form that decides is refused', () => {
    expect(acts.length).toBeGreaterThan(30);
    const open = acts.filter((route) => route.opensFor(['dpo'])).map(({ name }) => name);
    expect(open.sort()).toEqual(READING_FORMS);
  });

  it('approves nothing either where an older login gave more roles', () => {
    const open = acts.filter((route) => route.opensFor(['dpo', 'godkender', 'sagsbehandler', 'arkivar']));
    expect(open.map(({ name }) => name).sort()).toEqual(READING_FORMS);
  });

  it('reads every page of the archive but the empty form for a new incident', () => {
    const closed = archive.filter((route) => route.isReading && !route.opensFor(['dpo'])).map(({ name }) => name);
    expect(closed).toEqual(['IncidentsController.newOne']);
  });

  it('is let into no page of the casework, where unredacted files are shown', () => {
    expect(caseworker.filter((route) => route.opensFor(['dpo']))).toEqual([]);
  });
});

describe('the pages of the archive', () => {
  it('are closed to those who prepare and approve the answers', () => {
    const open = archive.filter((route) => route.opensFor(['sagsbehandler', 'godkender'])).map(({ name }) => name);
    expect(open).toEqual([]);
  });
});
