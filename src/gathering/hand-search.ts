import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { AuditLog } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { KeyRing } from '../platform/keys/authority-keys';
import { Refusal } from '../requests/refusal';
import { AccessRequest } from '../requests/request.entity';
import { DocumentRow } from './document.entity';
import { FileRow } from './file.entity';
import { PaperOrder } from './paper-order.entity';
import { RecordsCaseRow } from './records-case.entity';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';

/** A file that has been taken into the vault. */
export interface FoundFile {
  address: string;
  size: number;
  sha256: string;
  name?: string;
}

export interface FoundDocument {
  title: string;
  /** ISO date. */
  date?: string;
  direction?: 'ind' | 'ud' | 'intern';
}

export interface NewPaperOrder {
  medium: 'paper' | 'microfilm';
  box: string;
  number: string;
  pagesEstimated: number;
}

const BY_HAND_CASE = 'haand';
const LAST_POSITION = 1_000_000;

/** What an employee finds by hand, in a system without a connector or on paper: files laid in, boxes and films ordered. */
@Injectable()
export class HandSearch {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The file becomes a document like any other. The same file twice is one. */
  async addFile(
    entities: EntityManager,
    runId: string,
    staffId: string,
    found: FoundDocument,
    upload: FoundFile | undefined,
  ): Promise<void> {
    const { run, request } = await this.openRun(entities, runId);
    if (!upload) throw new Refusal('file-missing', 'Vælg den fil, du har fundet.');
    const title = found.title.trim() || upload.name?.replace(/\.\w+$/, '') || 'Dokument fundet i hånden';
    const keys = await this.keyRing.of(run.authorityId);
    const recordsCase = await this.caseOf(entities, run, request);
    const own = { authorityId: run.authorityId, requestId: run.requestId };
    const sourceDocumentId = `fil-${upload.sha256}`;
    if (await entities.existsBy(DocumentRow, { recordsCaseId: recordsCase.id, sourceDocumentId })) return;
    const document = await entities.save(
      entities.create(DocumentRow, {
        ...own,
        id: randomUUID(),
        recordsCaseId: recordsCase.id,
        sourceDocumentId,
        position: 1 + (await entities.countBy(DocumentRow, { recordsCaseId: recordsCase.id })),
        kind: 'document',
        titleSealed: keys.seal('document.title', title),
        direction: found.direction ?? null,
        documentDate: found.date ?? null,
        outcome: 'open' as const,
      }),
    );
    await entities.insert(FileRow, {
      ...own,
      documentId: document.id,
      sourceFileId: upload.sha256,
      position: 0,
      nameSealed: keys.seal('file.name', upload.name ?? title),
      size: String(upload.size),
      sha256: upload.sha256,
      originalKey: upload.address,
      state: 'fetched' as const,
      notes: [],
    });
    const counts = { documents: run.documents + 1, files: run.files + 1, startedAt: run.startedAt ?? this.clock.now() };
    await entities.update(SourceRun, { id: run.id }, counts);
    await this.write(entities, run, staffId, 'source.upload', 'An employee laid in a file that was found by hand.');
  }

  async order(entities: EntityManager, runId: string, staffId: string, asked: NewPaperOrder): Promise<void> {
    const { run } = await this.openRun(entities, runId);
    const box = asked.box.trim();
    const number = asked.number.trim();
    if (box === '' || number === '')
      throw new Refusal('order-incomplete', 'Skriv både kasse og nummer, så arkivet kan finde det.');
    if (!Number.isInteger(asked.pagesEstimated) || asked.pagesEstimated < 1 || asked.pagesEstimated > 100_000)
      throw new Refusal('estimate-missing', 'Skøn, hvor mange sider der er. Skønnet bruges i fristbrevet.');
    if (await entities.existsBy(PaperOrder, { sourceRunId: run.id, box, number }))
      throw new Refusal('ordered-before', 'Den kasse og det nummer er allerede bestilt.');
    await entities.insert(PaperOrder, {
      ...{ authorityId: run.authorityId, requestId: run.requestId, sourceRunId: run.id },
      ...{ medium: asked.medium, box, number, pagesEstimated: asked.pagesEstimated },
      ...{ orderedBy: staffId, orderedAt: this.clock.now() },
    });
    await this.write(entities, run, staffId, 'paper.order', 'A box or a film was ordered from the archive.');
  }

  /** Everything of the order is scanned and laid in, or it turned out to hold nothing (0 pages). */
  async received(
    entities: EntityManager,
    runId: string,
    orderId: string,
    staffId: string,
    pagesReceived: number,
  ): Promise<void> {
    const { run } = await this.openRun(entities, runId);
    if (!Number.isInteger(pagesReceived) || pagesReceived < 0)
      throw new Refusal('pages-missing', 'Skriv, hvor mange sider der blev skannet; 0, hvis der ikke var noget.');
    await entities.update(
      PaperOrder,
      { id: orderId, sourceRunId: run.id, closedAt: IsNull() },
      { pagesReceived, closedBy: staffId, closedAt: this.clock.now() },
    );
    await this.write(entities, run, staffId, 'paper.received', 'What was ordered from the archive is scanned.');
  }

  /** Holds what was found by hand; the source's name is all the title there is. */
  private async caseOf(entities: EntityManager, run: SourceRun, request: AccessRequest): Promise<RecordsCaseRow> {
    const known = await entities.findOneBy(RecordsCaseRow, { sourceRunId: run.id, sourceCaseId: BY_HAND_CASE });
    if (known) return known;
    const keys = await this.keyRing.of(run.authorityId);
    const { name } = await entities.findOneByOrFail(SourceRow, { id: run.sourceId });
    return entities.save(
      entities.create(RecordsCaseRow, {
        ...{ authorityId: run.authorityId, requestId: run.requestId, sourceRunId: run.id },
        ...{ sourceCaseId: BY_HAND_CASE, position: LAST_POSITION, caseless: true, basis: request.basis },
        titleSealed: keys.seal('records_case.title', `Fundet i ${name}`),
      }),
    );
  }

  private async openRun(entities: EntityManager, runId: string) {
    const { requestId } = await entities.findOneByOrFail(SourceRun, { id: runId });
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    const run = await entities.findOneByOrFail(SourceRun, { id: runId });
    if (run.state === 'awaiting' || run.state === 'failed') return { run, request };
    throw new Refusal(
      'search-ended',
      'Søgningen i hånden er afsluttet. Det, der er fundet siden, skal lægges på en ny anmodning eller gives særskilt.',
    );
  }

  private write(
    entities: EntityManager,
    run: SourceRun,
    staffId: string,
    action: string,
    reason: string,
  ): Promise<void> {
    return this.audit.write(entities, run.authorityId, {
      actor: { kind: 'staff', id: staffId },
      action,
      subject: { kind: 'source_run', id: run.id },
      requestId: run.requestId,
      reason,
    });
  }
}
