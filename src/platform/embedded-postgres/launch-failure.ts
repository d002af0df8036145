import { existsSync, readFileSync } from 'node:fs';

/** The embedded PostgreSQL could not be prepared or started. The message says what happened and what to do. */
export class EmbeddedPostgresFailure extends Error {
  override name = 'EmbeddedPostgresFailure';
}

/** The last lines of a log from a byte offset on, indented for a person to read; a sentence when there are none. */
export function tailOfLog(logFile: string, fromByte = 0, lines = 12): string {
  const text = existsSync(logFile) ? readFileSync(logFile).subarray(fromByte).toString('utf8').trim() : '';
  if (text === '') return 'It wrote nothing in its log.';
  return ['Its last words were:', ...text.split('\n').slice(-lines)].join('\n  ');
}
