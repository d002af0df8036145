import type { EntityManager } from 'typeorm';
import { LogExtracts } from '../../src/delivery/log-extract/log-extracts';
import { People } from '../../src/identity/people';
import type { StaffUser } from '../../src/identity/sessions';
import { Staff } from '../../src/identity/staff.entity';
import { OpenRequest } from '../../src/delivery/open-request';
import { danishDay } from '../../src/law';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { AuditLog, type AuditedAct } from '../../src/platform/audit-log/audit-log';
import { Database } from '../../src/platform/database/database';
import { LogExtractPages } from '../../src/web/records-officer/log-extract-pages';
import { WebModule } from '../../src/web/web.module';
import { pdfText } from '../browser/pdf-text';
import { platformApp, type PlatformApp } from '../support/platform-app';

const CPR = '0113500012';
const today = danishDay(new Date());
let platform: PlatformApp;
let lone: StaffUser;
let requestId: string;
let hiddenDocument: string;

beforeAll(async () => {
  platform = await platformApp({}, [WebModule]);
  const staff = (name: string, roles: Staff['roles']): Promise<Staff> =>
    within((entities) =>
      entities.save(entities.create(Staff, { authorityId: platform.authorityId, subject: name, name, roles })),
    );
  const officer = await staff('Lone Ravnkilde', ['arkivar']);
  const reader = await staff('Mette Holm Agerskov', ['sagsbehandler']);
  lone = {
    kind: 'staff',
    authorityId: platform.authorityId,
    staffId: officer.id,
    name: officer.name,
    roles: ['arkivar'],
  };
  const person = await within((entities) =>
    platform.app.get(People).findOrAdd(entities, platform.authorityId, CPR, 'Clara Overby Sand'),
  );
  const scope = { kind: 'whole-file' as const };
  ({ id: requestId } = await platform.app
    .get(OpenRequest)
    .open(platform.authorityId, { personRefId: person.id, scope }));
  hiddenDocument = await withheldCase();
  const act = (action: string, reason: string, more: Partial<AuditedAct> = {}): AuditedAct => ({
    actor: { kind: 'staff', id: reader.id },
    action,
    subject: { kind: 'page' },
    requestId,
    reason,
    ...more,
  });
  await within((entities) =>
    platform.app
      .get(AuditLog)
      .writeEach(entities, platform.authorityId, [
        act('vault.read', 'A page is shown in the review.'),
        act('vault.read', 'A page is shown in the review.'),
        act('vault.read', 'Kollegaen Birgit Ravn bad om det.'),
        act('review.remove', 'Naboen Holger har anmeldt det.'),
        act('vault.read', 'A page is shown in the review.', { subject: { kind: 'document', id: hiddenDocument } }),
        act('case.protect', 'A case was hidden from the citizen.'),
        act('vault.read', 'The file is converted to pages that can be read.', { actor: { kind: 'system' } }),
      ]),
  );
});
afterAll(() => platform?.close());

function within<T>(work: (entities: EntityManager) => Promise<T>): Promise<T> {
  return platform.app.get(Database).inAuthority(platform.authorityId, work);
}

/** A document in a case that the citizen may not know of. */
async function withheldCase(): Promise<string> {
  const { authorityId } = platform;
  return within(async (entities) => {
    const one = async (statement: string, values: unknown[]): Promise<string> => {
      const [{ id }]: { id: string }[] = await entities.query(`${statement} returning id`, values);
      return id;
    };
    const source = await one(
      `insert into source (authority_id, key, kind, name, owner, settings_sealed) values ($1, 's', 'sbsys', 'S', 'S', '\\x00')`,
      [authorityId],
    );
    const run = await one(
      `insert into source_run (authority_id, request_id, source_id, state) values ($1, $2, $3, 'complete')`,
      [authorityId, requestId, source],
    );
    const held = await one(
      `insert into records_case (authority_id, request_id, source_run_id, source_case_id, position, title_sealed, basis, existence)
       values ($1, $2, $3, '1', 1, '\\x00', 'FVL_PART', 'protected')`,
      [authorityId, requestId, run],
    );
    return one(
      `insert into document (authority_id, request_id, records_case_id, source_document_id, position, kind, title_sealed)
       values ($1, $2, $3, '1', 1, 'document', '\\x00')`,
      [authorityId, requestId, held],
    );
  });
}

