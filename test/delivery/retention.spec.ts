import { randomUUID } from 'node:crypto';
import { access, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { AppealFile } from '../../src/delivery/appeal-file/appeal-file.entity';
import { AppealFiles } from '../../src/delivery/appeal-file/appeal-files';
import { Complaints } from '../../src/delivery/complaints/complaints';
import { RegisterComplaint } from '../../src/delivery/complaints/register-complaint';
import { Retention } from '../../src/delivery/retention/retention';
import { RetentionItem, type RetentionRun } from '../../src/delivery/retention/retention.entities';
import { contentsOf } from '../../src/delivery/retention/working-copies';
import { FileRow } from '../../src/gathering/file.entity';
import { PackageFile } from '../../src/decisions/package-file.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { danishDay } from '../../src/law';
import { Database } from '../../src/platform/database/database';
import { Settings } from '../../src/platform/settings';
import { addressColumns, VaultForgetting } from '../../src/platform/vault/forget';
import { Vault } from '../../src/platform/vault/vault';
import type { AccessRequest } from '../../src/requests/request.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { answeredRequest } from '../support/answered-request';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

/** What stays after a deletion: proof of the delivery, and what somebody wrote about a breach or a hand-over. */
const KEPT = new Set(['certificate.municipal_key', 'mandate.document_key']);

describe('working copies that have stood their time', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let officer: Staff;
  let lone: Browser;
  let request: AccessRequest;
  let held: string[];
  const within = <T>(work: (entities: EntityManager) => Promise<T>): Promise<T> => carrier.within(work);
  const retention = () => carrier.app.get(Retention);

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    await town.run('all');
    request = await answeredRequest(carrier, CLARA);
    officer = await carrier.staff('lone', ['arkivar']);
    await complainedOver();
    held = await within((entities) => contentsOf(entities, request.id));
    lone = new Browser(town.publicUrl);
    await lone.logIn('/medarbejder', 'lone');
    const entries = () =>
      within((entities) =>
        entities.query(`select 1 from journal_entry where request_id = $1 and state <> 'journalised'`, [request.id]),
      );
    await until('the journal has confirmed everything', entries, (open: unknown[]) => open.length === 0);
  }, 180_000);
  afterAll(() => place?.stop());

  /** A complaint with words, a file for its body with a statement, and the complaint withdrawn again. */
  async function complainedOver(): Promise<void> {
    const today = danishDay(new Date());
    const { id } = await within(async (entities) => {
      const [complaint] = await carrier.app.get(RegisterComplaint).run(
        entities,
        request.id,
        { kind: 'staff', id: officer.id },
        {
          ...{ formKey: randomUUID(), about: 'whole', documentId: null, packagePage: null, receivedOn: today },
          ...{ cameBy: 'letter', representative: 'En nabo', words: 'Jeg klager over det hele.' },
        },
      );
      await carrier.app
        .get(Complaints)
        .close(entities, complaint.id, officer.id, { outcome: 'withdrawn', on: today, note: 'Ringet ind af naboen.' });
      return carrier.app.get(AppealFiles).order(entities, request.id, officer.id, {
        ...{ complaintId: complaint.id, recipientKind: 'court', recipient: 'Retten i Solby', reference: 'BS-1' },
        ...{ dueOn: '2099-01-01', statement: 'Kommunens udtalelse om sagen.', opened: [] },
      });
    });
    const file = () => within((entities) => entities.findOneByOrFail(AppealFile, { id }));
    await until('the file for the court is made', file, ({ state }) => state === 'made');
  }

  /** As if a year and a day had gone by since the answer was delivered. */
  const aYearLater = () =>
    within((entities) =>
      entities.query(`update delivery set delivered_at = delivered_at - interval '367 days' where request_id = $1`, [
        request.id,
      ]),
    );
  const plan = async (): Promise<{ run: RetentionRun; item: RetentionItem }> => {
    const run = await within((entities) => retention().plan(entities, request.authorityId, officer.id));
    const item = await within((entities) =>
      entities.findOneByOrFail(RetentionItem, { runId: run.id, requestId: request.id }),
    );
    return { run, item };
  };

  it('are many, and every column that can hold an address is known to the deletion', async () => {
    expect(held.length).toBeGreaterThan(20);
    const everywhere = await within(async (entities) => {
      const columns = await addressColumns((sql) => entities.query(sql));
      const addresses = new Set<string>();
      for (const { table_name, column_name } of columns) {
        if (KEPT.has(`${table_name}.${column_name}`)) continue;
        const rows: { address: string | null }[] = await entities.query(
          `select distinct "${column_name}" as address from "${table_name}"`,
        );
        for (const { address } of rows) if (address !== null) addresses.add(address);
      }
      return [...addresses].sort();
    });
    // The town has this one request: whatever lies in the vault for it is what the deletion knows of.
    expect(everywhere).toEqual([...held].sort());
  });

  it('stay while they are young, and the plan says so', async () => {
    const { item } = await plan();
    expect(item.staysBecause).toEqual(['too-young']);
    await lone.open('/arkiv/sletning');
    expect(lone.text()).toContain('tiden er ikke gået');
  });

  it('stay while a complaint is open, and go on when it is over', async () => {
    await aYearLater();
    expect(
      await lone.send('/arkiv/sletning/stop', {
        anmodning: request.number,
        grund: 'complaint',
        note: 'Klage til Ankestyrelsen, deres j.nr. 26-1188.',
      }),
    ).toBe(200);
    expect((await plan()).item.staysBecause).toEqual(['held-complaint']);
    await lone.open('/arkiv/sletning');
    expect(lone.text()).toContain('deres j.nr. 26-1188');
    const [lift] = lone.links(/\/arkiv\/sletning\/stop\/[0-9a-f-]+/);
    expect(await lone.send(lift)).toBe(200);
    expect((await plan()).item.staysBecause).toEqual([]);
  });

  it('stay while the journal has not confirmed everything', async () => {
    const set = (state: string) =>
      within((entities) =>
        entities.query(`update journal_entry set state = $2 where request_id = $1 and kind = 'package'`, [
          request.id,
          state,
        ]),
      );
    await set('failed');
    expect((await plan()).item.staysBecause).toEqual(['not-journalised']);
    await set('journalised');
  });

  it('are not deleted by a plan that is not the one that was shown', async () => {
    const { run: older } = await plan();
    const { run: newest } = await plan();
    expect(await lone.send(`/arkiv/sletning/plan/${older.id}`, { plan: older.planSha256 })).toBe(422);
    expect(lone.text()).toContain('ikke den nyeste');
    expect(await lone.send(`/arkiv/sletning/plan/${newest.id}`, { plan: '0'.repeat(64) })).toBe(422);
    expect(await within((entities) => contentsOf(entities, request.id))).toEqual(held);
  });

  it('are spared when a complaint comes between the plan and its run', async () => {
    const { run } = await plan();
    await within((entities) =>
      retention().hold(entities, request.id, officer.id, 'court', 'Stævning modtaget, Byretten i Solby.'),
    );
    expect(await lone.send(`/arkiv/sletning/plan/${run.id}`, { plan: run.planSha256 })).toBe(200);
    const item = () =>
      within((entities) => entities.findOneByOrFail(RetentionItem, { runId: run.id, requestId: request.id }));
    await until('the request is spared', item, ({ state }) => state === 'spared');
    expect((await item()).staysBecause).toEqual(['held-court']);
    expect(await within((entities) => contentsOf(entities, request.id))).toEqual(held);
    await within((entities) =>
      entities.query('update retention_hold set lifted_by = $1, lifted_at = now()', [officer.id]),
    );
  });

  it('that somebody holds are put back where a run died while it deleted them', async () => {
    const [address] = held;
    const folder = join(town.folder, 'vault', town.authorityId);
    const path = join(folder, address.slice(0, 2), address);
    await mkdir(join(folder, 'outgoing'), { recursive: true });
    await rename(path, join(folder, 'outgoing', address));
    const forgetting = new VaultForgetting(carrier.app.get(Database), carrier.app.get(Settings));
    expect(await forgetting.forget(town.authorityId, [address])).toBe(0);
    await access(path);
  });

  it('are gone after an approved plan: no row, no file and no page tells what stood in them', async () => {
    const { run } = await plan();
    expect(await lone.send(`/arkiv/sletning/plan/${run.id}`, { plan: run.planSha256 })).toBe(200);
    const item = () =>
      within((entities) => entities.findOneByOrFail(RetentionItem, { runId: run.id, requestId: request.id }));
    await until('the request is deleted', item, ({ state }) => state === 'deleted');
    expect((await item()).contentsDeleted).toBe(held.length);
    expect(await within((entities) => contentsOf(entities, request.id))).toEqual([]);
    const left = await within((entities) =>
      entities.query('select address from vault_object where address = any($1)', [held]),
    );
    expect(left).toEqual([]);
    const files = await readdir(join(town.folder, 'vault'), { recursive: true });
    for (const address of held) expect(files.some((path) => path.endsWith(address))).toBe(false);
    const file = await within((entities) => entities.findOneByOrFail(FileRow, { requestId: request.id }));
    await expect(
      carrier.app.get(Vault).readBytes(request.authorityId, file.wordsKey, {
        actor: { kind: 'system' },
        action: 'vault.read',
        subject: { kind: 'file', id: file.id },
        reason: 'A test tries.',
      }),
    ).rejects.toThrow('was deleted when its time was out');
  });

  it('leave the story of the delivery, its hashes and the log', async () => {
    const [delivery]: { id: string }[] = await within((entities) =>
      entities.query('select id from delivery where request_id = $1', [request.id]),
    );
    expect(await lone.open(`/arkiv/leverancer/${delivery.id}`)).toBe(200);
    expect(lone.text()).toContain(request.number);
    const packaged = await within((entities) => entities.find(PackageFile));
    expect(packaged.every(({ sha256, vaultKey }) => sha256.length === 64 && vaultKey === null)).toBe(true);
    await lone.open('/arkiv/sletning');
    expect(lone.text()).toContain('slettet');
  });

  it('are said to be deleted to the citizen and to the caseworker who look for them', async () => {
    const clara = new Browser(town.publicUrl);
    await clara.logIn('/log-ind', 'clara');
    expect(await clara.open(`/anmodninger/${request.id}/svar`)).toBe(410);
    expect(clara.text()).toContain('ligger stadig i din Digital Post');
    const mette = new Browser(town.publicUrl);
    await mette.logIn('/medarbejder', 'mette');
    expect(await mette.open(`/sagsbehandling/${request.id}`)).toBe(200);
    expect(mette.text()).toContain('Arbejdskopien er slettet');
    expect(mette.text()).not.toContain('Telefonnotat');
  });
});
