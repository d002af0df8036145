import { Pool } from 'pg';
import { withRetries } from '../http/retry';
import type { Asked } from '../http/source-errors';
import { untilAborted } from '../until-aborted';
import { errorForSql } from './sql-errors';
import type { SqlViewSettings } from './sql-view-settings';

export type Row = Record<string, unknown>;

/** A connection that nobody uses is closed after this. */
const IDLE_MS = 5_000;
const PARALLEL = 2;

/**
 * Asks a database that it can only read from: every transaction is read-only, whatever the role may do. Queries are short;
 * no transaction stays open while files are fetched in between.
 */
export class SqlReader {
  private readonly pool: Pool;

  constructor(private readonly settings: SqlViewSettings) {
    const { host, port, database, user, password, encrypted, ca, timeoutMs } = settings;
    this.pool = new Pool({
      ...{ host, port, database, user, password, max: PARALLEL, idleTimeoutMillis: IDLE_MS, allowExitOnIdle: true },
      ssl: encrypted ? { ca } : false,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
      options: `-c default_transaction_read_only=on -c statement_timeout=${timeoutMs}`,
      application_name: 'aktindsigt',
    });
    // A connection that breaks is told by the query that was under way; one that nobody uses is thrown away.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.pool.on('error', () => undefined);
  }

  /** The rows of one query; a failure that may pass is tried again. */
  rows(asked: Asked, sql: string, values: unknown[], signal: AbortSignal): Promise<Row[]> {
    return withRetries(this.settings, signal, () => this.attempt(asked, sql, values, signal));
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async attempt(asked: Asked, sql: string, values: unknown[], signal: AbortSignal): Promise<Row[]> {
    signal.throwIfAborted();
    let hasBegun = false;
    let broken: Error | undefined;
    const connecting = this.pool.connect();
    try {
      const client = await untilAborted(connecting, signal);
      hasBegun = true;
      return (await untilAborted(client.query<Row>(sql, values), signal)).rows;
    } catch (cause) {
      broken = cause as Error;
      signal.throwIfAborted();
      throw errorForSql(cause, asked, hasBegun);
    } finally {
      // A connection that failed or is still at work is not used again.
      connecting.then((client) => client.release(broken)).catch(() => undefined);
    }
  }
}
