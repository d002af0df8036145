import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { AuditLog, THE_SYSTEM } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Authority } from '../../platform/database/authority.entity';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { KEYS_FORMAT, type PublishedKeys } from './certificate';
import { newKeyPair, type KeyPair } from './signature';
import { SigningKey } from './signing-key.entity';

const COLUMN = 'signing_key.private';

/** The keys that sign an authority's certificates: one in use, the earlier ones kept to check with. */
@Injectable()
export class SigningKeys {
  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The key in use; the first is made when it is first needed. */
  current(authorityId: string): Promise<KeyPair> {
    return this.database.inAuthority(authorityId, async (entities) => {
      const row = (await inUse(entities)) ?? (await this.first(entities, authorityId));
      const keys = await this.keyRing.of(authorityId);
      const privateKey = Buffer.from(keys.unseal(COLUMN, row.privateSealed as Buffer), 'hex');
      return { keyId: row.keyId, publicKey: row.publicKey, privateKey };
    });
  }

  /** Retires the key in use, throws its private half away, and makes another. Old certificates can still be checked. */
  rotate(authorityId: string): Promise<SigningKey> {
    return this.database.inAuthority(authorityId, async (entities) => {
      await lock(entities, authorityId);
      const retired = await inUse(entities);
      const now = this.clock.now();
      if (retired) await entities.update(SigningKey, { id: retired.id }, { validTo: now, privateSealed: null });
      return this.add(entities, authorityId, now);
    });
  }

  /** What the authority publishes for everybody to compare with. */
  published(authorityId: string): Promise<PublishedKeys> {
    return this.database.inAuthority(authorityId, async (entities) => {
      const { cvr, name } = await entities.findOneByOrFail(Authority, { id: authorityId });
      const rows = await entities.find(SigningKey, { order: { validFrom: 'ASC' } });
      const keys = rows.map(({ keyId, publicKey, validFrom, validTo }) => ({
        keyId,
        publicKey: publicKey.toString('hex'),
        validFrom: validFrom.toISOString(),
        validTo: validTo?.toISOString() ?? null,
      }));
      return { format: KEYS_FORMAT, authority: { cvr, name }, keys };
    });
  }

  /** Two that need the first key at once get the same one. */
  private async first(entities: EntityManager, authorityId: string): Promise<SigningKey> {
    await lock(entities, authorityId);
    return (await inUse(entities)) ?? (await this.add(entities, authorityId, this.clock.now()));
  }

  private async add(entities: EntityManager, authorityId: string, validFrom: Date): Promise<SigningKey> {
    const { keyId, publicKey, privateKey } = newKeyPair();
    const keys = await this.keyRing.of(authorityId);
    const privateSealed = keys.seal(COLUMN, privateKey.toString('hex'));
    const row = await entities.save(
      entities.create(SigningKey, { authorityId, keyId, publicKey, privateSealed, validFrom, validTo: null }),
    );
    await this.audit.write(entities, authorityId, {
      actor: THE_SYSTEM,
      action: 'certificate.key',
      subject: { kind: 'signing_key', id: row.id },
      reason: 'A key to sign certificates was made.',
      details: { keyId },
    });
    return row;
  }
}

function inUse(entities: EntityManager): Promise<SigningKey | null> {
  return entities.findOneBy(SigningKey, { validTo: IsNull() });
}

async function lock(entities: EntityManager, authorityId: string): Promise<void> {
  await entities.query(`select pg_advisory_xact_lock(hashtextextended('signing-key:' || $1, 0))`, [authorityId]);
}
