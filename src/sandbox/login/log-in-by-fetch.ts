import { type CookieJar } from './cookie-jar';
import { CHOOSER_PATH } from './provider';

/** Where a walk over redirects ended. */
export interface Arrival {
  url: URL;
  response: Response;
}

const MOST_REDIRECTS = 20;

/** Fetches with the jar's cookies and follows redirects as a browser does. */
export async function fetchAsBrowser(address: string | URL, jar: CookieJar, init: RequestInit = {}): Promise<Arrival> {
  let url = new URL(address);
  let request = init;
  for (let step = 0; step < MOST_REDIRECTS; step += 1) {
    const headers = new Headers(request.headers);
    const cookie = jar.headerFor(url);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(url, { ...request, headers, redirect: 'manual' });
    jar.keep(url, response);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return { url, response };
    await response.arrayBuffer();
    url = new URL(location, url);
    // After 303, and in practice after 302, a browser goes on with GET and without the body.
    if (response.status !== 307 && response.status !== 308) request = {};
  }
  throw new Error(`The login went round in redirects; the last address was ${url.origin}${url.pathname}.`);
}

/**
 * Logs a test user in without a browser: opens `startUrl` (the program's own login address), picks the user on the
 * stand-in's page, and follows the way back. Resolves to the page that the program shows then, whatever its status.
 * `userId: null` gives up on the stand-in's page instead.
 */
export async function logInByFetch(startUrl: string | URL, userId: string | null, jar: CookieJar): Promise<Arrival> {
  const chooser = await fetchAsBrowser(startUrl, jar);
  if (!chooser.url.pathname.startsWith(CHOOSER_PATH)) {
    throw new Error(
      `The login led to ${chooser.url.origin}${chooser.url.pathname} (${chooser.response.status}), not to the page of users.`,
    );
  }
  await chooser.response.arrayBuffer();
  const body = new URLSearchParams(userId === null ? { cancel: 'ja' } : { user: userId });
  const arrival = await fetchAsBrowser(chooser.url, jar, { method: 'POST', body });
  if (arrival.url.href === chooser.url.href)
    throw new Error(`The page of users does not offer ${userId} to this application.`);
  return arrival;
}
