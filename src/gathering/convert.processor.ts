import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import { KeyRing } from '../platform/keys/authority-keys';
import { Outbox } from '../platform/outbox/outbox';
import type { JobContext, JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { AccessRequest } from '../requests/request.entity';
import { ConvertFile, type StoredChild, type ConvertedFile } from './convert-file';
import { DocumentRow } from './document.entity';
import { FileRow } from './file.entity';
import { Gathering } from './gathering';
import { PageRow } from './page.entity';

/** The queue `convert`: one job a file. */
@Injectable()
export class ConvertProcessor implements OnModuleInit, JobDefinition<FileRow, ConvertedFile> {
  readonly name = 'convert.file' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly convertFile: ConvertFile,
    private readonly gathering: Gathering,
    private readonly keyRing: KeyRing,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async load(entities: EntityManager, id: string, lock: boolean): Promise<FileRow | null> {
    const file = await entities.findOneBy(FileRow, { id });
    if (file && (await entities.existsBy(AccessRequest, { id: file.requestId, state: 'withdrawn' }))) return null;
    if (!file || !lock) return file;
    await entities.findOneOrFail(AccessRequest, { where: { id: file.requestId }, lock: { mode: 'pessimistic_write' } });
    return entities.findOneBy(FileRow, { id });
  }

  isExpected(file: FileRow): true | string {
    return file.state === 'fetched' || `the file is already ${file.state}`;
  }

  run(file: FileRow, context: JobContext): Promise<ConvertedFile> {
    return this.convertFile.run(file, context.signal);
  }

  async mark(entities: EntityManager, file: FileRow, converted: ConvertedFile): Promise<string> {
    if (converted.state === 'unreadable') {
      await entities.update(
        FileRow,
        { id: file.id },
        { state: 'unreadable', unreadableReason: converted.reason, notes: converted.notes },
      );
    } else {
      await this.store(entities, file, converted);
    }
    await this.gathering.continueWhenConverted(entities, file.authorityId, file.requestId, THE_SYSTEM);
    return converted.state === 'unreadable'
      ? `a file could not be read (${converted.reason})`
      : `a file of ${converted.pages.length} pages converted (${converted.method})`;
  }

  async giveUp(entities: EntityManager, file: FileRow, error: Error): Promise<void> {
    const sentence = `Filen kunne ikke gøres læsbar efter flere forsøg (${error.name}). Åbn originalen i fagsystemet, og upload den som PDF, eller tag stilling til hele dokumentet.`;
    await entities.update(
      FileRow,
      { id: file.id },
      { state: 'unreadable', unreadableReason: 'failed', notes: [{ code: 'failed', sentence }] },
    );
    await this.gathering.continueWhenConverted(entities, file.authorityId, file.requestId, THE_SYSTEM);
  }

  private async store(
    entities: EntityManager,
    file: FileRow,
    converted: Extract<ConvertedFile, { state: 'converted' }>,
  ): Promise<void> {
    const { pdfKey, wordsKey, hiddenKey, method, notes, pages } = converted;
    await entities.update(
      FileRow,
      { id: file.id },
      { state: 'converted', pdfKey, wordsKey, hiddenKey, method, notes, pages: pages.length },
    );
    await entities.insert(
      PageRow,
      pages.map(({ index, width, height, rotation, reading, trust }) => ({
        authorityId: file.authorityId,
        requestId: file.requestId,
        fileId: file.id,
        number: index,
        width,
        height,
        rotation,
        reading,
        trust: trust ?? null,
        rasterised: false,
      })),
    );
    for (const [index, child] of converted.children.entries()) await this.storeChild(entities, file, child, index);
  }

  /** An attachment is a document of its own, under its letter. */
  private async storeChild(entities: EntityManager, file: FileRow, child: StoredChild, index: number): Promise<void> {
    const keys = await this.keyRing.of(file.authorityId);
    const parent = await entities.findOneByOrFail(DocumentRow, { id: file.documentId });
    const own = { authorityId: file.authorityId, requestId: file.requestId };
    const document = await entities.save(
      entities.create(DocumentRow, {
        ...own,
        recordsCaseId: parent.recordsCaseId,
        parentId: parent.id,
        sourceDocumentId: `${parent.sourceDocumentId}#${file.sourceFileId}#${index + 1}`,
        position: index,
        kind: 'document',
        titleSealed: keys.seal('document.title', child.name),
        direction: parent.direction,
        documentDate: parent.documentDate,
        outcome: 'open' as const,
      }),
    );
    const row = await entities.save(
      entities.create(FileRow, {
        ...own,
        documentId: document.id,
        sourceFileId: `attachment-${index + 1}`,
        position: 0,
        nameSealed: keys.seal('file.name', child.name),
        mediaType: child.mediaType,
        size: String(child.size),
        state: 'fetched' as const,
        originalKey: child.originalKey,
        notes: [],
      }),
    );
    await this.outbox.announce(entities, file.authorityId, 'convert.file', row.id);
  }
}
