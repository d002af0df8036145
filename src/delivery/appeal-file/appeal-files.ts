import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { danishDay, isDay, longDate } from '../../law';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Outbox } from '../../platform/outbox/outbox';
import { Vault } from '../../platform/vault/vault';
import { Refusal } from '../../requests/refusal';
import { AccessRequest } from '../../requests/request.entity';
import { Complaint } from '../complaints/complaint.entity';
import { decisionOf } from '../complaints/register-complaint';
import { AppealFile, AppealFileDownload, type RecipientKind } from './appeal-file.entity';

export interface AppealFileOrder {
  complaintId: string | null;
  recipientKind: RecipientKind;
  recipient: string;
  reference: string;
  /** YYYY-MM-DD. */
  dueOn: string;
  /** Empty: the one that was written when the complaint was reconsidered, if there is one. */
  statement: string;
  /** Empty: everything, with every removed place marked. */
  opened: string[];
}

const SHORTEST_REASON = 10;
const SHORTEST_RECIPIENT = 3;

/** Orders the file for an appeal body, and hands it out: never by post of ours, each time with a reason in the log. */
@Injectable()
export class AppealFiles {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly vault: Vault,
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async order(
    entities: EntityManager,
    requestId: string,
    staffId: string,
    asked: AppealFileOrder,
  ): Promise<AppealFile> {
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    const decisionId = await this.requireAnswer(entities, request);
    this.requireFitting(asked);
    const complaint = asked.complaintId
      ? await entities.findOneByOrFail(Complaint, { id: asked.complaintId, requestId })
      : null;
    const opened = await certifiedOf(entities, requestId, asked.opened);
    const { authorityId } = request;
    const keys = await this.keyRing.of(authorityId);
    const reference = asked.reference.trim();
    const file = await entities.save(
      entities.create(AppealFile, {
        ...{ authorityId, requestId, decisionId, complaintId: complaint?.id ?? null },
        ...{ recipientKind: asked.recipientKind, recipient: asked.recipient.trim(), dueOn: asked.dueOn },
        referenceSealed: reference ? keys.seal('appeal_file.reference', reference) : null,
        statementKey: (await this.stored(authorityId, asked.statement)) ?? complaint?.statementKey ?? null,
        ...{ extent: opened.length > 0 ? ('chosen' as const) : ('all' as const), opened },
        ...{ orderedBy: staffId, orderedAt: this.clock.now(), state: 'ordered' as const },
      }),
    );
    await this.outbox.announce(entities, authorityId, 'assemble.appeal-file', file.id);
    await this.note(entities, file, staffId, 'appeal-file.order', 'The file for an appeal body was ordered.', {
      ...{ recipient: file.recipientKind, dueOn: file.dueOn, extent: file.extent, count: opened.length },
    });
    return file;
  }

