import { AuditLog, THE_SYSTEM } from '../../src/platform/audit-log/audit-log';
import { ROOT_FORMAT, type ExportedRoot } from '../../src/platform/audit-log/exported-root';
import { CHAIN_START, link } from '../../src/platform/audit-log/seal';
import { AuditSealer } from '../../src/platform/audit-log/sealer';
import { verifyChain, type ChainVerdict } from '../../src/platform/audit-log/verify-chain';
import { Clock } from '../../src/platform/clock';
import { Database } from '../../src/platform/database/database';
import { KeyFile } from '../../src/platform/keys/key-file';
import { platformApp, type PlatformApp } from '../support/platform-app';

describe('the audit log shows what was done to it', () => {
  let platform: PlatformApp;
  beforeAll(async () => {
    platform = await platformApp();
  });
  beforeEach(async () => {
    await tamper('truncate audit_seal, audit_entry');
    await write(5);
    await platform.app.get(AuditSealer).seal(platform.authorityId);
  });
  afterAll(() => platform.close());

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
  const verify = async (roots: ExportedRoot[] = []): Promise<ChainVerdict> => {
    const { key } = await KeyFile.open(platform.settings.AUDIT_KEY_FILE);
    return platform.app
      .get(Database)
      .inAuthority(platform.authorityId, (entities) => verifyChain(entities, platform.authorityId, key, roots));
  };
  /** As superuser, with every trigger and foreign key asleep. */
  const tamper = (statement: string) =>
    platform.database.asSuperuser((client) => client.query(`set session_replication_role = replica; ${statement}`));
  const rootNow = async (): Promise<ExportedRoot> => {
    const { sealed, root } = await verify();
    const authority = { id: platform.authorityId, cvr: '11223344', name: 'Solby Kommune' };
    return {
      format: ROOT_FORMAT,
      authority,
      day: '2026-11-22',
      seq: sealed,
      root,
      drawnAt: '2026-11-22T10:00:00.000Z',
    };
  };

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

  it('walks on over what is sealed meanwhile', async () => {
    const { key } = await KeyFile.open(platform.settings.AUDIT_KEY_FILE);
    let isSealed = false;
    const verdict = await platform.app.get(Database).inAuthority(platform.authorityId, (entities) => {
      const query = async (...asked: Parameters<typeof entities.query>): Promise<unknown> => {
        const rows: unknown = await entities.query(...asked);
        if (!isSealed) {
          isSealed = true;
          await write(2);
          await platform.app.get(AuditSealer).seal(platform.authorityId);
        }
        return rows;
      };
      return verifyChain({ query } as unknown as typeof entities, platform.authorityId, key);
    });
    expect(verdict).toMatchObject({ isWhole: true, sealed: 7 });
  });

  it('finds a gap that is longer than what is read at once', async () => {
    await tamper('update audit_seal set seq = seq + 50000 where seq > 2');
    expect((await verify()).fault).toBe('Seal 3 is missing: the chain goes on with seal 50003.');
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

  it.each([
    ['at', `at - interval '1 microsecond'`],
    ['actor_kind', `'citizen'`],
    ['actor_id', `gen_random_uuid()`],
    ['action', `'other'`],
    ['subject_kind', `'other'`],
    ['subject_id', `null`],
    ['request_id', `gen_random_uuid()`],
    ['reason', `reason || ' '`],
    ['details', `'{"number": 4}'`],
  ])('names an entry whose %s was changed', async (column, value) => {
    await tamper(`update audit_entry set ${column} = ${value} where subject_id = '3'`);
    expect((await verify()).fault).toMatch(/^Entry \d+ \(seal 3\) was changed/);
  });

  it('names an entry that was removed', async () => {
    await tamper(`delete from audit_entry where subject_id = '2'`);
    expect((await verify()).fault).toMatch(/^Entry \d+ \(seal 2\) was removed\.$/);
  });

  it('finds a seal that was set back in time', async () => {
    await tamper(`update audit_seal set sealed_at = sealed_at - interval '1 millisecond' where seq = 4`);
    expect((await verify()).fault).toMatch(/Seal 4 .* does not follow/);
  });

  it('finds an entry that was added with a seal of its own', async () => {
    await tamper(
      `with added as (insert into audit_entry (authority_id, at, actor_kind, action, subject_kind, reason)
         select authority_id, at, actor_kind, action, subject_kind, 'added' from audit_entry where subject_id = '5' returning id, authority_id)
       insert into audit_seal (authority_id, seq, entry_id, entry_hash, mac, sealed_at)
       select a.authority_id, 6, a.id, s.entry_hash, s.mac, s.sealed_at from added a, audit_seal s where s.seq = 5`,
    );
    expect((await verify()).fault).toMatch(/^Entry \d+ \(seal 6\) was changed/);
  });

  it('doubts an entry that was added later and dated back', async () => {
    await tamper(
      `insert into audit_entry (authority_id, at, actor_kind, action, subject_kind, reason)
       select authority_id, at - interval '2 hours', actor_kind, action, subject_kind, 'added' from audit_entry where subject_id = '5'`,
    );
    await platform.app.get(AuditSealer).seal(platform.authorityId);
    const { isWhole, doubts } = await verify();
    expect(isWhole).toBe(true);
    expect(doubts).toEqual([
      expect.stringMatching(/^Entry \d+ \(seal 6\) says it was written more than an hour before/),
    ]);
  });

  it('finds a tail that was cut off after the last exported root, and only with that root', async () => {
    const root = await rootNow();
    await tamper(
      'delete from audit_seal where seq > 3; delete from audit_entry where id not in (select entry_id from audit_seal)',
    );
    expect(await verify()).toMatchObject({ isWhole: true, sealed: 3 });
    expect((await verify([root])).fault).toBe(
      'The log was cut: 5 entries were sealed when the root of 2026-11-22 was exported, now there are 3. Entries from seal 4 on are gone.',
    );
  });

  it('fits the roots that were exported while it grew', async () => {
    const first = await rootNow();
    await write(2);
    await platform.app.get(AuditSealer).seal(platform.authorityId);
    const second = await rootNow();
    expect(await verify([second, first, first])).toMatchObject({ isWhole: true, rootsThatFit: 3, sealed: 7 });
  });

  it('finds a log that was written anew by one who holds the key', async () => {
    const root = await rootNow();
    await tamper(`delete from audit_seal; update audit_entry set reason = 'harmless' where subject_id = '3'`);
    await platform.app.get(AuditSealer).seal(platform.authorityId);
    expect(await verify()).toMatchObject({ isWhole: true, sealed: 5 });
    expect((await verify([root])).fault).toBe(
      'Seal 5 is not the one that was exported on 2026-11-22: the log was written anew.',
    );
  });

  it('still follows from seals of the first form, which did not cover the moment of sealing', async () => {
    const { key } = await KeyFile.open(platform.settings.AUDIT_KEY_FILE);
    const rows = await platform.database.asSuperuser(async (client) => {
      const { rows: seals } = await client.query('select seq, entry_hash from audit_seal order by seq');
      let previous: Buffer = CHAIN_START;
      for (const { seq, entry_hash: entryHash } of seals) {
        const authorityId = platform.authorityId;
        previous = link(key, previous, { authorityId, seq: Number(seq), entryHash, form: 1, sealedAt: '' });
        await client.query('update audit_seal set form = 1, mac = $2 where seq = $1', [seq, previous]);
      }
      return seals;
    });
    await write(1);
    await platform.app.get(AuditSealer).seal(platform.authorityId);
    expect(rows).toHaveLength(5);
    expect(await verify()).toMatchObject({ isWhole: true, sealed: 6 });
  });

  it('seals an entry whose transaction was longer than thousands of others', async () => {
    const { app, authorityId } = platform;
    const sealer = app.get(AuditSealer);
    let end = (): void => undefined;
    const ended = new Promise<void>((done) => (end = done));
    let begun = (): void => undefined;
    const written = new Promise<void>((done) => (begun = done));
    const long = app.get(Database).inAuthority(authorityId, async (entities) => {
      await app
        .get(AuditLog)
        .write(entities, authorityId, { actor: THE_SYSTEM, action: 'long', subject: { kind: 'test' }, reason: 'long' });
      begun();
      await ended;
    });
    await written;
    await tamper(
      `insert into audit_entry (authority_id, at, actor_kind, action, subject_kind, reason)
       select '${authorityId}', now(), 'system', 'many', 'test', 'many' from generate_series(1, 12000)`,
    );
    await sealer.seal(authorityId);
    end();
    await long;
    // A program that starts looks at everything once.
    await new AuditSealer(app.get(Database), platform.settings, app.get(Clock)).seal(authorityId);
    expect(await verify()).toMatchObject({ isWhole: true, unsealed: 0, sealed: 12_006 });
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
