import { Controller, Get } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { STAFF_ROLES, type StaffRole } from '../../identity/staff.entity';
import { ForStaff } from '../http/access';
import { Employee, Reply } from '../http/visit';

/** Where each role works; the first that fits is where an employee begins. */
const WORKPLACES: [StaffRole, string][] = [
  ['sagsbehandler', '/sagsbehandling'],
  ['godkender', '/sagsbehandling'],
  ['arkivar', '/arkiv'],
  ['drift', '/arkiv'],
  ['dpo', '/arkiv'],
];

/** `/medarbejder/forside`: leads an employee to the own workplace. */
@ForStaff(...STAFF_ROLES)
@Controller('medarbejder/forside')
export class StaffHomeController {
  @Get()
  async home(@Employee() { roles }: StaffUser, @Reply() reply: FastifyReply): Promise<void> {
    const [, path] = WORKPLACES.find(([role]) => roles.includes(role)) as [StaffRole, string];
    await reply.redirect(path, 303);
  }
}
