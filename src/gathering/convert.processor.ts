import { Injectable, type OnModuleInit } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { AuditLog, THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Database } from '../platform/database/database';
import { KeyRing } from '../platform/keys/authority-keys';
import { Outbox } from '../platform/outbox/outbox';
import type { JobContext, JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { AccessRequest } from '../requests/request.entity';
import { ConvertFile, type StoredChild, type ConvertedFile } from './convert-file';
import { DocumentRow } from './document.entity';
import { FileRow } from './file.entity';
import { Gathering } from './gathering';
import { Recording, RECORDING_OPEN } from './recording.entity';
import { PageRow } from './page.entity';
import { VirusCheckUnavailable } from './virus/clamd';

/** Attachments of attachments included; a person cannot decide on more of one file. */
const MOST_FILES_IN_A_FILE = 2_000;

const VIRUS_CHECK_SILENT =
  'Viruskontrollen svarer ikke, så filerne er ikke åbnet endnu. Der prøves igen af sig selv. Bed driften om at se på viruskontrollen (clamd).';

/** The queue `convert`: one job a file. */
@Injectable()
export class ConvertProcessor implements OnModuleInit, JobDefinition<FileRow, ConvertedFile> {
  readonly name = 'convert.file' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly convertFile: ConvertFile,
    private readonly gathering: Gathering,
    private readonly keyRing: KeyRing,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
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

  async run(file: FileRow, context: JobContext): Promise<ConvertedFile> {
    return this.convertFile.run(file, await this.depthOf(file), context.signal);
  }

  /** How many files this one lay in. */
  private depthOf(file: FileRow): Promise<number> {
    return this.database.inAuthority(file.authorityId, async (entities) => {
      const [{ count }] = await entities.query(
        `with recursive holder as (
           select id, parent_id, source_document_id from document where id = $1
           union all select d.id, d.parent_id, d.source_document_id from document d join holder h on d.id = h.parent_id
             where h.source_document_id like '%#%')
         select count(*)::int as count from holder where source_document_id like '%#%'`,
        [file.documentId],
      );
      return count as number;
    });
  }

  /** How many documents were found inside the file that this one came in, at any depth. */
  private async foundWith(entities: EntityManager, file: FileRow): Promise<number> {
    const [{ count }] = await entities.query(
      `with recursive up as (
         select id, parent_id from document where id = $1
         union all select d.id, d.parent_id from document d join up on d.id = up.parent_id),
       down as (
         select id from up where parent_id is null
         union all select d.id from document d join down on d.parent_id = down.id)
       select count(*)::int as count from down`,
      [file.documentId],
    );
    return count as number;
  }

  async mark(entities: EntityManager, file: FileRow, result: ConvertedFile): Promise<string> {
    const converted = await this.withinBounds(entities, file, result);
    if (converted.state !== 'converted') {
      const { state, reason, notes } = converted;
      await entities.update(FileRow, { id: file.id }, { state, unreadableReason: reason, notes });
      if (state === 'quarantined') await this.tellOfQuarantine(entities, file, reason);
      else if (reason === RECORDING_OPEN) await this.storeRecording(entities, file, converted);
    } else {
      await this.store(entities, file, converted);
    }
    await this.gathering.continueWhenConverted(entities, file.authorityId, file.requestId, THE_SYSTEM);
    if (converted.state === 'quarantined') return `a file was put in quarantine (${converted.reason})`;
    return converted.state === 'unreadable'
      ? `a file could not be read (${converted.reason})`
      : `a file of ${converted.pages.length} pages converted (${converted.method})`;
  }

  /** A file that holds files that hold files can be made to have no end. */
  private async withinBounds(entities: EntityManager, file: FileRow, result: ConvertedFile): Promise<ConvertedFile> {
    if (result.state !== 'converted' || result.children.length === 0) return result;
    const found = (await this.foundWith(entities, file)) + result.children.length;
    if (found <= MOST_FILES_IN_A_FILE) return result;
    const sentence = `Der ligger over ${MOST_FILES_IN_A_FILE} filer inde i den samme fil. Pak den ud i hånden, og læg det, der er omfattet, på sagen.`;
    return { state: 'unreadable', reason: 'too-nested', notes: [{ code: 'too-nested', sentence }] };
  }

  async giveUp(entities: EntityManager, file: FileRow, error: Error): Promise<void> {
    // Unchecked is not unreadable: the file waits, and the clock announces it again.
    if (error instanceof VirusCheckUnavailable) return this.tellOfWaiting(entities, file);
    const sentence = `Filen kunne ikke gøres læsbar efter flere forsøg (${error.name}). Åbn originalen i fagsystemet, og upload den som PDF, eller tag stilling til hele dokumentet.`;
    await entities.update(
      FileRow,
      { id: file.id },
      { state: 'unreadable', unreadableReason: 'failed', notes: [{ code: 'failed', sentence }] },
    );
    await this.gathering.continueWhenConverted(entities, file.authorityId, file.requestId, THE_SYSTEM);
  }

  private async tellOfWaiting(entities: EntityManager, { requestId }: FileRow): Promise<void> {
    await entities.update(AccessRequest, { id: requestId, attention: IsNull() }, { attention: VIRUS_CHECK_SILENT });
  }

  private async tellOfQuarantine(entities: EntityManager, file: FileRow, reason: string): Promise<void> {
    await this.audit.write(entities, file.authorityId, {
      actor: THE_SYSTEM,
      action: 'file.quarantine',
      subject: { kind: 'file', id: file.id },
      requestId: file.requestId,
      reason: `The virus check did not let the file be opened (${reason}).`,
    });
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
      pages.map(({ index, width, height, rotation, reading, trust, doubt, measures }) => ({
        authorityId: file.authorityId,
        requestId: file.requestId,
        fileId: file.id,
        number: index,
        width,
        height,
        rotation,
        reading,
        trust: trust ?? null,
        doubt: doubt ?? null,
        measures: measures ?? null,
        rasterised: false,
        photo: notes.some((note) => note.code === 'photo'),
      })),
    );
    for (const [index, child] of converted.children.entries()) await this.storeChild(entities, file, child, index);
  }

  /** Waits for a person to choose how it leaves. */
  private async storeRecording(
    entities: EntityManager,
    file: FileRow,
    { recording }: Extract<ConvertedFile, { state: 'unreadable' }>,
  ): Promise<void> {
    if (!recording || (await entities.existsBy(Recording, { fileId: file.id }))) return;
    const { authorityId, requestId, id: fileId } = file;
    await entities.insert(Recording, {
      ...{ authorityId, requestId, fileId, originalKey: file.originalKey as string },
      ...recording,
    });
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
