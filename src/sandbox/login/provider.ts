import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Provider, RequestContext } from 'oidc-provider';
import { ALL_LEVELS, claimsOf, SCOPES } from './claims';
import type { TestUser } from './test-user';

/** An application that may send people here to log in. */
export interface LoginClient {
  id: string;
  secret: string;
  redirectUris: string[];
  postLogoutRedirectUris?: string[];
}

export const CHOOSER_PATH = '/valg/';
export const SESSION_COOKIE = 'login_session';

/** An OpenID Connect provider for the users, with keys of its own that live as long as it does. */
export async function createProvider(issuer: string, clients: LoginClient[], users: TestUser[]): Promise<Provider> {
  const { Provider } = await import('oidc-provider');
  return new Provider(issuer, {
    clients: clients.map(registration),
    scopes: Object.keys(SCOPES),
    claims: SCOPES,
    acrValues: ALL_LEVELS,
    // The broker puts the claims in the id_token as well as in UserInfo.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    jwks: { keys: [signingKey()] },
    // Cookies do not know of ports: the names must differ from those of the program on the same host.
    cookies: {
      keys: [randomBytes(24).toString('base64url')],
      names: { session: SESSION_COOKIE, interaction: 'login_choice', resume: 'login_resume' },
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, choice: { uid: string }) => `${CHOOSER_PATH}${choice.uid}` },
    loadExistingGrant: grantEverything,
    findAccount: (_: unknown, id: string) => {
      const user = users.find((candidate) => accountOf(candidate) === id);
      return user && { accountId: id, claims: () => claimsOf(user) };
    },
    renderError: (context: { type: string; body: unknown }, details: { error: string; error_description?: string }) => {
      context.type = 'text/plain; charset=utf-8';
      context.body = `Login kan ikke gennemføres: ${details.error} (${details.error_description ?? 'uden forklaring'})\n`;
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 3600, IdToken: 600, Interaction: 3600, Session: 3600 },
  });
}

/** The identifier under which the provider knows a user; it is the `sub` of the tokens. */
export const accountOf = (user: TestUser): string => claimsOf(user).sub;

function registration(client: LoginClient): object {
  return {
    client_id: client.id,
    client_secret: client.secret,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris ?? [],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

/** Consent was given when the municipality made its agreement with the broker; nobody is asked at each login. */
async function grantEverything(context: RequestContext): Promise<object> {
  const { provider, client, session, result } = context.oidc;
  const accountId = result?.login?.accountId ?? session?.accountId;
  const grant = new provider.Grant({ accountId, clientId: client?.clientId });
  grant.addOIDCScope(Object.keys(SCOPES).join(' '));
  await grant.save();
  return grant;
}

function signingKey(): object {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' };
}
