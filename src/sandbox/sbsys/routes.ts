import type { Route } from './faults';

export const TOKEN_PATH = '/auth/realms/sbsip/protocol/openid-connect/token';

export interface Match {
  route: Route;
  /** True for a route that changes something: never the reader's. */
  mutates: boolean;
  ids: number[];
  action: string;
}

const ROUTES: [method: string, path: RegExp, route: Route, action: string, mutates?: true][] = [
  ['POST', new RegExp(`^${TOKEN_PATH}$`), 'token', 'token'],
  ['GET', /^\/api\/sag\/sagStatusList$/, 'states', 'states'],
  ['POST', /^\/api\/sag\/search$/, 'search', 'search'],
  ['GET', /^\/api\/sag\/(\d+)$/, 'case', 'case'],
  ['GET', /^\/api\/sag\/(\d+)\/part$/, 'parts', 'parts'],
  ['GET', /^\/api\/sag\/(\d+)\/dokumenter$/, 'documents', 'documents'],
  ['GET', /^\/api\/sag\/(\d+)\/journalarknotes$/, 'notes', 'notes'],
  ['GET', /^\/api\/fil\/(\d+)$/, 'file', 'file'],
  ['POST', /^\/api\/journalisering\/search$/, 'journal', 'journal-search'],
  ['POST', /^\/api\/journalisering$/, 'journal', 'journal-create', true],
  ['PUT', /^\/api\/journalisering\/(\d+)\/fil\/(\d+)$/, 'journal', 'journal-file', true],
  ['POST', /^\/api\/journalisering\/(\d+)\/faerdig$/, 'journal', 'journal-finish', true],
  // Routes that real installations have and that nobody here may use.
  ['PUT', /^\/api\/sag\/(\d+)$/, 'case', 'forbidden', true],
  ['POST', /^\/api\/dokument$/, 'documents', 'forbidden', true],
  ['DELETE', /^\/api\/dokument\/(\d+)$/, 'documents', 'forbidden', true],
];

export function matchRoute(method: string, path: string): Match | undefined {
  for (const [wanted, pattern, route, action, mutates] of ROUTES) {
    const found = wanted === method && pattern.exec(path);
    if (found) return { route, action, mutates: mutates === true, ids: found.slice(1).map(Number) };
  }
  return undefined;
}
