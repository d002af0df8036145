import { randomBytes } from 'node:crypto';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import type { Fault } from '../records/faults';
import { sizeOf, streamOf } from '../records/held-bytes';
import type { HeldCase, HeldDocument, HeldFile } from '../records/holdings';
import { PgProxy } from './pg-proxy';

const COLUMNS = {
  v_case: 'source_case_id, cpr, party_role, party_name, case_number, title, kle, opened, closed, status, updated_at',
  v_document: 'source_document_id, source_case_id, title, kind, direction, doc_date, state, parent_id, updated_at',
  v_file: 'source_file_id, source_document_id, name, mime, size, sha256, path_or_lo, version',
  v_meta: 'exported_at, covers_closed, covers_secondary, row_counts',
};
type View = keyof typeof COLUMNS;

const TABLES = `
create table t_case (source_case_id text, cpr text, party_role text, party_name text, case_number text, title text, kle text,
  opened date, closed date, status text, updated_at timestamptz default now());
create table t_document (source_document_id text, source_case_id text, title text, kind text, direction text, doc_date date,
  state text, parent_id text, updated_at timestamptz default now());
create table t_file (source_file_id text, source_document_id text, name text, mime text, size bigint, sha256 text,
  path_or_lo text, version text);
create table t_meta (exported_at timestamptz, covers_closed boolean, covers_secondary boolean, row_counts jsonb);`;

/** The four views of an export, in a schema of its own on a real PostgreSQL, and a role that may read them. */
export class SqlExport {
  readonly schema = `export_${randomBytes(6).toString('hex')}`;
  private readonly password = randomBytes(12).toString('hex');
  private proxyPort = 0;

  private constructor(
    private readonly admin: Client,
    readonly proxy: PgProxy,
    private readonly folder: string,
  ) {}

  /** @param adminUrl a superuser's connection to the database that is to hold the schema */
  static async create(adminUrl: string, cases: HeldCase[]): Promise<SqlExport> {
    const admin = new Client({ connectionString: adminUrl });
    await admin.connect();
    const { hostname, port } = new URL(adminUrl);
    const proxy = new PgProxy({ host: hostname, port: Number(port || 5432) });
    const made = new SqlExport(admin, proxy, await mkdtemp(join(tmpdir(), 'sql-view-')));
    made.proxyPort = await proxy.start();
    await made.fill(cases);
    return made;
  }

  /** Settings for a connector that reads here through the proxy; spread more over them. */
  readerSettings(): Record<string, unknown> {
    const { schema, password, folder } = this;
    const place = { host: '127.0.0.1', port: this.proxyPort, database: this.admin.database };
    return { ...place, user: `${schema}_reader`, password, schema, encrypted: false, filesFolder: folder };
  }

  query(sql: string, values: unknown[] = []): Promise<unknown> {
    return this.admin.query(sql, values);
  }

  /** Spoils the export itself where that can be, and otherwise the way to it. */
  async misbehave(fault: Fault): Promise<void> {
    const { kind, route, field = '' } = fault;
    if (kind === 'shortList' || kind === 'repeatItem')
      await this.bend(route === 'search' ? 't_case' : 't_document', kind);
    else if (kind === 'missingField' || kind === 'retypedField') await this.drift(field, kind === 'retypedField');
    else if (kind === '404' && route === 'file') await this.admin.query('delete from t_file');
    else if (kind === 'wrongSize') await this.lengthen();
    else this.proxy.fault(fault);
  }

  /** Tries to delete as the reader. */
  async tryToWrite(): Promise<void> {
    const { host, port, database, user, password } = this.readerSettings() as Record<string, string>;
    const reader = new Client({ host, port: Number(port), database, user, password });
    await reader.connect();
    await reader.query(`delete from ${this.schema}.v_case`).catch(() => undefined);
    await reader.end();
  }

  /** Fails when the reader wrote. */
  async stop(): Promise<void> {
    await this.proxy.stop();
    await this.admin.query(`select lo_unlink(path_or_lo::oid) from t_file where path_or_lo ~ '^\\d+$'`);
    await this.admin.query(
      `drop schema ${this.schema} cascade; drop owned by ${this.schema}_reader; drop role ${this.schema}_reader`,
    );
    await this.admin.end();
    await rm(this.folder, { recursive: true, force: true });
    const { writes } = this.proxy;
    if (writes.length > 0) throw new Error(`The reading role tried to write: ${writes.join(', ')}.`);
  }

  private async fill(cases: HeldCase[]): Promise<void> {
    const { schema, admin } = this;
    await admin.query(`create schema ${schema}; set search_path to ${schema}; ${TABLES}`);
    await admin.query(
      `create role ${schema}_reader login password '${this.password}'; grant usage on schema ${schema} to ${schema}_reader`,
    );
    for (const held of cases) await this.insertCase(held);
    await admin.query(`insert into t_meta select now(), true, true, jsonb_build_object('v_case', (select count(*) from t_case),
      'v_document', (select count(*) from t_document), 'v_file', (select count(*) from t_file))`);
    for (const view of Object.keys(COLUMNS) as View[]) await this.createView(view, COLUMNS[view]);
  }

