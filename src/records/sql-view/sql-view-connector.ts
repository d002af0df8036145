import type { Readable } from 'node:stream';
import {
  SourceError,
  type Connector,
  type Coverage,
  type RecordsCase,
  type RecordsDocument,
  type RecordsParty,
  type RunContext,
  type SearchSubject,
  type Source,
} from '../../contracts';
import { healthBy } from '../health';
import { openChecked } from '../http/checked-stream';
import { sentence } from '../http/source-errors';
import { coverageOf, faultOfExport, readMeta, reportAge } from './export-check';
import { openFile } from './sql-files';
import { SqlReader, type Row } from './sql-reader';
import { CASE_COLUMNS, DOCUMENT_COLUMNS, documentOf, FILE_COLUMNS, oneOf, optionalText, textOf } from './sql-rows';
import type { SqlViewSettings } from './sql-view-settings';

const ROLES = ['primary', 'secondary', 'other'] as const;
const CASES = 'the cases of v_case';
const DOCUMENTS = 'the documents of v_document';

/**
 * Reads four views that a municipality makes for a system without an interface: what the citizen is a party to, the
 * documents of it, their files, and what the export says of itself. PostgreSQL only; read-only in every transaction.
 */
export class SqlViewConnector implements Connector {
  readonly version = 'sql-view-1';
  /** Replaced by the export's own words as soon as they have been read. */
  coverage: Coverage = coverageOf();
  private readonly reader: SqlReader;
  /** The export whose rows were counted and found to be all there. */
  private wholeExport?: number;

  constructor(
    readonly source: Source,
    private readonly settings: SqlViewSettings,
  ) {
    this.reader = new SqlReader(settings);
  }

  health(signal: AbortSignal): ReturnType<Connector['health']> {
    return healthBy(() => readMeta(this.reader, this.settings, signal));
  }

  async *discover(subject: SearchSubject, context: RunContext): AsyncIterable<RecordsCase> {
    await this.checkExport(context);
    const { schema } = this.settings;
    const spellings = subject.cprs.map((cpr) => cpr.replace(/\D/g, ''));
    const hyphened = spellings.map((cpr) => `${cpr.slice(0, 6)}-${cpr.slice(6)}`);
    const sql = `select ${CASE_COLUMNS} from ${schema}.v_case c where source_case_id in
      (select source_case_id from ${schema}.v_case where cpr = any($1)) order by source_case_id`;
    const rows = await this.reader.rows(CASES, sql, [[...spellings, ...hyphened]], context.signal);
    const cases = new Map<string, Row[]>();
    for (const row of rows) {
      const id = textOf(row, 'source_case_id', CASES);
      cases.set(id, [...(cases.get(id) ?? []), row]);
    }
    context.reportClaim?.({ of: 'cases', count: cases.size });
    for (const [id, parties] of cases) yield caseOf(id, parties);
  }

  /** `cursor` is the id of the last document that was taken; one that is gone starts over. */
  async *list(
    { sourceCaseId }: RecordsCase,
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    const claimed = await this.claim(sourceCaseId, context);
    let after = cursor === undefined ? undefined : await this.known(sourceCaseId, cursor, context.signal);
    let taken = after === undefined ? 0 : await this.countUpTo(sourceCaseId, after, context.signal);
    for (;;) {
      const page = await this.page(sourceCaseId, after, context.signal);
      for (const document of page) yield { document, cursor: document.sourceDocumentId };
      taken += page.length;
      if (page.length < this.settings.pageSize) break;
      after = page[page.length - 1].sourceDocumentId;
    }
    if (taken === claimed) return;
    const text = sentence(DOCUMENTS, `listed ${taken} documents of a case that has ${claimed}; it is read again`);
    throw new SourceError('truncated', text, true);
  }

  async fetch(
    document: RecordsDocument,
    sourceFileId: string,
    { signal }: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }> {
    const asked = `a file of document ${document.sourceDocumentId}`;
    const sql = `select ${FILE_COLUMNS} from ${this.settings.schema}.v_file where source_document_id::text = $1
      and source_file_id::text = $2`;
    const [row] = await this.reader.rows(asked, sql, [document.sourceDocumentId, sourceFileId], signal);
    const file = document.files.find((candidate) => candidate.sourceFileId === sourceFileId);
    if (!row || !file) throw new SourceError('not_found', sentence(asked, 'does not list that file'), false);
    const bytes = await openFile(this.reader, this.settings, textOf(row, 'path_or_lo', asked), asked, signal);
    const { stream, mediaType } = await openChecked(bytes, file, asked);
    return { stream, mediaType: file.mediaType ?? mediaType, size: file.size, version: file.version };
  }

