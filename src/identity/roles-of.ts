import { STAFF_ROLES, type StaffRole } from './staff.entity';

/**
 * The roles that an employee's login gives. Who is data protection officer is nothing else: GDPR article 38(6) bars tasks
 * that conflict with watching over them, and approving is one.
 */
export function rolesOf(claimed: unknown): StaffRole[] {
  const roles = STAFF_ROLES.filter((role) => Array.isArray(claimed) && claimed.includes(role));
  return roles.includes('dpo') ? ['dpo'] : roles;
}