  private async createView(view: View, columns: string): Promise<void> {
    await this.admin
      .query(`drop view if exists ${view}; create view ${view} as select ${columns} from ${view.replace('v_', 't_')};
      grant select on ${view} to ${this.schema}_reader`);
  }

  private async insertCase(held: HeldCase): Promise<void> {
    for (const { cpr, primary, name } of held.parties) {
      await this.insert('t_case', {
        ...{ source_case_id: held.id, cpr, party_role: primary ? 'primary' : 'secondary', party_name: name },
        ...{ case_number: held.number, title: held.title, opened: held.openedAt, closed: held.closedAt },
      });
    }
    for (const document of held.documents) await this.insertDocument(held.id, document);
    for (const { id, title, date, html } of held.notes) {
      await this.insertDocument(
        held.id,
        {
          ...{ id, name: title, number: '', date, direction: 'intern', type: 'Dokument' },
          files: [{ id, name: `${id}.html`, content: Buffer.from(`<html><body>${html}</body></html>`) }],
        },
        'journalNote',
      );
    }
  }

  private async insertDocument(caseId: number, document: HeldDocument, kind = 'document'): Promise<void> {
    await this.insert('t_document', {
      ...{ source_document_id: document.id, source_case_id: caseId, title: document.name, kind },
      ...{ direction: document.direction, doc_date: document.date, state: document.draft ? 'draft' : 'final' },
      parent_id: document.parentId,
    });
    for (const file of document.files) {
      const place = await this.store(file, document.forbidden === true);
      await this.insert('t_file', {
        ...{ source_file_id: file.id, source_document_id: document.id, name: file.name, version: '1' },
        ...{ size: sizeOf(file), ...place },
      });
    }
  }

  /** What is whole in memory becomes a large object, anything else a file in the folder. */
  private async store(file: HeldFile, isForbidden: boolean): Promise<{ path_or_lo: string; sha256?: string }> {
    if (!Buffer.isBuffer(file.content)) {
      await pipeline(streamOf(file), createWriteStream(join(this.folder, String(file.id))));
      return { path_or_lo: `./${file.id}` };
    }
    const { rows } = await this.admin.query<{ oid: string }>('select lo_from_bytea(0, $1)::text as oid', [
      file.content,
    ]);
    const [{ oid }] = rows;
    if (!isForbidden) await this.admin.query(`grant select on large object ${oid} to ${this.schema}_reader`);
    return { path_or_lo: oid, sha256: createHash('sha256').update(file.content).digest('hex') };
  }

  private async insert(table: string, row: Record<string, unknown>): Promise<void> {
    const names = Object.keys(row);
    const places = names.map((_name, index) => `$${index + 1}`);
    await this.admin.query(
      `insert into ${table} (${names.join(', ')}) values (${places.join(', ')})`,
      Object.values(row),
    );
  }

  private async bend(table: 't_case' | 't_document', kind: 'shortList' | 'repeatItem'): Promise<void> {
    const key = table === 't_case' ? 'source_case_id' : 'source_document_id';
    const last = `(select max(ctid) from ${table})`;
    await this.admin.query(
      kind === 'shortList'
        ? `delete from ${table} where ctid = ${last}`
        : `update ${table} set ${key} = (select ${key} from ${table} order by ctid limit 1) where ctid = ${last}`,
    );
  }

  /** A newer version of the system: the column is gone, or of another type, wherever it stood. */
  private async drift(field: string, isRetyped: boolean): Promise<void> {
    for (const view of Object.keys(COLUMNS) as View[]) {
      const columns = COLUMNS[view].split(', ');
      // Ids stand in several views; the one they are the key of is the one that changes.
      if (!columns.includes(field) || (field === 'source_case_id' && view !== 'v_case')) continue;
      if (field === 'source_document_id' && view !== 'v_document') continue;
      const bent = columns.map((column) => (column === field ? `array[1, 2] as ${field}` : column));
      await this.createView(view, (isRetyped ? bent : columns.filter((column) => column !== field)).join(', '));
    }
  }

  private async lengthen(): Promise<void> {
    await this.admin.query(`select lo_put(path_or_lo::oid, size, '\\x20') from t_file where path_or_lo ~ '^\\d+$'`);
    const { rows } = await this.admin.query<{ path: string }>(
      `select path_or_lo as path from t_file where path_or_lo !~ '^\\d+$'`,
    );
    for (const { path } of rows) await appendFile(join(this.folder, path), ' ');
  }
}
