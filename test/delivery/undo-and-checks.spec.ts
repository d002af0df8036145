import 'reflect-metadata';
import { Decision } from '../../src/decisions/decision.entity';
import { PackageFile } from '../../src/decisions/package-file.entity';
import { Delivery } from '../../src/delivery/delivery.entity';
import { JournalEntryRow } from '../../src/delivery/journal-entry.entity';
import { Mandate } from '../../src/delivery/mandate.entity';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { OutboxRow } from '../../src/platform/outbox/outbox-row.entity';
import { type AccessRequest } from '../../src/requests/request.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Town } from '../../src/sandbox/demo/town';
import { ApprovableRequests, testCpr } from '../support/approvable-request';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

/** Long enough for a test to act in it; the worker waits no longer than it must. */
const UNDO_SECONDS = 600;

describe('between approval and sending', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let requests: ApprovableRequests;
  let jens: Browser;
  let count = 5000;

  beforeAll(async () => {
    place = await TestTown.start({ settings: { DELIVERY_UNDO_SECONDS: String(UNDO_SECONDS) } });
    ({ town, carrier } = place);
    requests = await ApprovableRequests.for(carrier, town.authorityId);
    await town.run('all');
    jens = new Browser(town.publicUrl);
    await jens.logIn('/medarbejder', 'jens');
  });
  afterAll(async () => {
    await place?.stop();
  });

  const deliveriesOf = (requestId: string) =>
    carrier.within((entities) => entities.find(Delivery, { where: { requestId }, order: { undoneAt: 'ASC' } }));
  const signed = () => requests.signed({ cpr: testCpr((count += 1)) });
  const boxOf = async (cpr: string) =>
    (await town.digitalPost.control.messages()).filter(({ recipientCpr }) => recipientCpr === cpr);

  /** The window is over: as if ten minutes had gone by. */
  const endWindow = (deliveryId: string) =>
    carrier.within(async (entities) => {
      await entities.update(Delivery, { id: deliveryId }, { sendAfter: new Date(Date.now() - 1000) });
      await entities.update(OutboxRow, { subjectId: deliveryId }, { availableAt: new Date(Date.now() - 1000) });
    });
  const moved = (id: string, state: AccessRequest['state']) => carrier.waitFor(id, [state], 30_000);

  it('nothing leaves, the journal holds nothing, and the citizen cannot fetch the answer', async () => {
    const { id, delivery } = await signed();
    expect(Number(delivery.sendAfter) - Date.now()).toBeGreaterThan((UNDO_SECONDS - 60) * 1000);
    expect(await jens.open(`/sagsbehandling/${id}/godkend`)).toBe(200);
    expect(jens.text()).toMatch(/Pakken sendes kl\. \d\d\.\d\d\. Indtil da kan du fortryde\./);
    expect(await carrier.messagesOf(id)).toEqual([]);
    expect((await carrier.request(id)).state).toBe('signed');
  });

  it('the approver undoes it: the answer is approved anew, and only what was approved last is sent', async () => {
    const cpr = testCpr((count += 1));
    const { id, delivery } = await requests.signed({ cpr });
    await jens.open(`/sagsbehandling/${id}/godkend`);
    expect(await jens.send(`/sagsbehandling/${id}/fortryd-afsendelse`)).toBe(200);
    expect(jens.text()).toContain('Skriver du under på dette?');
    expect(await carrier.request(id)).toMatchObject({ state: 'ready' });
    const [undone] = await deliveriesOf(id);
    expect(undone).toMatchObject({ id: delivery.id, state: 'undone', undoneBy: expect.any(String) });
    const entries = await carrier.within((entities) =>
      entities.findBy(AuditEntry, { requestId: id, action: 'delivery.undo' }),
    );
    expect(entries).toMatchObject([{ actorKind: 'staff', actorId: undone.undoneBy }]);
    await endWindow(delivery.id);
    const again = await requests.sign(id);
    await endWindow(again.id);
    await moved(id, 'delivered');
    expect(await boxOf(cpr)).toHaveLength(1);
    expect((await deliveriesOf(id)).map(({ state }) => state).sort()).toEqual(['delivered', 'undone']);
  });

  it('a records officer stops it from an incident, and nothing has left', async () => {
    const cpr = testCpr((count += 1));
    const { id, delivery } = await requests.signed({ cpr });
    const lone = new Browser(town.publicUrl);
    await lone.logIn('/medarbejder', 'lone');
    await lone.open(`/arkiv/haendelser/ny?leverance=${delivery.id}`);
    const [dag, kl] = [lone.field('dag'), lone.field('kl')];
    const what = 'Svaret er ved at blive sendt til en forkert modtager.';
    const form = { leverance: delivery.id, aarsag: 'wrong-recipient', hvad: what, hvem: 'Godkenderen', dag, kl };
    expect(await lone.send('/arkiv/haendelser/ny', form)).toBe(200);
    const [stop] = lone.links(/\/stands$/);
    expect(await lone.send(stop)).toBe(200);
    expect(lone.text()).toContain('Standset, før det blev sendt');
    expect(await carrier.request(id)).toMatchObject({ state: 'ready' });
    await endWindow(delivery.id);
    expect(await boxOf(cpr)).toEqual([]);
  });

  it('what has begun to leave cannot be undone', async () => {
    const { id, delivery } = await signed();
    await endWindow(delivery.id);
    await moved(id, 'delivered');
    await jens.open(`/sagsbehandling/${id}/godkend`);
    expect(await jens.send(`/sagsbehandling/${id}/fortryd-afsendelse`)).toBe(409);
    expect(jens.text()).toContain('kan ikke fortrydes');
    expect((await deliveriesOf(id)).map(({ state }) => state)).toEqual(['delivered']);
  });

  it('a file that is not the one that was approved stops it, and only a new review leads on', async () => {
    const cpr = testCpr((count += 1));
    const { id, delivery } = await requests.signed({ cpr });
    await carrier.within((entities) =>
      entities.update(PackageFile, { decisionId: delivery.decisionId, kind: 'package' }, { sha256: 'f'.repeat(64) }),
    );
    await endWindow(delivery.id);
    const request = await moved(id, 'stopped');
    expect(request.attention).toContain('Filerne er ikke dem, der blev godkendt');
    const decision = await carrier.within((entities) => entities.findOneByOrFail(Decision, { requestId: id }));
    expect(decision).toMatchObject({ state: 'assembled', signedBy: null });
    expect(await boxOf(cpr)).toEqual([]);
  });

  it('another recipient than the approved one voids the signature', async () => {
    const cpr = testCpr((count += 1));
    const { id, delivery } = await requests.signed({ cpr });
    await carrier.within((entities) =>
      entities.insert(Mandate, {
        authorityId: town.authorityId,
        requestId: id,
        kind: 'firm' as const,
        cvr: '12345678',
        nameSealed: Buffer.from('x'),
        documentKey: 'x',
        documentSha256: 'x',
        documentMediaType: 'application/pdf',
        setBy: requests.approver.id,
        setAt: new Date(),
      }),
    );
    await endWindow(delivery.id);
    const request = await moved(id, 'ready');
    expect(request.attention).toContain('Modtageren er en anden end den, der blev godkendt');
    expect(await boxOf(cpr)).toEqual([]);
    expect(await carrier.within((entities) => entities.countBy(JournalEntryRow, { requestId: id }))).toBe(1);
    await until(
      'the undone delivery is done with',
      () => deliveriesOf(id),
      ([{ state }]) => state === 'undone',
    );
  });
});
