import type { Registration } from '../../contracts';
import { ExchangeError } from '../transport/exchange-error';
import type { Answer } from '../transport/tls-connection';

/**
 * What PostForespoerg says: `{"result": true}` or `{"result": false}` with HTTP 200, nothing else. Anything else throws
 * `ExchangeError`: a technical error read as "not registered" would send paper to someone who should get Digital Post.
 */
export function lookUpResult({ status, body, retryAfterMs }: Answer): Registration {
  if (status !== 200) {
    const sentence = `The look-up of the Serviceplatform answered ${status}. Nothing can be concluded from it.`;
    throw new ExchangeError('answer', sentence, status, retryAfterMs);
  }
  const result = resultOf(body);
  if (result === undefined) {
    const sentence =
      'The look-up of the Serviceplatform answered neither yes nor no. Nothing can be concluded from it.';
    throw new ExchangeError('answer', sentence, status);
  }
  return result ? 'registered' : 'not_registered';
}

function resultOf(body: string): boolean | undefined {
  try {
    const result = (JSON.parse(body) as { result?: unknown } | null)?.result;
    return typeof result === 'boolean' ? result : undefined;
  } catch {
    return undefined;
  }
}