  /** Lets go of the connections that are kept open. */
  close(): Promise<void> {
    return this.reader.close();
  }

  private async checkExport(context: RunContext): Promise<void> {
    const meta = await readMeta(this.reader, this.settings, context.signal);
    this.coverage = coverageOf(meta);
    reportAge(meta, this.settings, context);
    if (this.wholeExport === meta.exportedAt.getTime()) return;
    const fault = await faultOfExport(this.reader, this.settings, meta, context.signal);
    if (fault) throw fault;
    this.wholeExport = meta.exportedAt.getTime();
  }

  private async claim(sourceCaseId: string, context: RunContext): Promise<number> {
    const sql = `select count(*) filter (where kind <> 'journalNote')::int as documents,
      count(*) filter (where kind = 'journalNote')::int as notes, count(*)::int as all
      from ${this.settings.schema}.v_document where source_case_id::text = $1`;
    const [row] = await this.reader.rows(DOCUMENTS, sql, [sourceCaseId], context.signal);
    context.reportClaim?.({ of: 'documents', count: Number(row.documents), sourceCaseId });
    context.reportClaim?.({ of: 'notes', count: Number(row.notes), sourceCaseId });
    return Number(row.all);
  }

  /** The cursor, when the case still has a document of that id. */
  private async known(sourceCaseId: string, cursor: string, signal: AbortSignal): Promise<string | undefined> {
    const sql = `select 1 from ${this.settings.schema}.v_document where source_case_id::text = $1 and source_document_id::text = $2`;
    return (await this.reader.rows(DOCUMENTS, sql, [sourceCaseId, cursor], signal)).length > 0 ? cursor : undefined;
  }

  private async countUpTo(sourceCaseId: string, after: string, signal: AbortSignal): Promise<number> {
    const sql = `select count(*)::int as count from ${this.settings.schema}.v_document where source_case_id::text = $1
      and source_document_id::text collate "C" <= $2`;
    return Number((await this.reader.rows(DOCUMENTS, sql, [sourceCaseId, after], signal))[0].count);
  }

  private async page(sourceCaseId: string, after: string | undefined, signal: AbortSignal): Promise<RecordsDocument[]> {
    const { schema, pageSize } = this.settings;
    const sql = `select ${DOCUMENT_COLUMNS} from ${schema}.v_document where source_case_id::text = $1
      and source_document_id::text collate "C" > $2 order by source_document_id::text collate "C" limit $3`;
    const rows = await this.reader.rows(DOCUMENTS, sql, [sourceCaseId, after ?? '', pageSize], signal);
    const ids = rows.map((row) => textOf(row, 'source_document_id', DOCUMENTS));
    if (new Set(ids).size < ids.length) {
      throw new SourceError('truncated', sentence(DOCUMENTS, 'listed a document twice; export it again'), false);
    }
    const files = await this.filesOf(ids, signal);
    return rows.map((row, index) => documentOf(row, files.get(ids[index]) ?? [], DOCUMENTS));
  }

  private async filesOf(documentIds: string[], signal: AbortSignal): Promise<Map<string, Row[]>> {
    const asked = 'the files of v_file';
    const sql = `select ${FILE_COLUMNS} from ${this.settings.schema}.v_file where source_document_id::text = any($1)
      order by source_file_id::text collate "C"`;
    const files = new Map<string, Row[]>();
    for (const row of await this.reader.rows(asked, sql, [documentIds], signal)) {
      const id = textOf(row, 'source_document_id', asked);
      files.set(id, [...(files.get(id) ?? []), row]);
    }
    return files;
  }
}

function caseOf(sourceCaseId: string, rows: Row[]): RecordsCase {
  const [first] = rows;
  const closedAt = optionalText(first, 'closed');
  return {
    sourceCaseId,
    caseNumber: optionalText(first, 'case_number'),
    title: textOf(first, 'title', CASES),
    kle: /\d{2}\.\d{2}\.\d{2}/.exec(optionalText(first, 'kle') ?? optionalText(first, 'case_number') ?? '')?.[0],
    open: closedAt === undefined,
    openedAt: optionalText(first, 'opened'),
    closedAt,
    parties: rows.flatMap(partyOf),
  };
}

/** A view need not hold names; without one a party cannot be told of, and only the citizen is known by the number. */
function partyOf(row: Row): RecordsParty[] {
  const role = oneOf(ROLES, textOf(row, 'party_role', CASES), 'party_role', CASES);
  const name = optionalText(row, 'party_name');
  return name === undefined ? [] : [{ role, roleText: role, name, cpr: optionalText(row, 'cpr') }];
}
