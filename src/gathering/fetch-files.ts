import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SourceError, type Connector, type RecordsDocument, type RunContext } from '../contracts';
import { Database } from '../platform/database/database';
import { KillPoint } from '../platform/queue/kill-point';
import { Vault } from '../platform/vault/vault';
import { DocumentRow } from './document.entity';
import { FileRow } from './file.entity';
import type { GatheredCounts } from './gather-source';
import { NOT_FETCHED } from './partly-read';
import type { RecordsCaseRow } from './records-case.entity';
import { gapOfFile, type SourceReport } from './source-report';
import type { StoredDocument } from './store-listing';

/** Files of one run that are fetched side by side; the connector's own budget holds them back further. */
const AT_ONCE = 4;

interface Wanted {
  listed: RecordsDocument;
  file: FileRow;
}

/** Brings files from a source into the vault. A file that is there is not fetched again. */
@Injectable()
export class FetchFiles {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly killPoint: KillPoint,
  ) {}

  /** All files of the documents, or the first fault; what is on its way then is let in first. */
  async fetch(
    connector: Connector,
    documents: StoredDocument[],
    report: SourceReport,
    context: RunContext,
  ): Promise<void> {
    const wanted = documents
      .flatMap(({ listed, files }) => files.map((file): Wanted => ({ listed, file })))
      .filter(({ file }) => file.state === 'listed');
    const faults: unknown[] = [];
    const fetchNext = async (): Promise<void> => {
      for (let next = wanted.shift(); next && faults.length === 0; next = wanted.shift())
        await this.fetchOne(connector, next, report, context).catch((fault: unknown) => faults.push(fault));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
    if (faults.length > 0) throw faults[0];
  }

  countDocuments({ id, authorityId }: RecordsCaseRow): Promise<number> {
    return this.database.inAuthority(authorityId, (entities) => entities.countBy(DocumentRow, { recordsCaseId: id }));
  }

  async countsOf(entities: EntityManager, runId: string): Promise<GatheredCounts> {
    const [counts]: GatheredCounts[] = await entities.query(
      `select count(distinct c.id) filter (where not c.caseless)::int as cases,
              count(distinct d.id) filter (where d.source_document_id not like '%#%')::int as documents,
              count(f.id) filter (where d.source_document_id not like '%#%')::int as files
       from records_case c left join document d on d.records_case_id = c.id left join file f on f.document_id = d.id
       where c.source_run_id = $1`,
      [runId],
    );
    return counts;
  }

  private async fetchOne(
    connector: Connector,
    { listed, file }: Wanted,
    report: SourceReport,
    context: RunContext,
  ): Promise<void> {
    try {
      await this.store(connector, listed, file, context);
    } catch (fault) {
      const kind = fault instanceof SourceError && !fault.retryable ? fault.errorClass : undefined;
      if (kind !== 'forbidden' && kind !== 'not_found') throw fault;
      report.gap(gapOfFile(listed, kind));
      const ended = { state: 'unreadable' as const, unreadableReason: NOT_FETCHED.code, notes: [NOT_FETCHED] };
      await this.update(file, ended);
    }
    this.killPoint.pass('gather.source', 'file-fetched');
  }

  private async store(connector: Connector, listed: RecordsDocument, file: FileRow, context: RunContext) {
    const fetched = await connector.fetch(listed, file.sourceFileId, context);
    const hash = createHash('sha256');
    const stored = await this.vault.put(file.authorityId, hashing(fetched.stream, hash));
    const claimed = listed.files.find((each) => each.sourceFileId === file.sourceFileId);
    const sha256 = hash.digest('hex');
    if (claimed?.sha256 && claimed.sha256.toLowerCase() !== sha256) {
      throw new SourceError(
        'integrity',
        `${connector.source.name} gav en fil, hvis indhold ikke svarer til den kontrolsum, systemet selv oplyser.`,
        true,
      );
    }
    await this.update(file, {
      state: 'fetched',
      originalKey: stored.address,
      size: String(stored.size),
      sha256,
      mediaType: fetched.mediaType ?? file.mediaType,
      version: fetched.version ?? file.version,
    });
  }

  private async update({ id, authorityId }: FileRow, change: Partial<FileRow>): Promise<void> {
    await this.database.inAuthority(authorityId, (entities) => entities.update(FileRow, { id }, change));
  }
}

async function* hashing(stream: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    hash.update(chunk);
    yield chunk;
  }
}