  /** Lets a file that could not be made be tried once more. */
  async retry(entities: EntityManager, id: string, staffId: string): Promise<void> {
    const file = await entities.findOneOrFail(AppealFile, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (file.state !== 'failed')
      throw new Refusal('not-failed', 'Sagen er ved at blive lavet, eller den er færdig. Opdater siden.');
    await entities.update(AppealFile, { id }, { state: 'ordered', errorText: null });
    await this.outbox.announce(entities, file.authorityId, 'assemble.appeal-file', id);
    await this.note(entities, file, staffId, 'appeal-file.order', 'The file for an appeal body was ordered.');
  }

  /** Who fetches it and why is in the log before the first byte. */
  async download(
    authorityId: string,
    requestId: string,
    id: string,
    staffId: string,
    given: { reason: string; isConfirmed: boolean },
  ): Promise<{ file: AppealFile; content: Readable }> {
    const reason = given.reason.trim();
    if (reason.length < SHORTEST_REASON)
      throw new Refusal(
        'reason-missing',
        'Skriv, hvad du skal bruge filen til, og hvordan den sendes. Mindst 10 tegn.',
      );
    if (!given.isConfirmed)
      throw new Refusal(
        'not-confirmed',
        'Sæt kryds ved, at du ved, hvad filen rummer, og at den ikke må sendes til borgeren.',
      );
    const keys = await this.keyRing.of(authorityId);
    const file = await this.database.inAuthority(authorityId, async (entities) => {
      const found = await entities.findOneBy(AppealFile, { id, requestId });
      if (found?.state !== 'made') throw new Refusal('not-made', 'Filen er ikke færdig. Vent lidt, og opdater siden.');
      await entities.insert(AppealFileDownload, {
        ...{ authorityId, appealFileId: id, downloadedBy: staffId, downloadedAt: this.clock.now() },
        reasonSealed: keys.seal('appeal_file_download.reason', reason),
      });
      await this.note(entities, found, staffId, 'appeal-file.download', 'The file for an appeal body was fetched.', {
        sha256: found.sha256,
      });
      return found;
    });
    const content = await this.vault.read(authorityId, file.vaultKey, {
      ...{ actor: { kind: 'staff', id: staffId }, action: 'vault.read' },
      ...{ subject: { kind: 'appeal_file', id }, requestId },
      reason: 'The file for an appeal body was fetched.',
    });
    return { file, content };
  }

  async referenceOf({ authorityId, referenceSealed }: AppealFile): Promise<string | null> {
    if (referenceSealed === null) return null;
    return (await this.keyRing.of(authorityId)).unseal('appeal_file.reference', referenceSealed);
  }

  async reasonOf({ authorityId, reasonSealed }: AppealFileDownload): Promise<string> {
    return (await this.keyRing.of(authorityId)).unseal('appeal_file_download.reason', reasonSealed);
  }

  private async stored(authorityId: string, statement: string): Promise<string | null> {
    const words = statement.trim();
    return words === '' ? null : (await this.vault.put(authorityId, Buffer.from(words))).address;
  }

  private async requireAnswer(entities: EntityManager, request: AccessRequest): Promise<string> {
    if (request.deletedAt !== null)
      throw new Refusal(
        'deleted',
        `Arbejdskopierne blev slettet den ${longDate(danishDay(request.deletedAt))}. Sagen må samles fra journalen, hvor det udleverede og afgørelsens grundlag ligger.`,
      );
    const decision = await decisionOf(entities, request.id);
    if (!decision || request.state === 'signed')
      throw new Refusal('not-answered', 'Sagen kan laves, når svaret er sendt til borgeren.');
    return decision.id;
  }

  private requireFitting({ recipient, dueOn }: AppealFileOrder): void {
    if (recipient.trim().length < SHORTEST_RECIPIENT)
      throw new Refusal('recipient-missing', 'Skriv, hvem sagen er til.');
    if (!isDay(dueOn) || dueOn < danishDay(this.clock.now()))
      throw new Refusal('due-wrong', 'Vælg den dag, modtageren senest skal have sagen: i dag eller senere.');
  }

  private note(
    entities: EntityManager,
    { id, authorityId, requestId }: AppealFile,
    staffId: string,
    action: string,
    reason: string,
    details: Record<string, string | number | null> = {},
  ): Promise<void> {
    const actor = { kind: 'staff' as const, id: staffId };
    const subject = { kind: 'appeal_file', id };
    return this.audit.write(entities, authorityId, { actor, action, subject, requestId, reason, details });
  }
}

/** Only what the certificate has can be opened: passages and withheld documents of this request. */
async function certifiedOf(entities: EntityManager, requestId: string, asked: string[]): Promise<string[]> {
  if (asked.length === 0) return [];
  const rows: { id: string }[] = await entities.query(
    `select r.id from redaction r join file f on f.id = r.file_id join document d on d.id = f.document_id
       join records_case c on c.id = d.records_case_id
       where r.request_id = $1 and r.decision = 'remove' and d.outcome in ('full', 'partial') and c.existence <> 'protected'
         and r.id = any($2)
     union all select d.id from document d join records_case c on c.id = d.records_case_id
       where d.request_id = $1 and d.outcome = 'withheld' and c.existence <> 'protected' and d.id = any($2)
     order by 1`,
    [requestId, asked],
  );
  if (rows.length === 0) throw new Refusal('nothing-chosen', 'De valgte steder findes ikke i svaret. Vælg igen.');
  return rows.map(({ id }) => id);
}

/** Files of a request, the newest first, with who has fetched each. */
export async function appealFilesOf(entities: EntityManager, requestId: string) {
  const files = await entities.find(AppealFile, { where: { requestId }, order: { orderedAt: 'DESC', id: 'ASC' } });
  const downloads = await entities.find(AppealFileDownload, {
    where: { appealFileId: In(files.map(({ id }) => id)) },
    order: { downloadedAt: 'ASC' },
  });
  return files.map((file) => ({ file, downloads: downloads.filter(({ appealFileId }) => appealFileId === file.id) }));
}
