import { startStandIn } from '../process/start-stand-in';
import type { LoginServer, LoginServerOptions } from './login-server';

/** The login stand-in in a process of its own, as a login server is in the world. Needs the built program (`dist`). */
export async function startLoginProcess(options: LoginServerOptions): Promise<LoginServer> {
  const many = (name: string, values: string[] = []): string[] => values.flatMap((value) => [name, value]);
  const { ready, stop } = await startStandIn<Omit<LoginServer, 'stop'>>('login', [
    '--users',
    JSON.stringify(options.users),
    ...many('--citizen-redirect', options.citizenRedirectUris),
    ...many('--staff-redirect', options.staffRedirectUris),
    ...many('--logout-redirect', options.postLogoutRedirectUris),
    ...(options.port === undefined ? [] : ['--port', String(options.port)]),
  ]);
  return { ...ready, stop };
}
