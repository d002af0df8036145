import { createHash } from 'node:crypto';
import type { AssuranceLevel, TestUser } from './test-user';

const NSIS = 'https://data.gov.dk/concept/core/nsis/';

/** Which claims a scope gives, by the names of Nets eID Broker; `profile` also carries what staff logins need. */
export const SCOPES: Record<string, string[]> = {
  openid: ['sub', 'loa', 'ial', 'aal', 'acr', 'amr', 'idp', 'identity_type'],
  mitid: ['mitid.uuid', 'mitid.identity_name', 'mitid.date_of_birth', 'mitid.has_cpr'],
  ssn: ['dk.cpr'],
  nemlogin: ['nemlogin.cvr', 'nemlogin.name', 'nemlogin.persistent_professional_id'],
  profile: ['name', 'cvr', 'roles'],
  email: ['email'],
};

export const levelAddress = (level: AssuranceLevel): string => `${NSIS}${level}`;

export const ALL_LEVELS: string[] = (['Low', 'Substantial', 'High'] as const).map(levelAddress);

/** Every claim that the broker knows of a user; the server hands out those of the scopes asked for. */
export function claimsOf(user: TestUser): Record<string, unknown> & { sub: string } {
  const level = levelAddress(user.loa);
  const known = { sub: stableUuid(`sub ${user.id}`), loa: level, ial: level, aal: level };
  switch (user.kind) {
    case 'citizen':
      return {
        ...known,
        idp: 'mitid',
        identity_type: 'private',
        'dk.cpr': user.cpr,
        'mitid.uuid': stableUuid(`mitid ${user.id}`),
        'mitid.identity_name': user.name,
        'mitid.date_of_birth': birthDate(user.cpr),
        'mitid.has_cpr': 'true',
      };
    case 'professional':
      return {
        ...known,
        idp: 'nemlogin',
        identity_type: 'professional',
        'nemlogin.cvr': user.cvr,
        'nemlogin.name': user.name,
        'nemlogin.persistent_professional_id': stableUuid(`erhverv ${user.id}`),
      };
    case 'employee':
      return {
        ...known,
        sub: user.id,
        idp: 'kommune',
        identity_type: 'professional',
        name: user.name,
        email: user.email,
        cvr: user.cvr,
        roles: user.roles,
      };
  }
}

/** The same user has the same identifiers in every run, as with the real broker. */
function stableUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Date of birth of a CPR number. The seventh digit tells the century (CPR-kontoret, "Personnummeret i CPR"). */
function birthDate(cpr: string): string {
  const [day, month, year] = [cpr.slice(0, 2), cpr.slice(2, 4), Number(cpr.slice(4, 6))];
  const seventh = Number(cpr[6]);
  const in1900s = seventh <= 3 || ((seventh === 4 || seventh === 9) && year >= 37);
  const in1800s = seventh >= 5 && seventh <= 8 && year >= 58;
  const century = in1900s ? 1900 : in1800s ? 1800 : 2000;
  return `${century + year}-${month}-${day}`;
}
