import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import { DocumentReview } from '../../redaction/document-review';
import { Refusal } from '../../requests/refusal';
import { AccessRequest } from '../../requests/request.entity';
import { DocumentListImport } from './document-list-import.entity';
import { ListedDocuments } from './listed-documents';
import { fingerprintOf, planOf, type Plan, type PlannedChange } from './plan';
import { readList } from './read-list';
import { writeList } from './write-list';

/** Far more than a list of 20,000 lines. */
const LARGEST_LIST = 5 * 1024 * 1024;

/** Who does it, and on which request. */
export interface ListActor {
  authorityId: string;
  requestId: string;
  staffId: string;
}

/** The list of documents out to Excel and back: what comes back is shown before anything of it is used. */
@Injectable()
export class ListExchange {
  constructor(
    private readonly database: Database,
    private readonly documents: ListedDocuments,
    private readonly review: DocumentReview,
    private readonly vault: Vault,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async export(actor: ListActor): Promise<Buffer> {
    const lines = await this.database.inAuthority(actor.authorityId, async (entities) => {
      const found = await this.documents.linesOf(entities, actor.requestId);
      await this.write(
        entities,
        actor,
        'list.export',
        'The list of documents was fetched as a workbook.',
        found.length,
      );
      return found;
    });
    return writeList(lines);
  }

  /** Keeps a list that was filled in, when it can be read as one. The answer is the import's id. */
  async take(actor: ListActor, upload: { address: string; size: number } | undefined): Promise<string> {
    if (!upload) throw new Refusal('list-missing', 'Vælg den udfyldte liste.');
    if (upload.size > LARGEST_LIST)
      throw new Refusal(
        'list-too-large',
        'Filen er for stor til at være en dokumentliste. Hent listen igen, og udfyld den.',
      );
    await readList(await this.read(actor, upload.address));
    return this.database.inAuthority(actor.authorityId, async (entities) => {
      const { authorityId, requestId, staffId: uploadedBy } = actor;
      const row = { authorityId, requestId, uploadedBy, listKey: upload.address, uploadedAt: this.clock.now() };
      return (await entities.save(entities.create(DocumentListImport, row))).id;
    });
  }

  /** What the list would change as the request stands now; null when the request has no such import. */
  async preview(actor: ListActor, importId: string): Promise<{ plan: Plan; row: DocumentListImport } | null> {
    const row = await this.database.inAuthority(actor.authorityId, (entities) =>
      entities.findOneBy(DocumentListImport, { id: importId, requestId: actor.requestId }),
    );
    if (!row) return null;
    const lines = await readList(await this.read(actor, row.listKey));
    const documents = await this.database.inAuthority(actor.authorityId, (entities) =>
      this.documents.of(entities, actor.requestId),
    );
    return { plan: planOf(lines, documents), row };
  }

  /** Does what was shown, all of it or nothing; each document's decision is in the log as one by this caseworker. */
  async apply(actor: ListActor, importId: string, shown: string): Promise<Plan> {
    const before = await this.preview(actor, importId);
    if (!before) throw new Refusal('list-unknown', 'Listen findes ikke på denne anmodning. Hent listen ind igen.');
    const lines = await readList(await this.read(actor, before.row.listKey));
    return this.database.inAuthority(actor.authorityId, async (entities) => {
      const { id } = await entities.findOneOrFail(AccessRequest, {
        where: { id: actor.requestId },
        lock: { mode: 'pessimistic_write' },
      });
      const row = await entities.findOneByOrFail(DocumentListImport, { id: importId });
      if (row.appliedAt !== null)
        throw new Refusal('list-used', 'Listen er allerede brugt. Hent en ny, hvis mere skal ændres.');
      const plan = planOf(lines, await this.documents.of(entities, id));
      if (fingerprintOf(plan) !== shown)
        throw new Refusal(
          'list-out-of-date',
          'Sagen er ændret, siden du så, hvad listen ville ændre. Se ændringerne igen.',
        );
      for (const change of plan.changes) await this.change(entities, actor, change);
      await entities.update(
        DocumentListImport,
        { id: importId },
        { appliedBy: actor.staffId, appliedAt: this.clock.now() },
      );
      await this.write(
        entities,
        actor,
        'list.import',
        'A list of documents that was filled in was used.',
        plan.changes.length,
      );
      return plan;
    });
  }

  private change(entities: EntityManager, actor: ListActor, { document, act }: PlannedChange): Promise<void> {
    const { requestId, staffId } = actor;
    if (act.kind === 'withhold')
      return this.review.withhold(entities, requestId, document.id, staffId, act.groundId, act.reason);
    if (act.kind === 'outside') return this.review.setOutside(entities, requestId, document.id, staffId);
    return this.review.reopenDocument(entities, requestId, document.id, staffId);
  }

  private read({ authorityId, requestId, staffId }: ListActor, address: string): Promise<Buffer> {
    return this.vault.readBytes(authorityId, address, {
      actor: { kind: 'staff', id: staffId },
      action: 'vault.read',
      subject: { kind: 'request', id: requestId },
      requestId,
      reason: 'A list of documents that was filled in is compared with the request.',
    });
  }

  private write(
    entities: EntityManager,
    { authorityId, requestId, staffId }: ListActor,
    action: string,
    reason: string,
    count: number,
  ): Promise<void> {
    return this.audit.write(entities, authorityId, {
      actor: { kind: 'staff', id: staffId },
      action,
      subject: { kind: 'request', id: requestId },
      requestId,
      reason,
      details: { count },
    });
  }
}
