import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { RecordsCase, RecordsDocument, RecordsFile } from '../contracts';
import { KeyRing, type AuthorityKeys } from '../platform/keys/authority-keys';
import { AccessRequest } from '../requests/request.entity';
import { DocumentRow } from './document.entity';
import { FileRow } from './file.entity';
import { isOtherVersion } from './file-version';
import { NewItem } from './new-item.entity';
import { RecordsCaseRow } from './records-case.entity';
import { Register } from './register';
import type { SourceRun } from './source-run.entity';

/** A listed document with the rows of its files. */
export interface StoredDocument {
  listed: RecordsDocument;
  files: FileRow[];
}

/** Writes what a source lists into rows. The same listed twice is one row. */
@Injectable()
export class StoreListing {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly register: Register,
  ) {}

  async storeCase(
    entities: EntityManager,
    run: SourceRun,
    source: string,
    found: RecordsCase,
    position: number,
    more: Partial<RecordsCaseRow> = {},
  ): Promise<RecordsCaseRow> {
    const known = await entities.findOneBy(RecordsCaseRow, { sourceRunId: run.id, sourceCaseId: found.sourceCaseId });
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: run.requestId },
      lock: { mode: 'pessimistic_write' },
    });
    // Whoever is named in a case that may be somebody's secret is named nowhere before a jurist has looked.
    if (!(known?.heldForJurist ?? more.heldForJurist))
      await this.register.add(entities, run.authorityId, run.requestId, found.parties, { source, position });
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
        ...more,
      }),
    );
  }

  /** @param first position of the first of them in its case */
  async storeDocuments(
    entities: EntityManager,
    recordsCase: RecordsCaseRow,
    listed: RecordsDocument[],
    first: number,
  ): Promise<StoredDocument[]> {
    const keys = await this.keyRing.of(recordsCase.authorityId);
    const rows = await this.documentsOf(entities, recordsCase, listed, first, keys);
    const known = await entities.findBy(FileRow, { documentId: In([...rows.values()].map(({ id }) => id)) });
    const changed = await this.takenChanges(entities, recordsCase);
    const stored = listed.map((document): StoredDocument => {
      const row = rows.get(document.sourceDocumentId) as DocumentRow;
      const files = document.files.map(
        (file, index) =>
          known.find((each) => each.documentId === row.id && each.sourceFileId === file.sourceFileId) ??
          newFile(row, file, index, keys),
      );
      return { listed: document, files };
    });
    const fresh = stored.flatMap(({ files }) => files).filter((file) => !known.includes(file));
    if (fresh.length > 0) await entities.insert(FileRow, fresh);
    for (const each of changed.size > 0 ? stored : [])
      each.files.push(...(await this.newVersions(entities, recordsCase, each, rows, changed, keys)));
    return stored;
  }

  private async documentsOf(
    entities: EntityManager,
    { id: recordsCaseId, authorityId, requestId }: RecordsCaseRow,
    listed: RecordsDocument[],
    first: number,
    keys: AuthorityKeys,
  ): Promise<Map<string, DocumentRow>> {
    const ids = listed.flatMap(({ sourceDocumentId, parentSourceDocumentId }) => [
      sourceDocumentId,
      ...(parentSourceDocumentId ? [parentSourceDocumentId] : []),
    ]);
    const known = await entities.findBy(DocumentRow, { recordsCaseId, sourceDocumentId: In(ids) });
    const rows = new Map(known.map((row) => [row.sourceDocumentId, row]));
    const fresh: DocumentRow[] = [];
    for (const [index, document] of listed.entries()) {
      if (rows.has(document.sourceDocumentId)) continue;
      const row = entities.create(DocumentRow, {
        id: randomUUID(),
        authorityId,
        requestId,
        recordsCaseId,
        parentId: rows.get(document.parentSourceDocumentId ?? '')?.id ?? null,
        sourceDocumentId: document.sourceDocumentId,
        position: first + index,
        kind: document.kind,
        titleSealed: keys.seal('document.title', document.title),
        direction: document.direction ?? null,
        documentDate: document.documentDate ?? null,
        outcome: 'open' as const,
      });
      rows.set(document.sourceDocumentId, row);
      fresh.push(row);
    }
    if (fresh.length > 0) await entities.insert(DocumentRow, fresh);
    return rows;
  }

  /** Files whose new version somebody has decided to take in, by document and file. */
  private async takenChanges(entities: EntityManager, { sourceRunId, sourceCaseId }: RecordsCaseRow) {
    const items = await entities.findBy(NewItem, { sourceRunId, sourceCaseId, kind: 'changed', state: 'taken' });
    return new Set(items.map((item) => `${item.sourceDocumentId} ${item.sourceFileId}`));
  }

  /** What was gathered first stays; the new version is a document of its own beside it. */
  private async newVersions(
    entities: EntityManager,
    recordsCase: RecordsCaseRow,
    { listed, files }: StoredDocument,
    rows: Map<string, DocumentRow>,
    changed: Set<string>,
    keys: AuthorityKeys,
  ): Promise<FileRow[]> {
    const added: FileRow[] = [];
    for (const [index, file] of listed.files.entries()) {
      const before = files[index];
      if (!changed.has(`${listed.sourceDocumentId} ${file.sourceFileId}`) || !isOtherVersion(before, file)) continue;
      const mark = file.version ?? file.sha256 ?? String(file.size);
      const sourceDocumentId = `${listed.sourceDocumentId}@${file.sourceFileId}@${mark}`;
      const original = rows.get(listed.sourceDocumentId) as DocumentRow;
      const known = await entities.findOneBy(DocumentRow, { recordsCaseId: recordsCase.id, sourceDocumentId });
      const document =
        known ??
        entities.create(DocumentRow, {
          ...{ ...original, id: randomUUID(), sourceDocumentId, outcome: 'open' as const },
          ...{ duplicateOf: null, withheldGround: null, withheldBasis: null, withheldReasonSealed: null },
          ...{ decidedBy: null, decidedAt: null, finding: null },
          titleSealed: keys.seal('document.title', `${listed.title} (ny udgave)`),
        });
      if (!known) await entities.insert(DocumentRow, document);
      const stored = await entities.findOneBy(FileRow, { documentId: document.id, sourceFileId: file.sourceFileId });
      const row = stored ?? newFile(document, file, 0, keys);
      if (!stored) await entities.insert(FileRow, row);
      added.push(row);
    }
    return added;
  }
}

function newFile(document: DocumentRow, file: RecordsFile, position: number, keys: AuthorityKeys): FileRow {
  return Object.assign(new FileRow(), {
    id: randomUUID(),
    authorityId: document.authorityId,
    requestId: document.requestId,
    documentId: document.id,
    sourceFileId: file.sourceFileId,
    position,
    nameSealed: keys.seal('file.name', file.name),
    mediaType: file.mediaType ?? null,
    size: file.size === undefined ? null : String(file.size),
    version: file.version ?? null,
    state: 'listed' as const,
    notes: [],
  });
}
