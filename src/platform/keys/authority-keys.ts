import { createHmac, hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Authority } from '../database/authority.entity';
import { Database } from '../database/database';
import { Settings } from '../settings';
import { KeyFile } from './key-file';
import { sealBytes, unsealBytes } from './sealed-bytes';

/** One authority's keys, each derived for one use. Nothing is shared between authorities. */
export class AuthorityKeys {
  private readonly columnKey: Buffer;
  private readonly identityKey: Buffer;
  private readonly saltKey: Buffer;
  readonly vaultAddressKey: Buffer;
  readonly vaultWrapKey: Buffer;

  constructor(authorityKey: Buffer) {
    const derive = (use: string) => Buffer.from(hkdfSync('sha256', authorityKey, Buffer.alloc(0), use, 32));
    this.columnKey = derive('column');
    this.identityKey = derive('identity');
    this.saltKey = derive('commitment-salt');
    this.vaultAddressKey = derive('vault-address');
    this.vaultWrapKey = derive('vault-wrap');
  }

  /** Encrypts a text for a column; `column` is `table.column`. */
  seal(column: string, text: string): Buffer {
    return sealBytes(this.columnKey, Buffer.from(text, 'utf8'), column);
  }

  unseal(column: string, sealed: Buffer): string {
    return unsealBytes(this.columnKey, sealed, column).toString('utf8');
  }

  /** A look-up value for a CPR number or another identity, in any spelling. */
  identity(value: string): Buffer {
    return createHmac('sha256', this.identityKey)
      .update(value.replace(/[^0-9A-Za-zÆØÅæøå]/g, '').toUpperCase())
      .digest();
  }

  /** The salt of one commitment, 32 bytes. Told to whoever may see what was committed to; it says nothing of any other. */
  salt(decisionId: string, redactionId: string): Buffer {
    return createHmac('sha256', this.saltKey).update(`${decisionId}:${redactionId}`).digest();
  }
}

/** Opens each authority's keys once and keeps them in memory. */
@Injectable()
export class KeyRing {
  private readonly opened = new Map<string, Promise<AuthorityKeys>>();

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  of(authorityId: string): Promise<AuthorityKeys> {
    const known = this.opened.get(authorityId);
    if (known) return known;
    const opening = this.open(authorityId);
    opening.catch(() => this.opened.delete(authorityId));
    this.opened.set(authorityId, opening);
    return opening;
  }

  private async open(authorityId: string): Promise<AuthorityKeys> {
    const authority = await this.database.inAuthority(authorityId, (entities) =>
      entities.findOneByOrFail(Authority, { id: authorityId }),
    );
    const master = await KeyFile.open(this.settings.MASTER_KEY_FILE);
    return new AuthorityKeys(master.unwrap(authority.wrappedKey));
  }
}
