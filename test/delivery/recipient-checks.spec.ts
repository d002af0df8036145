import 'reflect-metadata';
import { Decision } from '../../src/decisions/decision.entity';
import { Delivery } from '../../src/delivery/delivery.entity';
import { LateNotice } from '../../src/delivery/late-notice/late-notice.entity';
import { Mandate } from '../../src/delivery/mandate.entity';
import type { RegisterFact } from '../../src/delivery/person-facts';
import { SignDecision } from '../../src/delivery/sign-decision';
import { Register } from '../../src/gathering/register';
import { Sources } from '../../src/gathering/sources';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { AccessRequest } from '../../src/requests/request.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Town } from '../../src/sandbox/demo/town';
import { PersonRegisterStandIn, type HeldPerson } from '../../src/sandbox/person-register/person-register-stand-in';
import { ApprovableRequests, testCpr } from '../support/approvable-request';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

const LATE = 'at der er 812 sider i fire systemer, som skal læses igennem for oplysninger om andre';
const FIRM = '87654321';

/** CPR is connected and changes between approval and sending; what it says then decides. */
describe('at the moment of sending', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let requests: ApprovableRequests;
  let register: PersonRegisterStandIn;
  let jens: Browser;
  let count = 8000;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    requests = await ApprovableRequests.for(carrier, town.authorityId);
    register = await new PersonRegisterStandIn([]).start();
    await carrier.within((entities) =>
      carrier.app.get(Sources).save(entities, town.authorityId, {
        key: 'cpr',
        kind: 'person-register',
        name: 'CPR',
        owner: 'Borgerservice',
        settings: { ...register.settings(), retries: 0 },
        enabled: true,
      }),
    );
    await town.run('all', { QUEUE_RETRY_MS: '200' });
    jens = new Browser(town.publicUrl);
    await jens.logIn('/medarbejder', 'jens');
  });
  afterAll(async () => {
    await place?.stop();
    await register?.stop();
  });

  /** Somebody whom the register knows. */
  function person(facts: Partial<HeldPerson> = {}): string {
    const cpr = testCpr((count += 1));
    register.add({ name: 'Test Person', cpr, ...facts });
    return cpr;
  }
  /** Somebody whom the register knows by another number now. */
  function renumbered(former: string): string {
    person({ former: [{ cpr: former, reason: 'erstatningsnummer' }] });
    return former;
  }
  const deliveryOf = (requestId: string) =>
    carrier.within((entities) =>
      entities.findOneOrFail(Delivery, { where: { requestId }, order: { undoneAt: 'DESC' } }),
    );
  const boxOf = async (number: string) =>
    (await town.digitalPost.control.messages()).filter(({ recipientCpr }) => recipientCpr === number);
  async function signed(cpr: string, facts: RegisterFact[] = []): Promise<string> {
    const id = await requests.make({ cpr });
    await requests.sign(id, facts);
    return id;
  }
  const delivered = (id: string) => carrier.waitFor(id, ['delivered'], 30_000);
  const givenBack = (id: string) => carrier.waitFor(id, ['ready'], 30_000);

  describe('an answer to a citizen who has died', () => {
    let id: string;
    let cpr: string;

    beforeAll(async () => {
      cpr = person({ status: 'doed' });
      id = await signed(cpr);
    });

    it('is held, and caseworker and records officer are told what to do', async () => {
      const request = await carrier.waitFor(id, ['undeliverable'], 30_000);
      expect(request.attention).toMatch(/^Borgeren er død ifølge CPR\. Svaret er ikke sendt\. En jurist skal vurdere/);
      expect(await deliveryOf(id)).toMatchObject({ state: 'held', releasedAt: null });
      expect(await carrier.messagesOf(id)).toEqual([]);
      await jens.open(`/sagsbehandling/${id}`);
      expect(jens.text()).toContain('Borgeren er død ifølge CPR.');
      expect(jens.text()).toContain('Godkend igen, eller vælg en anden modtager');
      const lone = new Browser(town.publicUrl);
      await lone.logIn('/medarbejder', 'lone');
      await lone.open('/arkiv');
      expect(lone.text()).toContain('1 standset lige før afsendelsen: en medarbejder skal tage stilling');
      await lone.open(`/arkiv/leverancer/${(await deliveryOf(id)).id}`);
      expect(lone.text()).toContain('Borgeren er død ifølge CPR.');
    });

    it('cannot be approved again for the dead, but for the firm that the estate has given a mandate', async () => {
      await jens.send(`/sagsbehandling/${id}/tilbage-til-godkendelse`);
      expect(await carrier.request(id)).toMatchObject({ state: 'ready', attention: null });
      await jens.open(`/sagsbehandling/${id}/godkend`);
      expect(jens.text()).toMatch(/Det står i vejen Borgeren er død ifølge CPR\./);
      await requests.receives(id, { kind: 'firm', number: FIRM, name: 'Boets Advokater' });
      await jens.open(`/sagsbehandling/${id}/godkend`);
      expect(jens.text()).not.toContain('Det står i vejen');
      expect(jens.text()).toMatch(/Hvad siger CPR\? Borgeren er død ifølge CPR\./);
      const fields = ['manifest', 'modtager', 'cpr'].map((name) => [name, jens.field(name)] as [string, string]);
      expect(await jens.send(`/sagsbehandling/${id}/godkend`, [...fields, ['bekraeft', 'ja']])).toBe(200);
      await delivered(id);
      expect(await boxOf(FIRM)).toHaveLength(1);
      expect(await boxOf(cpr)).toEqual([]);
    });
  });

  const FORMER = testCpr(8900);
  it.each<[string, () => string, string]>([
    ['missing', () => person({ status: 'forsvundet' }), 'Borgeren er meldt forsvundet i CPR.'],
    ['unknown to the register', () => testCpr((count += 1)), 'CPR kender ikke borgerens personnummer.'],
    ['known by a new number', () => renumbered(FORMER), 'Borgeren har fået et nyt personnummer.'],
  ])('an answer to a citizen who is %s is held', async (_what, citizen, sentence) => {
    const cpr = citizen();
    const id = await signed(cpr);
    const { attention } = await carrier.waitFor(id, ['undeliverable'], 30_000);
    expect(attention).toContain(sentence);
    expect(await boxOf(cpr)).toEqual([]);
  });

  it('a held answer that is handed over by hand is certified and journalised like the others', async () => {
    const id = await signed(person({ status: 'forsvundet' }));
    await carrier.waitFor(id, ['undeliverable'], 30_000);
    await jens.open(`/sagsbehandling/${id}`);
    await jens.send(`/sagsbehandling/${id}/udleveret`, { udlevering: 'Udleveret til værgen i Borgerservice i dag.' });
    const delivery = await until(
      'it is released',
      () => deliveryOf(id),
      ({ releasedAt }) => releasedAt !== null,
    );
    expect(delivery).toMatchObject({ state: 'delivered', channel: 'manual' });
    const entries = await carrier.within((entities) => entities.findBy(AuditEntry, { requestId: id }));
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['delivery.hand-over', 'delivery.release']),
    );
  });

  it('an answer to a citizen who left the country since goes back to the approver, who may send it all the same', async () => {
    const cpr = person({ status: 'udrejst' });
    const id = await signed(cpr);
    expect((await givenBack(id)).attention).toContain('Borgeren er udrejst ifølge CPR.');
    await jens.open(`/sagsbehandling/${id}/godkend`);
    expect(jens.text()).toContain('Find ud af, om borgeren stadig læser sin Digital Post, og godkend igen.');
    await requests.sign(id, ['abroad']);
    await delivered(id);
    expect(await boxOf(cpr)).toHaveLength(1);
  });

  it('an address that became protected stops nothing that the citizen gets in the own mailbox', async () => {
    const cpr = person({ isAddressProtected: true });
    await delivered(await signed(cpr));
    expect(await boxOf(cpr)).toHaveLength(1);
  });

  it('an address that became protected gives back what another receives, until the approver has looked', async () => {
    const id = await requests.make({ cpr: person({ isAddressProtected: true }) });
    const parent = person();
    await requests.receives(id, { kind: 'person', number: parent });
    await requests.sign(id);
    expect((await givenBack(id)).attention).toContain('Se efter, at adressen er fjernet i alle dokumenter');
    await requests.sign(id, ['address-protected']);
    await delivered(id);
    expect(await boxOf(parent)).toHaveLength(1);
  });

  it('somebody else in the documents who became protected gives the answer back, until the approver has looked', async () => {
    const cpr = person();
    const neighbour = person({ isAddressProtected: true });
    const id = await requests.make({ cpr });
    await carrier.within((entities) =>
      carrier.app
        .get(Register)
        .add(entities, town.authorityId, id, [{ name: 'Nina Nabo', cpr: neighbour, role: 'other', roleText: 'nabo' }], {
          source: 'sbsys',
          position: 1,
        }),
    );
    await requests.sign(id);
    const { attention } = await givenBack(id);
    expect(attention).toContain('Nogen, der er nævnt i dokumenterne, har adressebeskyttelse i CPR');
    expect(attention).not.toContain('Nina');
    await jens.open(`/sagsbehandling/${id}/godkend`);
    expect(jens.text()).toContain(
      'Nina Nabo har adressebeskyttelse. Se efter, at adressen er fjernet i alle dokumenter.',
    );
    expect(jens.field('cpr')).toMatch(/^other-T\d+$/);
    const fields = ['manifest', 'modtager', 'cpr'].map((name) => [name, jens.field(name)] as [string, string]);
    await jens.send(`/sagsbehandling/${id}/godkend`, [...fields, ['bekraeft', 'ja']]);
    await delivered(id);
    expect(await boxOf(cpr)).toHaveLength(1);
  });

  it('a late notice is not sent to one who has died either', async () => {
    const cpr = person({ status: 'doed' });
    const id = await requests.make({ cpr });
    await carrier.within((entities) => entities.update(AccessRequest, { id }, { state: 'review' }));
    await jens.open(`/sagsbehandling/${id}/fristbrev`);
    const dato = new Date(Date.now() + 12 * 86_400_000).toISOString().slice(0, 10);
    await jens.send(`/sagsbehandling/${id}/fristbrev`, { begrundelse: LATE, dato });
    const notice = await until(
      'it is not sent',
      () => carrier.within((entities) => entities.findOneByOrFail(LateNotice, { requestId: id })),
      ({ state }) => state === 'not_registered',
    );
    expect(notice.errorText).toMatch(/^Fristbrevet er ikke sendt\. Borgeren er død ifølge CPR\./);
    expect(await boxOf(cpr)).toEqual([]);
  });

  it("a child's answer goes to a parent who has custody", async () => {
    const parent = person();
    const child = person({ custody: [parent] });
    const id = await requests.make({ cpr: child });
    await requests.receives(id, { kind: 'custody', number: parent });
    await requests.sign(id);
    await delivered(id);
    expect((await boxOf(parent)).map(({ label }) => label)).toEqual([expect.stringMatching(/^Svar på anmodning/)]);
    expect(await boxOf(child)).toEqual([]);
  });

  it('a parent who lost custody gets nothing, and somebody else can be chosen', async () => {
    const parent = person();
    const other = person();
    const child = person({ custody: [other] });
    const id = await requests.make({ cpr: child });
    await requests.receives(id, { kind: 'custody', number: parent });
    await requests.sign(id, ['custody-lost']);
    expect((await givenBack(id)).attention).toMatch(
      /Modtageren har ikke forældremyndighed.*forældreansvarslovens § 23/,
    );
    await requests.receives(id, { kind: 'custody', number: other });
    await requests.sign(id);
    await delivered(id);
    expect(await boxOf(parent)).toEqual([]);
    expect(await boxOf(other)).toHaveLength(1);
  });

  it('a guardian receives, unless the register names another or the guardian has died', async () => {
    const guardian = person();
    const ward = (guardians: string[]) => requests.make({ cpr: person({ guardians }) });
    const named = await ward([guardian]);
    const replaced = await ward([person()]);
    const dead = await ward([]);
    const gone = person({ status: 'doed' });
    await requests.receives(named, { kind: 'guardian', number: guardian });
    await requests.receives(replaced, { kind: 'guardian', number: guardian });
    await requests.receives(dead, { kind: 'guardian', number: gone });
    for (const id of [named, replaced, dead]) await requests.sign(id);
    await delivered(named);
    expect((await givenBack(replaced)).attention).toContain('CPR har en anden værge for borgeren end modtageren.');
    expect((await givenBack(dead)).attention).toContain('Modtageren er død eller forsvundet');
    expect(await boxOf(guardian)).toHaveLength(1);
    expect(await boxOf(gone)).toEqual([]);
  });

  it.each(['guardian', 'person'] as const)('a paper that has ended gives the answer back (%s)', async (kind) => {
    const id = await requests.make({ cpr: person() });
    const number = person();
    await requests.receives(id, { kind, number, validUntil: '2099-12-31' });
    await carrier.within((entities) => entities.update(Mandate, { requestId: id }, { validUntil: '2026-01-31' }));
    await requests.sign(id);
    expect((await givenBack(id)).attention).toMatch(
      kind === 'guardian'
        ? /^Værgemålet gjaldt til og med 31\. januar 2026/
        : /^Fuldmagten gjaldt til og med 31\. januar 2026/,
    );
    expect(await boxOf(number)).toEqual([]);
  });

  it('a mandate that was revoked since gives the answer back, and the citizen gets it after a new approval', async () => {
    const cpr = person();
    const id = await requests.make({ cpr });
    await requests.receives(id, { kind: 'firm', number: '11223344' });
    const decision = await carrier.within((entities) => entities.findOneByOrFail(Decision, { requestId: id }));
    // In the moment between: the pages allow it only while nothing is approved.
    await carrier.within(async (entities) => {
      const { id: mandateId } = await entities.findOneByOrFail(Mandate, { requestId: id });
      const shown = { manifestSha256: decision.manifestSha256 as string, mandateId };
      await carrier.app.get(SignDecision).sign(entities, id, requests.approver.id, shown);
      await entities.update(Mandate, { id: mandateId }, { revokedAt: new Date(), revokedBy: requests.approver.id });
    });
    expect((await givenBack(id)).attention).toContain('Modtageren er en anden end den, der blev godkendt');
    await requests.sign(id);
    await delivered(id);
    expect(await boxOf(cpr)).toHaveLength(1);
    expect(await boxOf('11223344')).toEqual([]);
  });

  it('a register that does not answer holds everything back; staff are told, and it goes by itself afterwards', async () => {
    const cpr = person();
    register.fail(503, 3);
    const id = await signed(cpr);
    const waiting = await until(
      'staff are told',
      () => carrier.request(id),
      ({ attention }) => attention !== null,
    );
    expect(waiting).toMatchObject({ state: 'signed' });
    expect(waiting.attention).toMatch(/^CPR svarer ikke, så modtageren kan ikke kontrolleres\. Intet er sendt/);
    expect(await delivered(id)).toMatchObject({ attention: null });
    expect(await boxOf(cpr)).toHaveLength(1);
  });
});
