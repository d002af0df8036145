import type { StaffRole, TestUser } from '../login';
import { CITIZENS, IDA } from '../municipality/citizens';
import { SOLBY } from '../municipality/municipality';
import { STAFF, type StaffRole as Duty } from '../municipality/staff';

const ROLES: Record<Duty, StaffRole> = {
  caseworker: 'sagsbehandler',
  approver: 'godkender',
  'records-officer': 'arkivar',
  'data-protection-officer': 'dpo',
};

/** Who can log in: the citizens and staff of Solby, and two who must be turned away. */
export const TEST_USERS: TestUser[] = [
  ...CITIZENS.map(({ login, name, cpr }): TestUser => ({
    kind: 'citizen',
    id: login,
    name,
    cpr: cpr.replace('-', ''),
    loa: 'Substantial',
  })),
  {
    kind: 'citizen',
    id: 'ida-lav',
    name: `${IDA.name} (lavt sikringsniveau)`,
    cpr: IDA.cpr.replace('-', ''),
    loa: 'Low',
  },
  { kind: 'professional', id: 'erhverv', name: 'Lisbet Erhverv', cvr: '99887766', loa: 'Substantial' },
  ...STAFF.map(({ login, name, email, roles }): TestUser => ({
    kind: 'employee',
    id: login,
    name,
    email,
    cvr: SOLBY.cvr,
    roles: roles.map((role) => ROLES[role]),
    loa: 'Substantial',
  })),
];
