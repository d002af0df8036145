import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PageText, SpanType } from '../../contracts';
import { readingOf } from '../../gathering/file-reading';
import { FileRow } from '../../gathering/file.entity';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import { DocumentRow } from '../../gathering/document.entity';
import { fits } from '../../law';
import type { Actor } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Vault } from '../../platform/vault/vault';
import { Refusal } from '../../requests/refusal';
import type { AccessRequest } from '../../requests/request.entity';
import { boxesOfSpan } from '../boxes-of-span';
import { Proposal } from '../proposal.entity';
import type { ProposalText } from '../proposals-of-file';
import { proposedGround } from '../proposed-ground';
import { Review } from '../review';
import { ReviewDesk } from '../review-desk';
import { CheckFinding, type FindingText } from './check-finding.entity';
import type { SeenAt } from './consistency';
import { removeFromTitle } from './title-words';

const SHORTEST_REASON = 10;
const WHY = 'Samme oplysning er fjernet et andet sted i anmodningen.';

/** What a caseworker decides on a text that goes in one place and is seen in another. */
@Injectable()
export class SettleFindings {
  constructor(
    private readonly desk: ReviewDesk,
    private readonly review: Review,
    private readonly vault: Vault,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Takes the text away there too, in every place of the finding. */
  async removeThereToo(entities: EntityManager, requestId: string, findingId: string, staffId: string): Promise<void> {
    const { request, finding } = await this.open(entities, requestId, findingId);
    if (finding.earlierRequestId !== null)
      throw new Refusal(
        'already-delivered',
        'Borgeren har allerede fået oplysningen i et tidligere svar. Behold fjernelsen med en begrundelse, eller lad oplysningen blive stående her.',
      );
    await this.fromTitles(entities, request, finding, staffId);
    const pages = finding.places.filter(({ fileId }) => fileId !== null);
    if (pages.length > 0) {
      const ids = await this.proposalsAt(entities, finding, pages, staffId);
      await this.review.decide(entities, requestId, ids, staffId, {
        decision: 'remove',
        groundId: await this.groundFor(entities, finding),
      });
    }
    await this.settle(entities, request, finding, staffId, 'removed');
  }

  /** The text stays, and a person says why. */
  async keepThere(
    entities: EntityManager,
    requestId: string,
    findingId: string,
    staffId: string,
    reason: string,
  ): Promise<void> {
    const { request, finding } = await this.open(entities, requestId, findingId);
    if (reason.trim().length < SHORTEST_REASON)
      throw new Refusal(
        'reason-missing',
        'Skriv, hvorfor oplysningen skal blive stående, selv om den er fjernet et andet sted.',
      );
    const pages = finding.places.filter(({ fileId, kind }) => fileId !== null && kind !== 'earlier');
    if (pages.length > 0) {
      const ids = await this.proposalsAt(entities, finding, pages, staffId);
      await this.review.decide(entities, requestId, ids, staffId, { decision: 'keep' });
    }
    await this.settle(entities, request, finding, staffId, 'kept', reason.trim());
  }

  private async open(entities: EntityManager, requestId: string, findingId: string) {
    const request = await this.desk.inReview(entities, requestId);
    const finding = await entities.findOneBy(CheckFinding, { id: findingId, requestId });
    if (!finding)
      throw new Refusal('finding-gone', 'Fundet er der ikke længere. Opdater siden, og se, hvad der er tilbage.');
    return { request, finding };
  }

  private async settle(
    entities: EntityManager,
    request: AccessRequest,
    { id }: CheckFinding,
    staffId: string,
    state: 'removed' | 'kept',
    reason?: string,
  ): Promise<void> {
    const keys = await this.keyRing.of(request.authorityId);
    const reasonSealed = reason === undefined ? null : keys.seal('check_finding.reason', reason);
    await entities.update(
      CheckFinding,
      { id },
      { state, reasonSealed, settledBy: staffId, settledAt: this.clock.now() },
    );
    const sentence =
      state === 'kept'
        ? 'A caseworker kept a text that is removed elsewhere, with a reason.'
        : 'A caseworker removed a text in the other places too.';
    await this.desk.note(entities, request, staffId, `check.${state}`, sentence, 1);
  }

  private async fromTitles(
    entities: EntityManager,
    request: AccessRequest,
    finding: CheckFinding,
    staffId: string,
  ): Promise<void> {
    const isInTitle = finding.places.some(({ kind }) => kind === 'title' || kind === 'case-title');
    const titleOf = finding.documentId ?? finding.recordsCaseId;
    if (!isInTitle || titleOf === null) return;
    const { authorityId, id: requestId } = request;
    const { text } = await this.textOf(entities, request, finding, staffId);
    await removeFromTitle(entities, await this.keyRing.of(authorityId), { authorityId, requestId, titleOf }, text);
  }

  private async textOf(
    entities: EntityManager,
    request: AccessRequest,
    { id }: CheckFinding,
    staffId: string,
  ): Promise<FindingText> {
    const [{ texts_key: key }]: { texts_key: string }[] = await entities.query(
      'select texts_key from check_run where request_id = $1',
      [request.id],
    );
    const texts = await this.vault.readJson<Record<string, FindingText>>(request.authorityId, key, {
      actor: { kind: 'staff', id: staffId },
      action: 'vault.read',
      subject: { kind: 'request', id: request.id },
      requestId: request.id,
      reason: 'A finding of the check across documents is settled.',
    });
    return texts[id];
  }

  /** The proposals in these places; where nothing was proposed, one is made, so that a decision has its words. */
  private async proposalsAt(
    entities: EntityManager,
    finding: CheckFinding,
    places: SeenAt[],
    staffId: string,
  ): Promise<string[]> {
    const known = places.flatMap(({ proposalId }) => (proposalId === null ? [] : [proposalId]));
    const bare = places.filter(({ proposalId }) => proposalId === null);
    const added: string[] = [];
    for (const fileId of new Set(bare.map((place) => place.fileId as string))) {
      const file = await entities.findOneByOrFail(FileRow, { id: fileId, requestId: finding.requestId });
      const here = bare.filter((place) => place.fileId === fileId);
      added.push(...(await this.propose(entities, file, finding, here, { kind: 'staff', id: staffId })));
    }
    return [...new Set([...known, ...added])];
  }

  private async propose(
    entities: EntityManager,
    file: FileRow,
    { type, role }: CheckFinding,
    places: SeenAt[],
    actor: Actor,
  ): Promise<string[]> {
    const pages = await this.read<PageText[]>(file, file.wordsKey as string, actor);
    const texts = file.proposalsKey
      ? await this.read<Record<string, ProposalText>>(file, file.proposalsKey, actor)
      : {};
    const rows = places.map(({ page, start, end }) => ({
      id: randomUUID(),
      authorityId: file.authorityId,
      requestId: file.requestId,
      fileId: file.id,
      page: page as number,
      spanStart: start,
      spanEnd: end,
      boxes: boxesOfSpan(pages[page as number], start, end),
      type: type as SpanType,
      partyKey: null,
      role,
      redact: true,
      confidence: 1,
      foundKey: null,
      foundRedact: true,
    }));
    for (const { id, page, spanStart, spanEnd } of rows)
      texts[id] = { text: pages[page].text.slice(spanStart, spanEnd), reason: WHY };
    const stored = await this.vault.putJson(file.authorityId, texts);
    await entities.update(FileRow, { id: file.id }, { proposalsKey: stored.address });
    await entities.insert(Proposal, rows);
    return rows.map(({ id }) => id);
  }

  /** The ground of the passage that goes, when it fits the other case too. */
  private async groundFor(entities: EntityManager, finding: CheckFinding): Promise<string | undefined> {
    if (finding.documentId === null || finding.groundId === null) return undefined;
    const document = await entities.findOneByOrFail(DocumentRow, { id: finding.documentId });
    const { basis } = await entities.findOneByOrFail(RecordsCaseRow, { id: document.recordsCaseId });
    return fits(finding.groundId, basis) ? finding.groundId : (proposedGround(basis, finding.role) ?? undefined);
  }

  private read<T>(file: FileRow, key: string, actor: Actor): Promise<T> {
    return this.vault.readJson<T>(
      file.authorityId,
      key,
      readingOf(file, 'A finding of the check across documents is settled.', actor),
    );
  }
}
