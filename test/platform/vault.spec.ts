import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { THE_SYSTEM, type AuditedAct } from '../../src/platform/audit-log/audit-log';
import { Database } from '../../src/platform/database/database';
import { Vault } from '../../src/platform/vault/vault';
import { platformApp, type PlatformApp } from '../support/platform-app';

const ACT: AuditedAct = {
  actor: THE_SYSTEM,
  action: 'vault.read',
  subject: { kind: 'file', id: 'f' },
  reason: 'A test reads it.',
};
const MIB = 1024 * 1024;

describe('the vault', () => {
  let platform: PlatformApp;
  let vault: Vault;
  beforeAll(async () => {
    platform = await platformApp();
    vault = platform.app.get(Vault);
  });
  afterAll(() => platform.close());

  const pathOf = (address: string) =>
    join(platform.settings.VAULT_FOLDER, platform.authorityId, address.slice(0, 2), address);

  it.each([0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 17])('gives back %i bytes as they were', async (size) => {
    const content = randomBytes(size);
    const stored = await vault.put(platform.authorityId, content);
    expect(stored.size).toBe(size);
    expect((await vault.readBytes(platform.authorityId, stored.address, ACT)).equals(content)).toBe(true);
  });

  it('stores the same bytes once and counts who holds them', async () => {
    const content = randomBytes(1000);
    const [first, second] = [
      await vault.put(platform.authorityId, content),
      await vault.put(platform.authorityId, content),
    ];
    expect(second.address).toBe(first.address);
    const rows = await platform.app
      .get(Database)
      .inAuthority(platform.authorityId, (entities) =>
        entities.query('select refs from vault_object where address = $1', [first.address]),
      );
    expect(rows).toEqual([{ refs: 2 }]);
  });

  it('gives the same bytes another address at another authority', async () => {
    const content = randomBytes(100);
    const own = await vault.put(platform.authorityId, content);
    const other = await vault.put(platform.otherAuthorityId, content);
    expect(other.address).not.toBe(own.address);
    await expect(vault.readBytes(platform.otherAuthorityId, own.address, ACT)).rejects.toThrow('holds nothing');
  });

  it('leaves nothing readable on the disk', async () => {
    const stored = await vault.put(platform.authorityId, Buffer.from('Mette Hansen 120388-1234'.repeat(10)));
    expect((await readFile(pathOf(stored.address))).includes('Mette')).toBe(false);
  });

  it.each([
    [
      'a changed byte',
      (sealed: Buffer) => {
        sealed[100] ^= 1;
        return sealed;
      },
    ],
    ['a cut tail', (sealed: Buffer) => sealed.subarray(0, MIB + 16)],
    [
      'segments that changed places',
      (sealed: Buffer) =>
        Buffer.concat([
          sealed.subarray(MIB + 16, 2 * (MIB + 16)),
          sealed.subarray(0, MIB + 16),
          sealed.subarray(2 * (MIB + 16)),
        ]),
    ],
  ])('refuses %s', async (_what, change) => {
    const stored = await vault.put(platform.authorityId, randomBytes(2 * MIB + 500));
    await writeFile(pathOf(stored.address), change(await readFile(pathOf(stored.address))));
    await expect(vault.readBytes(platform.authorityId, stored.address, ACT)).rejects.toThrow();
  });

  it('writes every read into the audit log', async () => {
    const stored = await vault.put(platform.authorityId, Buffer.from('x'));
    await vault.readBytes(platform.authorityId, stored.address, { ...ACT, reason: 'This very read.' });
    const rows = await platform.app
      .get(Database)
      .inAuthority(platform.authorityId, (entities) =>
        entities.query(`select action from audit_entry where reason = 'This very read.'`),
      );
    expect(rows).toEqual([{ action: 'vault.read' }]);
  });
});
