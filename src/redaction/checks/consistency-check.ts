import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, THE_SYSTEM } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Vault } from '../../platform/vault/vault';
import { AccessRequest } from '../../requests/request.entity';
import { CheckFinding, type FindingText } from './check-finding.entity';
import { ComparedRequests } from './compared-request';
import { inconsistencies, type Inconsistency, type VisiblePlace } from './consistency';

const AROUND = 60;

/** Compares the documents of a request with one another, and remembers what was settled. */
@Injectable()
export class ConsistencyCheck {
  constructor(
    private readonly compared: ComparedRequests,
    private readonly keyRing: KeyRing,
    private readonly vault: Vault,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Findings as the decisions are now: compares again when something was decided since. The caller's transaction. */
  async upToDate(entities: EntityManager, request: AccessRequest): Promise<CheckFinding[]> {
    const fingerprint = await fingerprintOf(entities, request.id);
    const [run]: { fingerprint: string }[] = await entities.query(
      'select fingerprint from check_run where request_id = $1',
      [request.id],
    );
    if (run?.fingerprint !== fingerprint) await this.compare(entities, request, fingerprint);
    return this.known(entities, request.id);
  }

  known(entities: EntityManager, requestId: string): Promise<CheckFinding[]> {
    return entities.find(CheckFinding, { where: { requestId }, order: { state: 'DESC', id: 'ASC' } });
  }

  private async compare(entities: EntityManager, request: AccessRequest, fingerprint: string): Promise<void> {
    const { removed, places, keptWords } = await this.compared.of(entities, request);
    const found = inconsistencies(removed, places, keptWords);
    const before = new Map((await this.known(entities, request.id)).map((row) => [row.key.toString('hex'), row]));
    const keys = await this.keyRing.of(request.authorityId);
    const texts: Record<string, FindingText> = {};
    const stays = new Set<string>();
    for (const each of found) {
      const isEarlier = each.seenAt[0].kind === 'earlier';
      const key = keys.identity(`${each.termKey}${isEarlier ? 'earlier' : ''}${each.groupId}`);
      const known = before.get(key.toString('hex'));
      const id = known?.id ?? randomUUID();
      stays.add(id);
      texts[id] = { text: each.text, seenIn: lineAround(each, places) };
      await this.store(entities, request, { id, key, each, known });
    }
    const gone = [...before.values()].filter(({ id, state }) => !stays.has(id) && state === 'open');
    if (gone.length > 0)
      await entities.delete(
        CheckFinding,
        gone.map(({ id }) => id),
      );
    const stored = await this.vault.putJson(request.authorityId, texts);
    await entities.query(
      `insert into check_run (request_id, authority_id, fingerprint, texts_key, ran_at) values ($1, $2, $3, $4, $5)
       on conflict (request_id) do update set fingerprint = $3, texts_key = $4, ran_at = $5`,
      [request.id, request.authorityId, fingerprint, stored.address, this.clock.now()],
    );
    await this.audit.write(entities, request.authorityId, {
      actor: THE_SYSTEM,
      action: 'check.consistency',
      subject: { kind: 'request', id: request.id },
      requestId: request.id,
      reason: 'What is removed in one document was compared with all others.',
      details: { count: found.length },
    });
  }

  private async store(
    entities: EntityManager,
    request: AccessRequest,
    { id, key, each, known }: { id: string; key: Buffer; each: Inconsistency; known?: CheckFinding },
  ): Promise<void> {
    const { removedAt, seenAt, groupId } = each;
    const { kind } = seenAt[0];
    const facts = {
      type: removedAt.type,
      removedFileId: removedAt.fileId,
      removedPage: removedAt.page,
      groundId: removedAt.groundId,
      role: removedAt.role,
      places: seenAt,
    };
    if (!known) {
      await entities.insert(CheckFinding, {
        id,
        authorityId: request.authorityId,
        requestId: request.id,
        key,
        documentId: kind === 'earlier' || kind === 'case-title' ? null : groupId,
        recordsCaseId: kind === 'case-title' ? groupId : null,
        earlierRequestId: kind === 'earlier' ? groupId : null,
        state: 'open',
        ...facts,
      });
      return;
    }
    // What was taken out and stands there again, and what was kept and has come to stand in more places, is asked anew.
    const isNew = known.state === 'removed' || (known.state === 'kept' && seenAt.length > known.places.length);
    const again = isNew ? { state: 'open' as const, reasonSealed: null, settledBy: null, settledAt: null } : {};
    await entities.update(CheckFinding, { id }, { ...facts, ...again });
  }
}

/** Changes with every decision on a passage, a document or a title. */
export async function fingerprintOf(entities: EntityManager, requestId: string): Promise<string> {
  const [{ print }]: { print: string }[] = await entities.query(
    `select concat_ws('.',
       (select md5(string_agg(id::text || decision || coalesce(party_key, ''), ',' order by id)) from redaction where request_id = $1),
       (select md5(string_agg(id::text || outcome, ',' order by id)) from document where request_id = $1),
       (select count(*) from title_removal where request_id = $1)) as print`,
    [requestId],
  );
  return print;
}

function lineAround({ groupId, seenAt: [first] }: Inconsistency, places: VisiblePlace[]): string {
  const place = places.find(
    (each) =>
      each.groupId === groupId &&
      each.fileId === first.fileId &&
      each.page === first.page &&
      (each.kind === first.kind || first.kind === 'mail-head'),
  );
  if (!place) return '';
  const from = Math.max(place.text.lastIndexOf('\n', Math.max(0, first.start - 1)) + 1, first.start - AROUND);
  const lineEnd = place.text.indexOf('\n', first.end);
  const to = Math.min(lineEnd === -1 ? place.text.length : lineEnd, first.end + AROUND);
  return place.text.slice(from, to).trim();
}
