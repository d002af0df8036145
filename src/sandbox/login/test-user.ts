/** How sure the login is who logs in, as the National Standard for Identities' Assurance Levels (NSIS) names it. */
export type AssuranceLevel = 'Low' | 'Substantial' | 'High';

/** An invented citizen with a MitID. */
export interface TestCitizen {
  kind: 'citizen';
  id: string;
  name: string;
  /** Ten digits without a hyphen. */
  cpr: string;
  loa: AssuranceLevel;
}

/** Someone who logs in with MitID Erhverv: a person acting for a company, who must not pass as a citizen. */
export interface TestProfessional {
  kind: 'professional';
  id: string;
  name: string;
  cvr: string;
  loa: AssuranceLevel;
}

export type StaffRole = 'sagsbehandler' | 'godkender' | 'arkivar' | 'drift' | 'dpo';

/** An invented employee, as the municipality's own login tells of him or her. */
export interface TestEmployee {
  kind: 'employee';
  id: string;
  name: string;
  email: string;
  /** The municipality's CVR number. */
  cvr: string;
  roles: StaffRole[];
  loa: AssuranceLevel;
}

export type TestUser = TestCitizen | TestProfessional | TestEmployee;

const LEVELS: unknown[] = ['Low', 'Substantial', 'High'];
const NEEDED = { citizen: ['cpr'], professional: ['cvr'], employee: ['email', 'cvr', 'roles'] } as const;

/** Reads a list of users, and says which one is wrong. */
export function parseTestUsers(json: string): TestUser[] {
  const users = JSON.parse(json) as Record<string, unknown>[];
  if (!Array.isArray(users)) throw new Error('The test users must be a JSON array.');
  users.forEach((user, index) => {
    const kind = user['kind'] as keyof typeof NEEDED;
    if (NEEDED[kind] === undefined)
      throw new Error(`Test user ${index} has no kind (citizen, professional, employee).`);
    const missing = ['id', 'name', ...NEEDED[kind]].filter((field) => user[field] === undefined);
    if (missing.length > 0) throw new Error(`Test user ${index} has no ${missing.join(', ')}.`);
    if (!LEVELS.includes(user['loa'])) throw new Error(`Test user ${index} has no loa (Low, Substantial, High).`);
  });
  return users as unknown as TestUser[];
}
