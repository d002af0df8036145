import { Injectable } from '@nestjs/common';
import type { Configuration } from 'openid-client' with { 'resolution-mode': 'import' };
import { AuditLog } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Authority } from '../platform/database/authority.entity';
import { Database } from '../platform/database/database';
import { Settings } from '../platform/settings';
import { assuranceLevel, isEnough } from './assurance';
import { isEmployeeOf } from './employee-of';
import { LoginRefused } from './login-refused';
import { People } from './people';
import { Sessions, type LoginUnderWay } from './sessions';
import { areasOf } from './staff-areas';
import { rolesOf } from './roles-of';
import { Staff, type StaffRole } from './staff.entity';

type Side = LoginUnderWay['side'];
type Claims = Record<string, unknown>;

const SCOPES: Record<Side, string> = { citizen: 'openid mitid ssn', staff: 'openid profile email' };
const SUBSTANTIAL = 'https://data.gov.dk/concept/core/nsis/Substantial';

/** Login by OpenID Connect, authorization code with PKCE: citizens by MitID through a broker, staff by the municipality's own. */
@Injectable()
export class Login {
  private readonly configurations = new Map<Side, Promise<Configuration>>();

  constructor(
    private readonly settings: Settings,
    private readonly sessions: Sessions,
    private readonly people: People,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Where the browser goes, and the token it must bring back. */
  async start(authorityId: string, side: Side, returnTo: string): Promise<{ address: string; token: string }> {
    const client = await import('openid-client');
    const configuration = await this.configurationOf(side);
    const login: LoginUnderWay = {
      side,
      returnTo,
      state: client.randomState(),
      nonce: client.randomNonce(),
      codeVerifier: client.randomPKCECodeVerifier(),
    };
    const address = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.returnAddress(side),
      scope: SCOPES[side],
      state: login.state,
      nonce: login.nonce,
      acr_values: SUBSTANTIAL,
      code_challenge: await client.calculatePKCECodeChallenge(login.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { address: address.href, token: await this.sessions.startLogin(authorityId, login) };
  }

  /** Finishes a login; throws {@link LoginRefused} when this identity may not come in. */
  async finish(
    authorityId: string,
    side: Side,
    token: string,
    query: string,
  ): Promise<{ session: string; returnTo: string }> {
    const login = await this.sessions.takeLogin(authorityId, token);
    if (!login || login.side !== side) throw new LoginRefused('expired');
    const claims = await this.claimsOf(login, query);
    if (!isEnough(assuranceLevel(claims.loa ?? claims['https://data.gov.dk/concept/core/nsis/loa'])))
      throw new LoginRefused('assurance-too-low');
    const session =
      side === 'citizen' ? await this.admitCitizen(authorityId, claims) : await this.admitStaff(authorityId, claims);
    return { session, returnTo: login.returnTo };
  }

  private async admitCitizen(authorityId: string, claims: Claims): Promise<string> {
    const cpr = claims['dk.cpr'];
    if (claims.identity_type === 'professional' || claims['nemlogin.cpr'] !== undefined)
      throw new LoginRefused('business-identity');
    if (typeof cpr !== 'string' || !/^\d{10}$/.test(cpr)) throw new LoginRefused('no-cpr');
    const name = claims['mitid.identity_name'];
    const person = await this.database.inAuthority(authorityId, async (entities) => {
      const found = await this.people.findOrAdd(
        entities,
        authorityId,
        cpr,
        typeof name === 'string' && name ? name : 'Navn beskyttet',
      );
      await this.audit.write(entities, authorityId, {
        actor: { kind: 'citizen', id: found.id },
        action: 'login',
        subject: { kind: 'person', id: found.id },
        reason: 'A citizen logged in with MitID.',
      });
      return found;
    });
    return this.sessions.startCitizen(authorityId, person.id);
  }

  private async admitStaff(authorityId: string, claims: Claims): Promise<string> {
    const roles = rolesOf(claims.roles);
    if (roles.length === 0) throw new LoginRefused('no-role');
    const authority = await this.database.inAuthority(authorityId, (entities) =>
      entities.findOneByOrFail(Authority, { id: authorityId }),
    );
    const { length } = await this.database.authorityIds();
    if (!isEmployeeOf(authority.cvr, claims.cvr, length)) throw new LoginRefused('other-authority');
    const staff = await this.saveStaff(authorityId, claims, roles);
    return this.sessions.startStaff(authorityId, staff.id);
  }

  private saveStaff(authorityId: string, claims: Claims, roles: StaffRole[]): Promise<Staff> {
    return this.database.inAuthority(authorityId, async (entities) => {
      const subject = String(claims.sub);
      const known = (await entities.findOneBy(Staff, { subject })) ?? entities.create(Staff, { authorityId, subject });
      const email = typeof claims.email === 'string' ? claims.email : null;
      const staff = await entities.save(
        Object.assign(known, {
          name: String(claims.name ?? subject),
          email,
          roles,
          areas: areasOf(claims, this.settings.STAFF_OIDC_AREAS_CLAIM),
          lastLoginAt: this.clock.now(),
        }),
      );
      await this.audit.write(entities, authorityId, {
        actor: { kind: 'staff', id: staff.id },
        action: 'login',
        subject: { kind: 'staff', id: staff.id },
        reason: 'An employee logged in.',
      });
      return staff;
    });
  }

  /** Claims of the id token and of UserInfo, which must be about the same person; some brokers give the CPR number in the latter only. */
  private async claimsOf(login: LoginUnderWay, query: string): Promise<Claims> {
    const client = await import('openid-client');
    const configuration = await this.configurationOf(login.side);
    try {
      const tokens = await client.authorizationCodeGrant(
        configuration,
        new URL(`${this.returnAddress(login.side)}${query}`),
        {
          pkceCodeVerifier: login.codeVerifier,
          expectedState: login.state,
          expectedNonce: login.nonce,
        },
      );
      const own = tokens.claims() as Claims;
      const more = (await client.fetchUserInfo(configuration, tokens.access_token, String(own.sub))) as Claims;
      if (own['dk.cpr'] !== undefined && more['dk.cpr'] !== undefined && own['dk.cpr'] !== more['dk.cpr'])
        throw new LoginRefused('no-cpr');
      // What the id token says is signed; UserInfo only adds what it does not say.
      return { ...more, ...own };
    } catch (error) {
      if (error instanceof LoginRefused) throw error;
      throw new LoginRefused('failed', { cause: error });
    }
  }

  private configurationOf(side: Side): Promise<Configuration> {
    const known = this.configurations.get(side);
    if (known) return known;
    const discovering = this.discover(side);
    discovering.catch(() => this.configurations.delete(side));
    this.configurations.set(side, discovering);
    return discovering;
  }

  private async discover(side: Side): Promise<Configuration> {
    const client = await import('openid-client');
    const {
      CITIZEN_OIDC_ISSUER,
      CITIZEN_OIDC_CLIENT_ID,
      CITIZEN_OIDC_CLIENT_SECRET,
      STAFF_OIDC_ISSUER,
      STAFF_OIDC_CLIENT_ID,
      STAFF_OIDC_CLIENT_SECRET,
    } = this.settings;
    const [issuer, id, secret] =
      side === 'citizen'
        ? [CITIZEN_OIDC_ISSUER, CITIZEN_OIDC_CLIENT_ID, CITIZEN_OIDC_CLIENT_SECRET]
        : [STAFF_OIDC_ISSUER, STAFF_OIDC_CLIENT_ID, STAFF_OIDC_CLIENT_SECRET];
    // Plain http is for a login server on this machine, in development; production settings are https.
    const execute =
      issuer.startsWith('http://') && this.settings.NODE_ENV !== 'production' ? [client.allowInsecureRequests] : [];
    return client.discovery(new URL(issuer), id, secret, undefined, { execute });
  }

  private returnAddress(side: Side): string {
    return `${this.settings.PUBLIC_URL.replace(/\/$/, '')}${side === 'citizen' ? '/log-ind/retur' : '/medarbejder/retur'}`;
  }
}