const extracts = (): LogExtracts => platform.app.get(LogExtracts);
const pages = (): LogExtractPages => platform.app.get(LogExtractPages);
const prepared = (): Promise<string> => extracts().prepare(lone.authorityId, lone.staffId, CPR, '2020-01-01', today);

describe('an extract of the log for a citizen', () => {
  it('shows what was done and in which capacity, and names no employee', async () => {
    const { lines } = await pages().page(lone, await prepared());
    const told = lines.map(({ who, what, why }) => `${who}: ${what}: ${why}`);
    expect(told[0]).toBe('Dig selv: Modtog anmodning: Borgeren bad om aktindsigt.');
    expect(told).toContain('En sagsbehandler: Åbnede indhold (3 gange): Siden blev vist i gennemgangen.');
    expect(JSON.stringify(lines)).not.toMatch(/Mette|Agerskov|Lone/);
  });

  it('passes on no words that an employee wrote, since they may name somebody', async () => {
    const { lines } = await pages().page(lone, await prepared());
    expect(JSON.stringify(lines)).not.toMatch(/Birgit|Holger/);
    expect(lines.find(({ what }) => what === 'Besluttede at fjerne')?.why).toMatch(/medarbejderen selv har skrevet/);
  });

  it('gives nothing away of a case whose existence is protected, not in a sum either', async () => {
    const { lines } = await pages().page(lone, await prepared());
    expect(lines.filter(({ what }) => what.startsWith('Åbnede indhold'))).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toMatch(/Skjulte en sag/);
  });

  it('is no file before somebody has decided, and is decided once', async () => {
    const id = await prepared();
    await expect(pages().csv(lone, id)).rejects.toMatchObject({ kind: 'not-found' });
    const given = { state: 'given' as const, leftOut: [], reason: '' };
    await extracts().decide(lone.authorityId, lone.staffId, id, given);
    await expect(extracts().decide(lone.authorityId, lone.staffId, id, given)).rejects.toMatchObject({
      code: 'decided',
    });
    expect(await pages().csv(lone, id)).toContain('En sagsbehandler;Åbnede indhold (3 gange)');
  });

  it('is left as it was prepared by what is done afterwards', async () => {
    const id = await prepared();
    const before = (await pages().page(lone, id)).lines;
    await prepared();
    expect((await pages().page(lone, id)).lines).toEqual(before);
  });

  it('leaves out a line only with a reason, which the citizen reads', async () => {
    const id = await prepared();
    const { lines } = await pages().page(lone, id);
    const [line] = lines.filter(({ what }) => what === 'Besluttede at fjerne');
    const leave = (reason: string) =>
      extracts().decide(lone.authorityId, lone.staffId, id, { state: 'given', leftOut: [line.id, '999999'], reason });
    await expect(leave(' ')).rejects.toMatchObject({ code: 'reason-missing' });
    await leave('Hensynet til en anden person vejer tungere.');
    expect(await pages().csv(lone, id)).not.toContain('Besluttede at fjerne');
    const text = await pdfText(Buffer.from(await pages().pdf(lone, id)));
    expect(text).toContain('Opslag i dine oplysninger');
    expect(text).toMatch(/Hensynet til en anden person vejer\s+tungere/);
    expect(text).not.toMatch(/Mette|Agerskov|Birgit|Holger|Besluttede at fjerne/);
  });

  it('is refused with a reason, and for a number that nobody has', async () => {
    const id = await prepared();
    const refuse = (reason: string) =>
      extracts().decide(lone.authorityId, lone.staffId, id, { state: 'refused', leftOut: [], reason });
    await expect(refuse('')).rejects.toMatchObject({ code: 'reason-missing' });
    await refuse('Opslagene er led i en kontrolsag.');
    await expect(pages().pdf(lone, id)).rejects.toMatchObject({ kind: 'not-found' });
    const other = extracts().prepare(lone.authorityId, lone.staffId, '0113509999', '2020-01-01', today);
    await expect(other).rejects.toMatchObject({ code: 'nobody' });
  });

  it('is in the audit log, without the number that was searched', async () => {
    const entries = await within((entities) => entities.find(AuditEntry));
    expect(entries.filter(({ action }) => action === 'log-extract.given')).toHaveLength(2);
    expect(JSON.stringify(entries)).not.toContain(CPR.slice(0, 6));
  });
});
