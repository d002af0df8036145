import { AuditLog, THE_SYSTEM } from '../../src/platform/audit-log/audit-log';
import { AuditSealer } from '../../src/platform/audit-log/sealer';
import { verifyChain, type ChainVerdict } from '../../src/platform/audit-log/verify-chain';
import { Database } from '../../src/platform/database/database';
import { KeyFile } from '../../src/platform/keys/key-file';
import { platformApp, type PlatformApp } from '../support/platform-app';

describe('the audit log shows what was done to it', () => {
  let platform: PlatformApp;
  beforeEach(async () => {
    platform = await platformApp();
    await write(5);
    await platform.app.get(AuditSealer).seal(platform.authorityId);
  });
  afterEach(() => platform.close());

  const write = (count: number) =>
    platform.app.get(Database).inAuthority(platform.authorityId, async (entities) => {
      for (let number = 1; number <= count; number += 1) {
        await platform.app.get(AuditLog).write(entities, platform.authorityId, {
          actor: THE_SYSTEM,
          action: 'test',
          subject: { kind: 'test', id: String(number) },
          reason: `Reason ${number}`,
          details: { number },
        });
      }
    });
  const verify = async (): Promise<ChainVerdict> => {
    const { key } = await KeyFile.open(platform.settings.AUDIT_KEY_FILE);
    return platform.app
      .get(Database)
      .inAuthority(platform.authorityId, (entities) => verifyChain(entities, platform.authorityId, key));
  };
  const tamper = (statement: string) => platform.database.asSuperuser((client) => client.query(statement));

  it('is whole when nobody touched it', async () => {
    expect(await verify()).toMatchObject({ isWhole: true, sealed: 5, unsealed: 0, fault: undefined });
  });

  it('counts what is not sealed yet and chains it at the next turn', async () => {
    await write(2);
    expect(await verify()).toMatchObject({ isWhole: true, sealed: 5, unsealed: 2 });
    await platform.app.get(AuditSealer).seal(platform.authorityId);
    expect(await verify()).toMatchObject({ isWhole: true, sealed: 7, unsealed: 0 });
  });

  it('names an entry that was changed', async () => {
    await tamper(`update audit_entry set reason = 'another' where subject_id = '3'`);
    expect((await verify()).fault).toMatch(/^Entry \d+ \(seal 3\) was changed/);
  });

  it('names a seal that was removed with its entry', async () => {
    await tamper('delete from audit_seal where seq = 2');
    expect((await verify()).fault).toMatch(/Seal 2 is missing/);
  });

  it('finds two entries that changed places', async () => {
    await tamper(
      'update audit_seal set seq = 1002 where seq = 2; update audit_seal set seq = 2 where seq = 3; update audit_seal set seq = 3 where seq = 1002',
    );
    expect((await verify()).isWhole).toBe(false);
  });

  it('finds a chain that was computed anew without the key', async () => {
    await tamper(`update audit_seal set mac = sha256(entry_hash) where seq = 5`);
    expect((await verify()).fault).toMatch(/Seal 5 .* does not follow/);
  });

  it('rolls back with the act that it tells of', async () => {
    const failing = platform.app.get(Database).inAuthority(platform.authorityId, async (entities) => {
      await platform.app.get(AuditLog).write(entities, platform.authorityId, {
        actor: THE_SYSTEM,
        action: 'never',
        subject: { kind: 'test' },
        reason: 'x',
      });
      throw new Error('the act failed');
    });
    await expect(failing).rejects.toThrow('the act failed');
    expect(await verify()).toMatchObject({ isWhole: true, unsealed: 0 });
  });
});
