import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { AuditLog, THE_SYSTEM } from '../../src/platform/audit-log/audit-log';
import { AuditRoot } from '../../src/platform/audit-log/audit-root.entity';
import { AuditRoots } from '../../src/platform/audit-log/audit-roots';
import { ExportRootProcessor } from '../../src/platform/audit-log/export-root.processor';
import { AuditSealer } from '../../src/platform/audit-log/sealer';
import { Clock } from '../../src/platform/clock';
import { Database } from '../../src/platform/database/database';
import { Mailer } from '../../src/platform/mail/mailer';
import { Outbox } from '../../src/platform/outbox/outbox';
import { OutboxRow } from '../../src/platform/outbox/outbox-row.entity';
import { JobFrame } from '../../src/platform/queue/job-frame';
import { JobRegistry } from '../../src/platform/queue/job-registry';
import { loadSettings, Settings } from '../../src/platform/settings';
import { MailStandIn } from '../../src/sandbox/smtp';
import { missingProgram } from '../support/missing-program';
import { platformApp, SOLBY, type PlatformApp } from '../support/platform-app';
import { timeStampAuthority, type TimeStampAuthority } from '../support/time-stamp-authority';

const DAY = '2026-11-22';
const CLI = join(__dirname, '..', '..', 'dist', 'cli.js');

