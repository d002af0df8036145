import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Provider } from 'oidc-provider';
import { chooserPage } from './chooser-page';
import { levelAddress } from './claims';
import { accountOf, CHOOSER_PATH, createProvider, SESSION_COOKIE, type LoginClient } from './provider';
import type { TestUser } from './test-user';

export const CITIZEN_CLIENT = 'aktindsigt-borger';
export const STAFF_CLIENT = 'aktindsigt-medarbejder';

export interface LoginServerOptions {
  users: TestUser[];
  /** Where citizens and staff are sent back to, each address exactly as the program sends it. */
  citizenRedirectUris: string[];
  staffRedirectUris: string[];
  postLogoutRedirectUris?: string[];
  /** A free port when not given. */
  port?: number;
}

export interface LoginServer {
  /** Issuer address; discovery is below it. */
  issuer: string;
  /** Secrets of the two clients, made at start. */
  citizen: { clientId: string; clientSecret: string };
  staff: { clientId: string; clientSecret: string };
  stop(): Promise<void>;
}

/** Starts the stand-in for MitID (citizens) and for the municipality's own login (staff) on 127.0.0.1. */
export async function startLoginServer(options: LoginServerOptions): Promise<LoginServer> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [citizen, staff] = clientsOf(options);
  const provider = await createProvider(issuer, [citizen, staff], options.users);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/auth')) forgetSession(request);
    if (!request.url?.startsWith(CHOOSER_PATH)) return answer(request, response);
    choose(provider, options.users, request, response).catch((error: Error) => {
      // The choice has expired or was made already: the browser's back button leads here.
      response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(`Valget kan ikke bruges længere. Begynd forfra. (${error.message})\n`);
    });
  });
  return {
    issuer,
    citizen: { clientId: citizen.id, clientSecret: citizen.secret },
    staff: { clientId: staff.id, clientSecret: staff.secret },
    stop: () => stopServer(server),
  };
}

/** One chooses who logs in every time, so that one browser can be one person after another. */
function forgetSession(request: IncomingMessage): void {
  const cookies = (request.headers.cookie ?? '').split(/; */);
  request.headers.cookie = cookies.filter((cookie) => !cookie.startsWith(SESSION_COOKIE)).join('; ');
}

function clientsOf(options: LoginServerOptions): [LoginClient, LoginClient] {
  const secret = (): string => randomBytes(24).toString('base64url');
  const { citizenRedirectUris, staffRedirectUris, postLogoutRedirectUris } = options;
  return [
    { id: CITIZEN_CLIENT, secret: secret(), redirectUris: citizenRedirectUris, postLogoutRedirectUris },
    { id: STAFF_CLIENT, secret: secret(), redirectUris: staffRedirectUris, postLogoutRedirectUris },
  ];
}

/** GET shows who can log in to the application that asks; POST takes the choice and sends the browser back. */
async function choose(
  provider: Provider,
  users: TestUser[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const forStaff = params.client_id === STAFF_CLIENT;
  const offered = users.filter((user) => (user.kind === 'employee') === forStaff);
  if (request.method === 'POST') {
    const form = new URLSearchParams(await readBody(request));
    if (form.has('cancel')) return refuse(provider, request, response);
    const user = offered.find(({ id }) => id === form.get('user'));
    if (user !== undefined) {
      const login = { accountId: accountOf(user), acr: levelAddress(user.loa), remember: false };
      return provider.interactionFinished(request, response, { login });
    }
  }
  response.writeHead(request.method === 'POST' ? 400 : 200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(chooserPage(forStaff ? 'Log ind som medarbejder' : 'Log ind med MitID', request.url ?? '', offered));
}

function refuse(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const result = { error: 'access_denied', error_description: 'mitid_user_aborted' };
  return provider.interactionFinished(request, response, result);
}

const FORM_LIMIT_BYTES = 10_000;

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > FORM_LIMIT_BYTES) throw new Error('The form is too long.');
  }
  return body;
}

function stopServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
