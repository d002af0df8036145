import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Complaint } from '../../src/delivery/complaints/complaint.entity';
import { ComplaintWatch } from '../../src/delivery/complaints/complaint-watch';
import { Complaints } from '../../src/delivery/complaints/complaints';
import { RegisterComplaint, type NewComplaint } from '../../src/delivery/complaints/register-complaint';
import { planRetention } from '../../src/delivery/retention/retention-plan';
import { OpenRequest } from '../../src/delivery/open-request';
import { complaintsIn } from '../../src/delivery/statistics/complaint-statistics';
import { People } from '../../src/identity/people';
import { Staff } from '../../src/identity/staff.entity';
import { addDays, danishDay, inWorkingDays } from '../../src/law';
import { Database } from '../../src/platform/database/database';
import { AccessRequest } from '../../src/requests/request.entity';
import { platformApp, type PlatformApp } from '../support/platform-app';

const WORDS = 'Birgit Ravn har intet at skulle have sagt i den sag.';
const STATEMENT = 'Kommunen fastholder svaret, fordi oplysningerne handler om andre.';
const today = danishDay(new Date());
let platform: PlatformApp;
let reviewer: string;
let signer: string;
let officer: string;
let count = 0;

beforeAll(async () => {
  platform = await platformApp();
  [reviewer, signer, officer] = await Promise.all(['mette', 'jens', 'lone'].map(employee));
});
afterAll(() => platform?.close());

function within<T>(work: (entities: EntityManager) => Promise<T>): Promise<T> {
  return platform.app.get(Database).inAuthority(platform.authorityId, work);
}

async function employee(name: string): Promise<string> {
  const { authorityId } = platform;
  const roles: Staff['roles'] = ['sagsbehandler'];
  return (
    await within((entities) => entities.save(entities.create(Staff, { authorityId, subject: name, name, roles })))
  ).id;
}

interface Case {
  basis: string;
  kle: string | null;
  isProtected?: boolean;
}

/** A request, answered unless told otherwise, with a case and a document of each kind. */
async function requestWith(cases: Case[], state = 'delivered'): Promise<{ id: string; documents: string[] }> {
  const { authorityId, app } = platform;
  count += 1;
  const cpr = `01135${String(10_000 + count)}`;
  const person = await within((entities) => app.get(People).findOrAdd(entities, authorityId, cpr, 'Clara Overby Sand'));
  const { id } = await app
    .get(OpenRequest)
    .open(authorityId, { personRefId: person.id, scope: { kind: 'whole-file' as const } });
  return within(async (entities) => {
    const one = async (statement: string, values: unknown[]): Promise<string> => {
      const [row]: { id: string }[] = await entities.query(`${statement} returning id`, values);
      return row.id;
    };
    const source = await one(
      `insert into source (authority_id, key, kind, name, owner, settings_sealed) values ($1, $2, 'sbsys', 'S', 'S', '\\x00')`,
      [authorityId, `s${count}`],
    );
    const run = await one(
      `insert into source_run (authority_id, request_id, source_id, state) values ($1, $2, $3, 'complete')`,
      [authorityId, id, source],
    );
    const documents: string[] = [];
    for (const [index, { basis, kle, isProtected }] of cases.entries()) {
      const recordsCase = await one(
        `insert into records_case (authority_id, request_id, source_run_id, source_case_id, position, title_sealed, basis, kle, existence)
         values ($1, $2, $3, $4, $5, '\\x00', $6, $7, $8)`,
        [authorityId, id, run, String(index), index, basis, kle, isProtected ? 'protected' : 'open'],
      );
      documents.push(
        await one(
          `insert into document (authority_id, request_id, records_case_id, source_document_id, position, kind, title_sealed, outcome)
           values ($1, $2, $3, $4, $5, 'document', '\\x00', $6)`,
          [authorityId, id, recordsCase, `d${index}`, index + 1, isProtected ? 'outside' : 'full'],
        ),
      );
    }
    await entities.query(
      `insert into decision (authority_id, request_id, round, state, reviewed_by, reviewed_at, needs_second_person, signed_by, signed_at)
       select $1, $2, 1, 'signed', $3, now(), false, $4, now() where $5 = 'delivered'`,
      [authorityId, id, reviewer, signer, state],
    );
    await entities.query('update request set state = $2, closed_at = now() where id = $1', [id, state]);
    return { id, documents };
  });
}

const asked = (more: Partial<NewComplaint> = {}): NewComplaint => ({
  ...{ formKey: randomUUID(), about: 'whole', documentId: null, packagePage: null },
  ...{ receivedOn: today, cameBy: 'letter', representative: null, words: WORDS },
  ...more,
});
const register = (requestId: string, more: Partial<NewComplaint> = {}): Promise<Complaint[]> =>
  within((entities) =>
    platform.app.get(RegisterComplaint).run(entities, requestId, { kind: 'staff', id: officer }, asked(more)),
  );
