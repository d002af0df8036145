import { SourceError, type SourceErrorClass } from '../../contracts';
import { errorForTransport, sentence, type Asked } from '../http/source-errors';

type Meaning = [SourceErrorClass, boolean, string];

const DOWN: Meaning = ['unavailable', true, 'is out of order; it is tried again'];
const NO_SUCH_VIEW: Meaning = [
  'contract',
  false,
  'does not have the views as agreed; a view, a column or its type is another',
];

/** SQLSTATEs and classes of them (PostgreSQL, appendix A), the longer ones first. */
const STATES: [string, Meaning][] = [
  ['42501', ['forbidden', false, 'refuses the reading role this item; it exists or may exist, and must be asked for']],
  ['3D000', ['contract', false, 'does not have a database of that name']],
  ['53300', ['rate_limited', true, 'has too many connections and asks us to wait']],
  ['57014', ['timeout', true, 'did not answer in time; it is tried again']],
  ['55P03', ['locked', true, 'says that it is locked']],
  ['28', ['auth', false, 'did not accept the reading role; check its password and rights']],
  ['40', ['locked', true, 'says that it is being changed by someone else']],
  ['42', NO_SUCH_VIEW],
  ['22', NO_SUCH_VIEW],
  ['08', DOWN],
  ['53', DOWN],
  ['57', DOWN],
  ['58', DOWN],
  ['XX', DOWN],
];

/** The error for a query that failed. What the database wrote is never quoted: it may hold values of the query. */
export function errorForSql(cause: unknown, asked: Asked, hasBegun: boolean): Error {
  if (cause instanceof SourceError) return cause;
  const { code = '', message = '' } = (cause ?? {}) as { code?: string; message?: string };
  const isState = /^[0-9A-Z]{5}$/.test(code) && (cause as { severity?: string }).severity !== undefined;
  const known = isState ? STATES.find(([state]) => code.startsWith(state))?.[1] : undefined;
  if (known) return new SourceError(known[0], sentence(asked, `${known[2]} (SQLSTATE ${code})`), known[1]);
  if (/timeout/i.test(message)) {
    return new SourceError('timeout', sentence(asked, 'did not answer in time; it is tried again'), true);
  }
  if (/does not support SSL/i.test(message)) {
    return new SourceError('tls', sentence(asked, 'offers no encryption; set it up on the server'), false);
  }
  return errorForTransport(cause, asked, hasBegun);
}
