import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  SourceError,
  type Connector,
  type RecordsCase,
  type RecordsDocument,
  type RecordsFile,
  type RunContext,
} from '../contracts';
import { People } from '../identity/people';
import { PersonRef } from '../identity/person-ref.entity';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { KeyRing } from '../platform/keys/authority-keys';
import { Vault } from '../platform/vault/vault';
import { AccessRequest } from '../requests/request.entity';
import { DocumentRow } from './document.entity';
import { FileRow } from './file.entity';
import { RecordsCaseRow } from './records-case.entity';
import { Register } from './register';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';
import { Sources } from './sources';

export interface GatheredCounts {
  cases: number;
  documents: number;
  files: number;
}

/** Lists everything that one source has on the citizen and fetches every file. Can be repeated: what is there is not fetched twice. */
@Injectable()
export class GatherSource {
  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly people: People,
    private readonly sources: Sources,
    private readonly register: Register,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async run(run: SourceRun, signal: AbortSignal): Promise<GatheredCounts> {
    const { connector, cpr, sourceKey } = await this.prepare(run);
    const context: RunContext = { runId: run.id, signal };
    const counts: GatheredCounts = { cases: 0, documents: 0, files: 0 };
    for await (const found of connector.discover({ cprs: [cpr] }, context)) {
      counts.cases += 1;
      const recordsCase = await this.storeCase(run, sourceKey, found, counts.cases);
      let position = 0;
      for await (const { document } of connector.list(found, context)) {
        const files = await this.storeDocument(run, recordsCase, document, (position += 1));
        counts.documents += 1;
        counts.files += files.length;
        for (const file of files) await this.fetch(run, connector, document, file, context);
      }
    }
    return counts;
  }

  private prepare(run: SourceRun): Promise<{ connector: Connector; cpr: string; sourceKey: string }> {
    return this.database.inAuthority(run.authorityId, async (entities) => {
      const source = await entities.findOneByOrFail(SourceRow, { id: run.sourceId });
      const request = await entities.findOneByOrFail(AccessRequest, { id: run.requestId });
      const person = await entities.findOneByOrFail(PersonRef, { id: request.personRefId });
      const connector = await this.sources.connectorOf(source);
      await entities.update(
        SourceRun,
        { id: run.id },
        { state: 'searching', startedAt: run.startedAt ?? this.clock.now(), coverage: connector.coverage },
      );
      return { connector, cpr: await this.people.cprOf(person), sourceKey: source.key };
    });
  }

  private storeCase(run: SourceRun, source: string, found: RecordsCase, position: number): Promise<RecordsCaseRow> {
    return this.database.inAuthority(run.authorityId, async (entities) => {
      const request = await entities.findOneOrFail(AccessRequest, {
        where: { id: run.requestId },
        lock: { mode: 'pessimistic_write' },
      });
      await this.register.add(entities, run.authorityId, run.requestId, found.parties, { source, position });
      const known = await entities.findOneBy(RecordsCaseRow, { sourceRunId: run.id, sourceCaseId: found.sourceCaseId });
      if (known) return known;
      const keys = await this.keyRing.of(run.authorityId);
      return entities.save(
        entities.create(RecordsCaseRow, {
          authorityId: run.authorityId,
          requestId: run.requestId,
          sourceRunId: run.id,
          sourceCaseId: found.sourceCaseId,
          position,
          numberSealed: found.caseNumber ? keys.seal('records_case.number', found.caseNumber) : null,
          titleSealed: keys.seal('records_case.title', found.title),
          kle: found.kle ?? null,
          facet: found.facet ?? null,
          open: found.open ?? null,
          responsibleUnit: found.responsibleUnit ?? null,
          expected: found.expected ?? null,
          basis: request.basis,
        }),
      );
    });
  }

  private storeDocument(
    run: SourceRun,
    recordsCase: RecordsCaseRow,
    listed: RecordsDocument,
    position: number,
  ): Promise<FileRow[]> {
    return this.database.inAuthority(run.authorityId, async (entities) => {
      const keys = await this.keyRing.of(run.authorityId);
      const own = { authorityId: run.authorityId, requestId: run.requestId };
      const parent = listed.parentSourceDocumentId
        ? await entities.findOneBy(DocumentRow, {
            recordsCaseId: recordsCase.id,
            sourceDocumentId: listed.parentSourceDocumentId,
          })
        : null;
      const document =
        (await entities.findOneBy(DocumentRow, {
          recordsCaseId: recordsCase.id,
          sourceDocumentId: listed.sourceDocumentId,
        })) ??
        (await entities.save(
          entities.create(DocumentRow, {
            ...own,
            recordsCaseId: recordsCase.id,
            parentId: parent?.id ?? null,
            sourceDocumentId: listed.sourceDocumentId,
            position,
            kind: listed.kind,
            titleSealed: keys.seal('document.title', listed.title),
            direction: listed.direction ?? null,
            documentDate: listed.documentDate ?? null,
            outcome: 'open' as const,
          }),
        ));
      const files: FileRow[] = [];
      for (const [index, file] of listed.files.entries()) {
        const known = await entities.findOneBy(FileRow, { documentId: document.id, sourceFileId: file.sourceFileId });
        files.push(
          known ??
            (await entities.save(
              entities.create(FileRow, {
                ...own,
                documentId: document.id,
                position: index,
                ...newFile(file, keys.seal('file.name', file.name)),
              }),
            )),
        );
      }
      return files;
    });
  }

  private async fetch(
    run: SourceRun,
    connector: Connector,
    document: RecordsDocument,
    file: FileRow,
    context: RunContext,
  ): Promise<void> {
    if (file.state !== 'listed') return;
    const fetched = await connector.fetch(document, file.sourceFileId, context);
    const hash = createHash('sha256');
    const stored = await this.vault.put(run.authorityId, hashing(fetched.stream, hash));
    const claimed = document.files.find((each) => each.sourceFileId === file.sourceFileId);
    const sha256 = hash.digest('hex');
    if (claimed?.sha256 && claimed.sha256 !== sha256) {
      throw new SourceError(
        'integrity',
        `${connector.source.name} gav en fil, hvis indhold ikke svarer til den kontrolsum, systemet selv oplyser.`,
        true,
      );
    }
    await this.database.inAuthority(run.authorityId, (entities) =>
      entities.update(
        FileRow,
        { id: file.id },
        {
          state: 'fetched',
          originalKey: stored.address,
          size: String(stored.size),
          sha256,
          mediaType: fetched.mediaType ?? file.mediaType,
        },
      ),
    );
  }
}

function newFile(file: RecordsFile, nameSealed: Buffer) {
  return {
    sourceFileId: file.sourceFileId,
    nameSealed,
    mediaType: file.mediaType ?? null,
    size: file.size === undefined ? null : String(file.size),
    state: 'listed' as const,
    notes: [],
  };
}

async function* hashing(stream: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    hash.update(chunk);
    yield chunk;
  }
}
