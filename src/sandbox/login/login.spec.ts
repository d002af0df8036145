import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CookieJar, fetchAsBrowser, logInByFetch, startLoginServer, type LoginServer, type TestUser } from '.';

const SUBSTANTIAL = 'https://data.gov.dk/concept/core/nsis/Substantial';
const users: TestUser[] = [
  { kind: 'citizen', id: 'karen', name: 'Karen <Opdigtet>', cpr: '0101901234', loa: 'Substantial' },
  { kind: 'citizen', id: 'lav', name: 'Lav Sikkerhed', cpr: '0202805678', loa: 'Low' },
  { kind: 'professional', id: 'firma', name: 'Firma Person', cvr: '12345678', loa: 'Substantial' },
  {
    kind: 'employee',
    id: 'sofie',
    name: 'Sofie Sagsbehandler',
    email: 'sofie@solby.example',
    cvr: '29189999',
    roles: ['sagsbehandler', 'godkender'],
    loa: 'High',
  },
];

/** An application as small as one can be: its callback address answers with the query it got. */
let application: Server;
let callback: string;
let server: LoginServer;
const openidClient = () => import('openid-client');
let client: Awaited<ReturnType<typeof openidClient>>;

beforeAll(async () => {
  // The package warns that Node 20 and keeping things in memory are not for production, which this is not.
  jest.spyOn(console, 'warn').mockImplementation();
  client = await openidClient();
  application = createServer((request, response) => void response.end(request.url));
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  callback = `http://127.0.0.1:${(application.address() as AddressInfo).port}/tilbage`;
  server = await startLoginServer({ users, citizenRedirectUris: [callback], staffRedirectUris: [callback] });
});

afterAll(async () => {
  await server.stop();
  application.closeAllConnections();
  await new Promise((resolve) => application.close(resolve));
});

async function discover(of: { clientId: string; clientSecret: string }) {
  const options = { execute: [client.allowInsecureRequests] };
  return client.discovery(new URL(server.issuer), of.clientId, of.clientSecret, undefined, options);
}

async function logIn(who: 'citizen' | 'staff', userId: string, scope: string, jar = new CookieJar()) {
  const configuration = await discover(server[who]);
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const start = client.buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope,
    state: expectedState,
    nonce: expectedNonce,
    acr_values: SUBSTANTIAL,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const { url } = await logInByFetch(start, userId, jar);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce };
  const tokens = await client.authorizationCodeGrant(configuration, url, checks);
  const idToken = tokens.claims() as Record<string, unknown> & { sub: string };
  const userInfo = await client.fetchUserInfo(configuration, tokens.access_token, idToken.sub);
  return { idToken, userInfo };
}

it('tells CPR number, assurance level and MitID identifier of a citizen, in token and UserInfo alike', async () => {
  const { idToken, userInfo } = await logIn('citizen', 'karen', 'openid mitid ssn');
  const expected = {
    'dk.cpr': '0101901234',
    loa: SUBSTANTIAL,
    idp: 'mitid',
    identity_type: 'private',
    'mitid.identity_name': 'Karen <Opdigtet>',
    'mitid.date_of_birth': '1990-01-01',
  };
  expect(idToken).toMatchObject({ ...expected, acr: SUBSTANTIAL });
  expect(userInfo).toMatchObject(expected);
  expect(idToken['mitid.uuid']).toMatch(/^[0-9a-f-]{36}$/);
});

it('keeps the CPR number to itself when the scope for it was not asked for', async () => {
  const { idToken, userInfo } = await logIn('citizen', 'karen', 'openid mitid');
  expect(idToken).not.toHaveProperty(['dk.cpr']);
  expect(userInfo).not.toHaveProperty(['dk.cpr']);
});

it('says so when the assurance level is lower than asked for', async () => {
  const { idToken } = await logIn('citizen', 'lav', 'openid mitid ssn');
  expect(idToken).toMatchObject({ loa: 'https://data.gov.dk/concept/core/nsis/Low' });
});

it('tells a MitID Erhverv identity from a citizen', async () => {
  const { idToken } = await logIn('citizen', 'firma', 'openid mitid ssn nemlogin');
  expect(idToken).toMatchObject({ idp: 'nemlogin', identity_type: 'professional', 'nemlogin.cvr': '12345678' });
  expect(idToken).not.toHaveProperty(['dk.cpr']);
});

it('tells name, mail, CVR number and roles of an employee', async () => {
  const { userInfo } = await logIn('staff', 'sofie', 'openid profile email');
  expect(userInfo).toMatchObject({
    sub: 'sofie',
    name: 'Sofie Sagsbehandler',
    email: 'sofie@solby.example',
    cvr: '29189999',
    roles: ['sagsbehandler', 'godkender'],
    loa: 'https://data.gov.dk/concept/core/nsis/High',
  });
});

it('asks who it is every time, so that one browser can log in as one person after another', async () => {
  const jar = new CookieJar();
  expect((await logIn('citizen', 'karen', 'openid ssn', jar)).idToken).toMatchObject({ 'dk.cpr': '0101901234' });
  expect((await logIn('citizen', 'lav', 'openid ssn', jar)).idToken).toMatchObject({ 'dk.cpr': '0202805678' });
});

it('does not offer employees to citizens or citizens to employees', async () => {
  await expect(logIn('citizen', 'sofie', 'openid')).rejects.toThrow(/does not offer sofie/);
  await expect(logIn('staff', 'karen', 'openid')).rejects.toThrow(/does not offer karen/);
});

it('sends the browser back with access_denied when one gives up', async () => {
  const configuration = await discover(server.citizen);
  const code_challenge = await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier());
  const parameters = { redirect_uri: callback, scope: 'openid', code_challenge, code_challenge_method: 'S256' };
  const start = client.buildAuthorizationUrl(configuration, parameters);
  const { url } = await logInByFetch(start, null, new CookieJar());
  expect(url.searchParams.get('error')).toBe('access_denied');
});

it('refuses a login without PKCE', async () => {
  const configuration = await discover(server.citizen);
  const start = client.buildAuthorizationUrl(configuration, { redirect_uri: callback, scope: 'openid' });
  const { url } = await fetchAsBrowser(start, new CookieJar());
  expect(url.searchParams.get('error')).toBe('invalid_request');
  expect(url.searchParams.get('error_description')).toMatch(/PKCE/);
});

it('refuses to send anyone to an address that is not registered', async () => {
  const configuration = await discover(server.citizen);
  const start = client.buildAuthorizationUrl(configuration, { redirect_uri: 'http://127.0.0.1:1/x', scope: 'openid' });
  const { response, url } = await fetchAsBrowser(start, new CookieJar());
  expect(response.status).toBe(400);
  expect(url.origin).toBe(server.issuer);
});

it('shows names as text, whatever signs are in them', async () => {
  const configuration = await discover(server.citizen);
  const code_challenge = await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier());
  const parameters = { redirect_uri: callback, scope: 'openid', code_challenge, code_challenge_method: 'S256' };
  const { response } = await fetchAsBrowser(client.buildAuthorizationUrl(configuration, parameters), new CookieJar());
  const page = await response.text();
  expect(page).toContain('Karen &#60;Opdigtet&#62;');
  expect(page).not.toContain('<Opdigtet>');
});
