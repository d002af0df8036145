import { createHash, createHmac } from 'node:crypto';

/** An entry as the database gives it, every value a text, so that two readers hash the same bytes. */
export interface SealableEntry {
  id: string;
  at: string;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  subject_kind: string;
  subject_id: string | null;
  request_id: string | null;
  reason: string;
  details: string;
}

/** The columns of an entry in the order in which they are hashed; the time in microseconds since 1970. */
export const SEALED_COLUMNS = `id::text, (extract(epoch from at) * 1000000)::bigint::text as at, actor_kind, actor_id::text, action,
  subject_kind, subject_id, request_id::text, reason, details::text`;

export function hashEntry(authorityId: string, entry: SealableEntry): Buffer {
  const fields = [
    authorityId,
    entry.id,
    entry.at,
    entry.actor_kind,
    entry.actor_id,
    entry.action,
    entry.subject_kind,
    entry.subject_id,
    entry.request_id,
    entry.reason,
    entry.details,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest();
}

/** One link of the chain. Form 1 did not yet cover the moment of sealing. */
export interface Link {
  authorityId: string;
  seq: number;
  entryHash: Buffer;
  form: 1 | 2;
  /** Microseconds since 1970, as a text. */
  sealedAt: string;
}

/** The next link: keyed, so that whoever can write to the database cannot make a chain that fits. */
export function link(key: Buffer, previous: Buffer, { authorityId, seq, entryHash, form, sealedAt }: Link): Buffer {
  const mac = createHmac('sha256', key).update(previous).update(`${authorityId}:${seq}:`).update(entryHash);
  return (form === 1 ? mac : mac.update(`:${sealedAt}`)).digest();
}

export const SEALED_AT = '(extract(epoch from sealed_at) * 1000000)::bigint::text';

export const CHAIN_START = Buffer.alloc(32);
