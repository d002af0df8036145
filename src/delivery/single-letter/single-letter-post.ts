import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { MemoMessage, SendOutcome } from '../../contracts';
import { checkMemo, writeMemo } from '../../digital-post';
import { THE_SYSTEM, type AuditedAct } from '../../platform/audit-log/audit-log';
import { Database } from '../../platform/database/database';
import { RetryLater } from '../../platform/queue/job-definition';
import { Vault } from '../../platform/vault/vault';
import { GATEWAY, type Gateway } from '../gateway';
import type { SingleLetterColumns } from './single-letter-columns';

/** Tables of letters that leave alone, each in one message. They share the columns that are used here. */
export type LetterTable = 'late_notice' | 'incident_letter';

export type SingleLetter = Pick<
  SingleLetterColumns,
  'id' | 'authorityId' | 'requestId' | 'messageUuid' | 'attempts' | 'contentKey'
>;

export type Settled = { state: 'not_registered' } | Exclude<SendOutcome, { state: 'unknown' }>;

const AFTER_UNKNOWN_MS = 5000;

/** Sends a letter that is a whole message: the bytes are stored first and are the same at every attempt. */
@Injectable()
export class SingleLetterPost {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    @Inject(GATEWAY) private readonly gateway: Gateway,
  ) {}

  /**
   * Letter and message are written once; of two runs the first one stands. The message's address in the vault comes back.
   * @throws UnrecoverableError when Digital Post would refuse the message
   */
  async store(table: LetterTable, letter: SingleLetter, pdf: Uint8Array, message: MemoMessage): Promise<string> {
    const { id, authorityId } = letter;
    const kept = await this.vault.put(authorityId, pdf);
    const stream = new PassThrough();
    const [memo, written] = await Promise.all([this.vault.put(authorityId, stream), writeMemo(message, stream)]);
    await this.requireAcceptable(table, letter, memo.address);
    return this.database.inAuthority(authorityId, async (entities) => {
      await entities.query(
        `update ${table} set letter_key = $2, letter_sha256 = $3, letter_size = $4, content_key = $5, content_sha256 = $6,
           content_size = $7, state = 'prepared' where id = $1 and content_key is null`,
        [
          ...[id, kept.address, createHash('sha256').update(pdf).digest('hex'), kept.size],
          ...[memo.address, written.sha256, String(written.bytes)],
        ],
      );
      const [row]: { content_key: string }[] = await entities.query(`select content_key from ${table} where id = $1`, [
        id,
      ]);
      return row.content_key;
    });
  }

  /**
   * One attempt with what is stored.
   * @param postbox CPR or CVR number
   * @throws RetryLater when the end of the attempt is not known: the same bytes are to be sent again
   */
  async send(
    table: LetterTable,
    letter: SingleLetter,
    contentKey: string,
    postbox: string,
    signal: AbortSignal,
  ): Promise<Settled> {
    const { id, authorityId, attempts, messageUuid } = letter;
    if (attempts === 0) {
      const registration = await this.gateway.registration(postbox, signal);
      if (registration !== 'registered') return { state: 'not_registered' };
    }
    await this.database.inAuthority(authorityId, (entities) =>
      entities.query(`update ${table} set attempts = attempts + 1 where id = $1`, [id]),
    );
    const memo = await this.vault.readBytes(
      authorityId,
      contentKey,
      reading(table, letter, 'The stored message is sent.'),
    );
    const outcome = await this.gateway.send(messageUuid, memo, signal);
    // After an attempt whose end is unknown, a refusal does not prove that the first message was not taken in.
    if (outcome.state === 'accepted' || (outcome.state === 'refused' && attempts === 0)) return outcome;
    await this.database.inAuthority(authorityId, (entities) =>
      entities.query(
        `update ${table} set state = 'unknown', error_text = $2 where id = $1 and state in ('prepared', 'unknown')`,
        [id, outcome.message],
      ),
    );
    throw new RetryLater(outcome.message, ('retryAfterMs' in outcome && outcome.retryAfterMs) || AFTER_UNKNOWN_MS);
  }

  private async requireAcceptable(table: LetterTable, letter: SingleLetter, address: string): Promise<void> {
    const act = reading(table, letter, 'The message is checked before it is sent.');
    const memo = await this.vault.readBytes(letter.authorityId, address, act);
    const { errors } = await checkMemo(memo, { profile: 'sender' });
    if (errors.length === 0) return;
    throw new UnrecoverableError(`Digital Post would refuse it: ${errors.map((fault) => fault.message).join(' ')}`);
  }
}

function reading(kind: LetterTable, { id, requestId }: SingleLetter, reason: string): AuditedAct {
  return { actor: THE_SYSTEM, action: 'vault.read', subject: { kind, id }, requestId, reason };
}