describe('the root of the audit log', () => {
  let platform: PlatformApp;
  let mail: MailStandIn;
  let folder: string;
  let settings: Settings;
  beforeAll(async () => {
    platform = await platformApp();
    mail = new MailStandIn({ folder: join(platform.folder, 'mail') });
    const { host, port } = await mail.start();
    folder = join(platform.folder, 'roots');
    settings = Object.assign(new Settings(), platform.settings, {
      AUDIT_ROOT_FOLDER: folder,
      AUDIT_ROOT_MAIL: 'revision@andetsteds.example',
      SMTP_URL: `smtp://${host}:${port}`,
    });
  });
  beforeEach(async () => {
    await rm(folder, { recursive: true, force: true });
    await asSuperuser('truncate audit_root, outbox, audit_seal, audit_entry');
    await write();
    await platform.app.get(AuditSealer).seal(platform.authorityId);
  });
  afterAll(async () => {
    await mail?.stop();
    await platform?.close();
  });

  const asSuperuser = (statement: string) => platform.database.asSuperuser((client) => client.query(statement));
  const within = <T>(act: (entities: EntityManager) => Promise<T>): Promise<T> =>
    platform.app.get(Database).inAuthority(platform.authorityId, act);
  const write = () =>
    within((entities) =>
      platform.app.get(AuditLog).write(entities, platform.authorityId, {
        actor: THE_SYSTEM,
        action: 'test',
        subject: { kind: 'test' },
        reason: 'A test writes.',
      }),
    );
  const announce = (given = settings, day = DAY) =>
    within((entities) =>
      new AuditRoots(platform.app.get(Outbox), given, platform.app.get(Clock)).announceDue(
        entities,
        platform.authorityId,
        day,
      ),
    );
  const processor = (given: Settings) =>
    new ExportRootProcessor(
      new JobRegistry(),
      platform.app.get(Database),
      new Mailer(given),
      platform.app.get(AuditLog),
      given,
      platform.app.get(Clock),
    );
  /** Runs every announced job as the worker would. */
  const work = async (given = settings): Promise<string[]> => {
    const rows = await within((entities) => entities.find(OutboxRow, { where: { name: 'audit.root' } }));
    const frame = platform.app.get(JobFrame);
    const jobs = rows.filter(({ completedAt }) => completedAt === null);
    return Promise.all(
      jobs.map(({ id, subjectId }) =>
        frame.run(
          processor(given),
          { outboxId: id, authorityId: platform.authorityId, subjectId },
          AbortSignal.timeout(20_000),
        ),
      ),
    );
  };
  const rows = () => within((entities) => entities.find(AuditRoot, { order: { day: 'ASC' } }));
  const verify = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((done) => {
      const { DATABASE_URL, AUDIT_KEY_FILE } = platform.settings;
      const given = ['audit', 'verify', '--database', DATABASE_URL, '--key', AUDIT_KEY_FILE, ...args];
      execFile(process.execPath, [CLI, ...given], (error, out, err) =>
        done({ code: error ? Number(error.code) : 0, out, err }),
      );
    });

  it('is drawn once a day, exported, and the export is in the log', async () => {
    expect(await announce()).toBe(1);
    expect(await announce()).toBe(0);
    expect(await work()).toEqual([`the root of ${DAY} was exported (file, mail)`]);
    expect(await announce()).toBe(0);
    const [root] = await rows();
    expect(root).toMatchObject({ day: DAY, seq: '1', places: ['file', 'mail'], errorText: null });
    expect(root.exportedAt).not.toBeNull();
    const entry = await within((entities) => entities.findOneBy(AuditEntry, { action: 'audit.export' }));
    expect(entry?.details).toMatchObject({ day: DAY, sealed: 1, root: root.mac.toString('hex') });
    expect(await announce(settings, '2026-11-23')).toBe(1);
  });

  it('is the same in the file and in the mail, and says nothing but where the chain stood', async () => {
    await announce();
    await work();
    const text = await readFile(join(folder, SOLBY.cvr, `${DAY}.json`), 'utf8');
    const [row] = await rows();
    expect(JSON.parse(text)).toEqual({
      format: 'aktindsigt-audit-root/1',
      authority: { id: platform.authorityId, cvr: SOLBY.cvr, name: SOLBY.name },
      day: DAY,
      seq: 1,
      root: row.mac.toString('hex'),
      drawnAt: row.drawnAt.toISOString(),
    });
    const mails = await mail.waitForMails(1);
    const own = mails.find((each) => each.text.includes(row.mac.toString('hex')));
    expect(own?.to).toEqual(['revision@andetsteds.example']);
    const lines = own?.text.replace(/\r\n/g, '\n') ?? '';
    expect(JSON.parse(lines.slice(lines.indexOf('{'), lines.lastIndexOf('}') + 1))).toEqual(JSON.parse(text));
  });

  it('is drawn only where a place is named for it', async () => {
    expect(await announce(platform.settings)).toBe(0);
    expect(await rows()).toEqual([]);
  });

  it('is asked for together with a folder when a time-stamp authority is named', () => {
    const given = { ...platform.settings, AUDIT_ROOT_TSA_URL: 'http://127.0.0.1:1/' } as unknown as NodeJS.ProcessEnv;
    expect(() => loadSettings(given)).toThrow('AUDIT_ROOT_FOLDER');
  });

  it('never replaces a file that holds another root', async () => {
    await announce();
    await mkdir(join(folder, SOLBY.cvr), { recursive: true });
    await writeFile(join(folder, SOLBY.cvr, `${DAY}.json`), 'another root');
    await expect(work()).rejects.toThrow('holds another root of the same day. It was not replaced');
    expect(await readFile(join(folder, SOLBY.cvr, `${DAY}.json`), 'utf8')).toBe('another root');
  });

  it('tells a verifier of a tail that was cut, from the terminal', async () => {
    await write();
    await platform.app.get(AuditSealer).seal(platform.authorityId);
    await announce();
    await work();
    await platform.app.get(AuditSealer).seal(platform.authorityId);
    const whole = await verify('--root', folder);
    expect(whole.code).toBe(0);
    expect(JSON.parse(whole.out.split('\n').find((line) => line.includes(platform.authorityId)) ?? '{}')).toMatchObject(
      {
        isWhole: true,
        rootsThatFit: 1,
      },
    );
    await asSuperuser(
      'set session_replication_role = replica; delete from audit_seal where seq > 1; delete from audit_entry where id not in (select entry_id from audit_seal)',
    );
    expect((await verify()).code).toBe(0);
    const cut = await verify('--root', join(folder, SOLBY.cvr, `${DAY}.json`));
    expect(cut.code).toBe(1);
    expect(cut.err).toContain(
      `The log was cut: 2 entries were sealed when the root of ${DAY} was exported, now there are 1.`,
    );
  });

  it('is bad use to name a file that is no root', async () => {
    expect((await verify('--root', join(__dirname, 'audit-root.spec.ts'))).code).toBe(2);
  });

  const isMissing = missingProgram('openssl', 'time stamps of the audit log’s root');
  (isMissing ? describe.skip : describe)('with a time-stamp authority', () => {
    let authority: TimeStampAuthority;
    let stamped: Settings;
    beforeAll(async () => {
      authority = await timeStampAuthority(join(platform.folder, 'tsa'));
      stamped = Object.assign(new Settings(), settings, {
        AUDIT_ROOT_TSA_URL: authority.url,
        AUDIT_ROOT_MAIL: undefined,
      });
    });
    afterAll(() => authority.stop());

    it('is attested once, however often the job runs, and the verifier says so', async () => {
      await announce(stamped);
      const [row] = await rows();
      const signal = AbortSignal.timeout(20_000);
      const context = { authorityId: platform.authorityId, signal };
      await processor(stamped).run(row, context);
      expect(await processor(stamped).run(row, context)).toEqual(['file', 'time-stamp']);
      expect(authority.given).toBe(1);
      expect((await readdir(join(folder, SOLBY.cvr))).sort()).toEqual([`${DAY}.json`, `${DAY}.json.tsr`]);
      const verdict = await verify('--root', folder, '--tsa-ca', authority.caFile);
      expect(verdict.code).toBe(0);
      expect(verdict.out).toContain('"timeStampsThatFit":1');
    });

    it('is a finding when the stamp is about another root', async () => {
      await announce(stamped);
      const [row] = await rows();
      await processor(stamped).run(row, { authorityId: platform.authorityId, signal: AbortSignal.timeout(20_000) });
      const path = join(folder, SOLBY.cvr, `${DAY}.json`);
      const text = await readFile(path, 'utf8');
      await chmod(path, 0o644);
      await writeFile(path, text.replace(row.drawnAt.toISOString(), '2020-01-01T00:00:00.000Z'));
      const verdict = await verify('--root', folder, '--tsa-ca', authority.caFile);
      expect(verdict.code).toBe(1);
      expect(verdict.err).toContain('The time stamp is not about these bytes');
    });

    it('waits for the authority without holding the mail or the file back a second time', async () => {
      const unreachable = Object.assign(new Settings(), stamped, { AUDIT_ROOT_TSA_URL: 'http://127.0.0.1:1/' });
      await announce(unreachable);
      await expect(work(unreachable)).rejects.toThrow();
      expect((await rows())[0].exportedAt).toBeNull();
      expect(await work(stamped)).toEqual([`the root of ${DAY} was exported (file, time-stamp)`]);
    });
  });
});