const act = (work: (complaints: Complaints, entities: EntityManager) => Promise<void>): Promise<void> =>
  within((entities) => work(platform.app.get(Complaints), entities));
const row = (id: string): Promise<Complaint> => within((entities) => entities.findOneByOrFail(Complaint, { id }));

const OWN_FILE: Case = { basis: 'OFL_EGENACCES', kle: '27.24.00' };
const PARTY: Case = { basis: 'FVL_PART', kle: '32.30.04' };
const BUILDING: Case = { basis: 'FVL_PART', kle: '02.34.02' };

describe('a complaint that is registered', () => {
  it('is one for each body that it belongs to, each with its own deadline', async () => {
    const { id } = await requestWith([OWN_FILE, PARTY, BUILDING, { ...PARTY, kle: '27.00.00' }]);
    const complaints = await register(id);
    expect(complaints.map(({ position, body, sendTo, dueOn }) => ({ position, body, sendTo, dueOn }))).toEqual([
      { position: 1, body: 'Ankestyrelsen', sendTo: 'municipality', dueOn: inWorkingDays(today, 7).strict },
      { position: 2, body: 'Ankestyrelsen', sendTo: 'direct', dueOn: inWorkingDays(today, 1).strict },
      { position: 3, body: 'Byggeklageenheden', sendTo: 'direct', dueOn: inWorkingDays(today, 1).strict },
    ]);
  });

  it('is the same when its form is sent twice', async () => {
    const { id } = await requestWith([PARTY]);
    const formKey = randomUUID();
    const [first] = await register(id, { formKey });
    expect((await register(id, { formKey })).map((each) => each.id)).toEqual([first.id]);
  });

  it('about one document follows the basis and area of its case alone', async () => {
    const { id, documents } = await requestWith([OWN_FILE, BUILDING]);
    const complaints = await register(id, { about: 'document', documentId: documents[1] });
    expect(complaints.map(({ body }) => body)).toEqual(['Byggeklageenheden']);
  });

  it('tells of no case whose existence is protected', async () => {
    const { id, documents } = await requestWith([PARTY, { ...BUILDING, isProtected: true }]);
    expect((await register(id)).map(({ body }) => body)).toEqual(['Ankestyrelsen']);
    const hidden = register(id, { about: 'document', documentId: documents[1] });
    await expect(hidden).rejects.toMatchObject({ code: 'document-missing' });
  });

  it('can be over nothing but the time before there is an answer, and not of a day that cannot be', async () => {
    const { id } = await requestWith([OWN_FILE], 'review');
    await expect(register(id)).rejects.toMatchObject({ code: 'not-answered' });
    const [delay] = await register(id, { about: 'delay' });
    expect(delay).toMatchObject({ legalSource: 'offentlighedslovens § 39', decisionId: null });
    const future = register(id, { about: 'delay', receivedOn: addDays(today, 1) });
    await expect(future).rejects.toMatchObject({ code: 'received-wrong' });
    const noDay = register(id, { about: 'delay', receivedOn: `${addDays(today, -1)}x` });
    await expect(noDay).rejects.toMatchObject({ code: 'received-wrong' });
  });

  it('keeps the citizen’s words in the vault and nowhere in the tables', async () => {
    const { id } = await requestWith([PARTY]);
    const [complaint] = await register(id, { representative: 'Advokat Birgit Ravn' });
    const stored = await within((entities) =>
      entities.query(`select c::text as text from complaint c where id = $1`, [complaint.id]),
    );
    expect(JSON.stringify(stored)).not.toMatch(/Birgit|Ravn/);
    const complaints = platform.app.get(Complaints);
    expect(await complaints.wordsOf(complaint, { kind: 'staff', id: officer })).toBe(WORDS);
    expect(await complaints.senderOf(complaint)).toBe('Advokat Birgit Ravn');
  });
});

