import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RecordsCase, RecordsDocument } from '../contracts';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { KeyRing } from '../platform/keys/authority-keys';
import { DocumentRow } from './document.entity';
import { FileRow } from './file.entity';
import { isOtherVersion } from './file-version';
import { CASELESS } from './gather-source';
import { NewItem } from './new-item.entity';
import { NumbersOf } from './numbers-of';
import { RecordsCaseRow } from './records-case.entity';
import { SourceLimits } from './source-limits';
import { SourceReport } from './source-report';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';
import { Sources } from './sources';

type Difference = Pick<NewItem, 'kind' | 'sourceCaseId'> & {
  sourceDocumentId?: string;
  sourceFileId?: string;
  title: string;
};

interface Gathered {
  id: string;
  documents: Map<string, { title: string; files: Map<string, FileRow> }>;
}

/** Lists a source again and says what has come, changed or gone since it was gathered. Fetches nothing. */
@Injectable()
export class RecheckSource {
  constructor(
    private readonly database: Database,
    private readonly sources: Sources,
    private readonly numbersOf: NumbersOf,
    private readonly limits: SourceLimits,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  run(run: SourceRun, signal: AbortSignal): Promise<Difference[]> {
    return this.limits.within(run.sourceId, signal, async (bounded) => {
      const { connector, subject } = await this.database.inAuthority(run.authorityId, async (entities) => {
        const source = await entities.findOneByOrFail(SourceRow, { id: run.sourceId });
        const numbers = await this.numbersOf.request(entities, run.requestId);
        return {
          connector: await this.sources.connectorOf(source),
          subject: await this.numbersOf.subject(entities, run.requestId, numbers),
        };
      });
      const context = new SourceReport().context(run.id, bounded);
      const differences: Difference[] = [];
      for await (const found of connector.discover(subject, context)) {
        const gathered = await this.gathered(run, found);
        if (gathered === 'held') continue;
        if (gathered === null) differences.push({ kind: 'case', sourceCaseId: found.sourceCaseId, title: found.title });
        else differences.push(...(await compared(found, connector.list(found, context), gathered)));
      }
      if (connector.listCaseless) {
        const gathered = await this.gathered(run, CASELESS);
        const known = gathered === 'held' || gathered === null ? { id: '', documents: new Map() } : gathered;
        differences.push(...(await compared(CASELESS, connector.listCaseless(subject, context), known)));
      }
      return differences;
    });
  }

  /** What is new is kept until somebody decides on it; what was decided on before is not asked again. */
  async store(entities: EntityManager, run: SourceRun, differences: Difference[]): Promise<number> {
    const keys = await this.keyRing.of(run.authorityId);
    for (const { kind, sourceCaseId, sourceDocumentId = '', sourceFileId = '', title } of differences)
      await entities
        .createQueryBuilder()
        .insert()
        .into(NewItem)
        .values({
          ...{ authorityId: run.authorityId, requestId: run.requestId, sourceRunId: run.id },
          ...{ kind, sourceCaseId, sourceDocumentId, sourceFileId },
          titleSealed: keys.seal('new_item.title', title),
          foundAt: this.clock.now(),
        })
        .orIgnore()
        .execute();
    return differences.length;
  }

  /** `held`: a jurist has not let the case in. Null: nobody knew of it. */
  private gathered(run: SourceRun, { sourceCaseId }: RecordsCase): Promise<Gathered | 'held' | null> {
    return this.database.inAuthority(run.authorityId, async (entities) => {
      const row = await entities.findOneBy(RecordsCaseRow, { sourceRunId: run.id, sourceCaseId });
      if (!row || row.heldForJurist) return row && 'held';
      const keys = await this.keyRing.of(run.authorityId);
      const files = await entities
        .createQueryBuilder(FileRow, 'f')
        .innerJoin(DocumentRow, 'd', 'd.id = f.document_id')
        .where('d.records_case_id = :id', { id: row.id })
        .getMany();
      const documents = await entities.findBy(DocumentRow, { recordsCaseId: row.id });
      return {
        id: row.id,
        documents: new Map(
          documents.filter(isListed).map((document) => [
            document.sourceDocumentId,
            {
              title: keys.unseal('document.title', document.titleSealed),
              files: new Map(
                files.filter((file) => file.documentId === document.id).map((file) => [file.sourceFileId, file]),
              ),
            },
          ]),
        ),
      };
    });
  }
}

/** Neither found inside a file nor a later version of another. */
function isListed({ sourceDocumentId }: DocumentRow): boolean {
  return !sourceDocumentId.includes('#') && !sourceDocumentId.includes('@');
}

async function compared(
  { sourceCaseId }: RecordsCase,
  listing: AsyncIterable<{ document: RecordsDocument }>,
  { documents }: Pick<Gathered, 'documents'>,
): Promise<Difference[]> {
  const left = new Map(documents);
  const differences: Difference[] = [];
  for await (const { document } of listing) {
    const { sourceDocumentId, title } = document;
    const known = left.get(sourceDocumentId);
    left.delete(sourceDocumentId);
    if (!known) {
      differences.push({ kind: 'document', sourceCaseId, sourceDocumentId, title });
      continue;
    }
    for (const file of document.files) {
      const before = known.files.get(file.sourceFileId);
      const kind = before ? (isOtherVersion(before, file) ? 'changed' : null) : 'file';
      if (kind) differences.push({ kind, sourceCaseId, sourceDocumentId, sourceFileId: file.sourceFileId, title });
    }
  }
  for (const [sourceDocumentId, { title }] of left)
    differences.push({ kind: 'gone', sourceCaseId, sourceDocumentId, title });
  return differences;
}
