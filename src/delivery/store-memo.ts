import { PassThrough } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import { Decision } from '../decisions/decision.entity';
import { checkMemo, writeMemo } from '../digital-post';
import { RemovedTerms } from '../redaction/removed-terms';
import { verifyOutgoing } from '../pdf';
import { Database } from '../platform/database/database';
import { Vault } from '../platform/vault/vault';
import { ComposeMemo } from './compose-memo';
import { Delivery } from './delivery.entity';

/** Writes the message once, checks it, and stores it before anything is sent. */
@Injectable()
export class StoreMemo {
  constructor(
    private readonly database: Database,
    private readonly composeMemo: ComposeMemo,
    private readonly terms: RemovedTerms,
    private readonly vault: Vault,
  ) {}

  async of(delivery: Delivery): Promise<{ memoKey: string }> {
    if (delivery.memoKey) return { memoKey: delivery.memoKey };
    const message = await this.composeMemo.of(delivery);
    await this.requireCleanHeader(delivery, [
      message.label,
      message.notification ?? '',
      ...[message.mainDocument, ...message.additionalDocuments].flatMap((each) => [
        each.label,
        ...each.files.map((file) => file.fileName),
      ]),
    ]);
    const stream = new PassThrough();
    const [stored, written] = await Promise.all([
      this.vault.put(delivery.authorityId, stream),
      writeMemo(message, stream),
    ]);
    const memo = await this.vault.readBytes(delivery.authorityId, stored.address, {
      actor: { kind: 'system' },
      action: 'vault.read',
      subject: { kind: 'delivery', id: delivery.id },
      requestId: delivery.requestId,
      reason: 'The message is checked before it is sent.',
    });
    const { errors } = await checkMemo(memo, { profile: 'sender' });
    if (errors.length > 0)
      throw new UnrecoverableError(
        `The message would be refused by Digital Post: ${errors.map((fault) => fault.message).join(' ')}`,
      );
    return this.database.inAuthority(delivery.authorityId, async (entities) => {
      // Another run may have stored it first: the first one stands.
      await entities.query(
        `update delivery set memo_key = $2, memo_sha256 = $3, memo_size = $4, state = 'prepared' where id = $1 and memo_key is null`,
        [delivery.id, stored.address, written.sha256, String(written.bytes)],
      );
      const row = await entities.findOneByOrFail(Delivery, { id: delivery.id });
      return { memoKey: row.memoKey as string };
    });
  }

  /** What stands on the outside of the message is read before the login. */
  private async requireCleanHeader(delivery: Delivery, texts: string[]): Promise<void> {
    const { round } = await this.database.inAuthority(delivery.authorityId, (entities) =>
      entities.findOneByOrFail(Decision, { id: delivery.decisionId }),
    );
    const { inTexts } = await this.terms.of(delivery.authorityId, delivery.requestId, round);
    const content = texts.join('\n');
    const { verdict } = await verifyOutgoing({ name: '', mediaType: 'text/plain', content }, inTexts);
    if (verdict !== 'pass')
      throw new UnrecoverableError(
        'The header of the message holds something that was removed from the documents. Nothing was sent.',
      );
  }
}