describe('the way of a complaint', () => {
  const onTheWay = async (cases: Case[]): Promise<Complaint> => (await register((await requestWith(cases)).id))[0];

  it('under offentlighedsloven goes through the municipality, whose own people do not judge themselves', async () => {
    const { id } = await onTheWay([OWN_FILE]);
    const forward = () => act((complaints, entities) => complaints.forward(entities, id, officer, today));
    await expect(forward()).rejects.toMatchObject({ code: 'not-reassessed' });
    const reassess = (staffId: string, statement = STATEMENT) =>
      act((complaints, entities) => complaints.reassess(entities, id, staffId, { isChanged: false, statement }));
    await expect(reassess(reviewer)).rejects.toMatchObject({ code: 'own-work' });
    await expect(reassess(signer)).rejects.toMatchObject({ code: 'own-work' });
    await expect(reassess(officer, 'Nej.')).rejects.toMatchObject({ code: 'statement-missing' });
    await reassess(officer);
    await forward();
    expect(await row(id)).toMatchObject({ state: 'forwarded', bodyDueOn: inWorkingDays(today, 20).strict });
    await expect(reassess(officer)).rejects.toMatchObject({ code: 'not-possible-now' });
  });

  it('of a party goes straight on, and nobody notes an outcome of a body that has not got it', async () => {
    const { id } = await onTheWay([PARTY]);
    const close = (outcome: 'upheld' | 'remitted') =>
      act((complaints, entities) => complaints.close(entities, id, officer, { outcome, on: today, note: '' }));
    await expect(close('upheld')).rejects.toMatchObject({ code: 'not-forwarded' });
    await act((complaints, entities) => complaints.forward(entities, id, officer, today));
    await close('remitted');
    expect(await row(id)).toMatchObject({ state: 'closed', outcome: 'remitted', outcomeBy: 'body' });
  });

  it('waits for an employee where the catalogue does not know the body', async () => {
    const { id, body } = await onTheWay([{ basis: 'FVL_PART', kle: null }]);
    expect(body).toBeNull();
    const forward = () => act((complaints, entities) => complaints.forward(entities, id, officer, today));
    await expect(forward()).rejects.toMatchObject({ code: 'body-missing' });
    await act((complaints, entities) => complaints.chooseBody(entities, id, officer, 'Planklagenævnet'));
    await forward();
    expect((await row(id)).body).toBe('Planklagenævnet');
  });

  it('ends in the municipality when the citizen was right, or withdraws', async () => {
    const changed = await onTheWay([OWN_FILE]);
    await act((complaints, entities) =>
      complaints.reassess(entities, changed.id, officer, { isChanged: true, statement: STATEMENT }),
    );
    expect(await row(changed.id)).toMatchObject({ state: 'closed', outcome: 'changed', outcomeBy: 'municipality' });
    const withdrawn = await onTheWay([OWN_FILE]);
    await act((complaints, entities) =>
      complaints.close(entities, withdrawn.id, officer, { outcome: 'withdrawn', on: today, note: '' }),
    );
    expect(await row(withdrawn.id)).toMatchObject({ state: 'closed', outcomeBy: 'citizen' });
  });

  it('holds the working copies while it is open, and not a day longer', async () => {
    const { id, requestId } = await onTheWay([PARTY]);
    const reasons = async (): Promise<string[]> =>
      (await within((entities) => planRetention(entities, new Date(), requestId)))[0].staysBecause;
    expect(await reasons()).toContain('held-complaint');
    await act((complaints, entities) =>
      complaints.close(entities, id, officer, { outcome: 'withdrawn', on: today, note: '' }),
    );
    expect(await reasons()).not.toContain('held-complaint');
  });

  it('is told to staff once, two working days before its deadline, and no more when it is dealt with', async () => {
    const { id, requestId } = await onTheWay([OWN_FILE]);
    const tick = () => within((entities) => platform.app.get(ComplaintWatch).tick(entities));
    const attention = async () =>
      (await within((entities) => entities.findOneByOrFail(AccessRequest, { id: requestId }))).attention;
    await tick();
    expect(await attention()).toBeNull();
    const dueOn = inWorkingDays(today, 2).strict;
    await within((entities) => entities.update(Complaint, { id }, { dueOn }));
    await tick();
    expect(await attention()).toMatch(/^Klage 1 skal være behandlet senest/);
    await within((entities) => entities.update(AccessRequest, { id: requestId }, { attention: null }));
    await tick();
    expect(await attention()).toBeNull();
    await within((entities) => entities.update(Complaint, { id }, { dueOn: addDays(today, -1), warnedAt: null }));
    expect(await tick()).toBeGreaterThan(0);
    expect(await attention()).toMatch(/^Klage 1 skulle være behandlet/);
    await act((complaints, entities) =>
      complaints.close(entities, id, officer, { outcome: 'withdrawn', on: today, note: '' }),
    );
    expect(await attention()).toBeNull();
  });

  it('is counted by what it is about, by outcome and by whether the deadline was kept', async () => {
    const rows = await within((entities) => complaintsIn(entities, { from: today, to: today }, today));
    const all: { about: string; received: number }[] = await within((entities) =>
      entities.query(`select about, count(*)::int as received from complaint group by 1`),
    );
    for (const { about, received } of all) expect(rows.find((each) => each.about === about)?.received).toBe(received);
    for (const { received, open, upheld, changed, remitted, rejected, withdrawn } of rows)
      expect(open + upheld + changed + remitted + rejected + withdrawn).toBe(received);
    const whole = rows.find(({ about }) => about === 'whole');
    expect(whole).toMatchObject({ changed: 1, remitted: 1 });
    expect(whole?.inTime).toBeLessThanOrEqual(whole?.dealtWith ?? 0);
  });
});
