import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module';
import { DeliveryMessage } from '../../src/delivery/delivery-message.entity';
import { Delivery } from '../../src/delivery/delivery.entity';
import { GATEWAY, type Gateway } from '../../src/delivery/gateway';
import { HandOver } from '../../src/delivery/hand-over';
import { Receipt } from '../../src/delivery/receipt.entity';
import { ReceiptsProcessor } from '../../src/delivery/receipts.processor';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { loadSettings } from '../../src/platform/settings';
import { RequestEvent } from '../../src/requests/request-event.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { WorkerModule } from '../../src/worker.module';
import { answeredRequest } from '../support/answered-request';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

const STATEMENT = 'Udleveret på papir i Borgerservice den 22. november til Clara Overby Sand.';

describe('an answer that Digital Post cannot deliver', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let mette: Browser;
  let id: string;
  const delivery = () => carrier.within((entities) => entities.findOneByOrFail(Delivery, { requestId: id }));

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    await town.run('all');
    await town.digitalPost.control.contact(CLARA.cpr.replace('-', ''), 'EXEMPT');
    const request = await answeredRequest(carrier, CLARA);
    expect(request.state).toBe('undeliverable');
    id = request.id;
    mette = new Browser(town.publicUrl);
    await mette.logIn('/medarbejder', 'mette');
  });
  afterAll(async () => {
    await place?.stop();
  });

  const handOver = async (udlevering: string) => {
    await mette.open(`/sagsbehandling/${id}`);
    return mette.send(`/sagsbehandling/${id}/udleveret`, { udlevering });
  };

  it('is not handed over without a statement of how, when and to whom', async () => {
    expect(await handOver('på papir')).toBe(409);
    expect(mette.text()).toContain('Skriv, hvordan og hvornår svaret blev udleveret, og hvem der fik det.');
    expect((await carrier.request(id)).state).toBe('undeliverable');
    expect(await delivery()).toMatchObject({ state: 'not_registered', channel: 'digital-post', handedOverBy: null });
  });

  it('is delivered when an employee attests it; the statement is sealed and stands in no log', async () => {
    expect(await handOver(STATEMENT)).toBe(200);
    expect(mette.text()).not.toContain('Hvordan og hvornår blev svaret udleveret');
    const request = await carrier.request(id);
    expect(request).toMatchObject({ state: 'delivered', attention: null });
    expect(request.closedAt).not.toBeNull();
    const found = await delivery();
    expect(found).toMatchObject({ state: 'delivered', channel: 'manual' });
    expect(found.deliveredAt).not.toBeNull();
    expect((found.statementSealed as Buffer).includes('Borgerservice')).toBe(false);
    expect(await carrier.app.get(HandOver).statementOf(found)).toBe(STATEMENT);
    const entries = await carrier.within((entities) => entities.findBy(AuditEntry, { requestId: id }));
    expect(entries.filter(({ action }) => action === 'delivery.hand-over')).toMatchObject([
      { actorKind: 'staff', actorId: found.handedOverBy },
    ]);
    expect(JSON.stringify(entries)).not.toContain('Borgerservice');
  });

  it('is called handed over to the citizen, and nowhere said to lie in Digital Post', async () => {
    const events = await carrier.within((entities) => entities.findBy(RequestEvent, { requestId: id }));
    expect(events.at(-1)).toMatchObject({ kind: 'delivered', words: 'Svaret er udleveret til dig.' });
    const clara = new Browser(town.publicUrl);
    await clara.logIn('/log-ind', 'clara');
    expect(await clara.open(`/anmodninger/${id}`)).toBe(200);
    expect(clara.text()).toContain('Svaret er udleveret til dig.');
    expect(clara.text()).not.toContain('ligger i din Digital Post');
  });

  it('is shown to the records officer with its channel, the statement and who attested it', async () => {
    const lone = new Browser(town.publicUrl);
    await lone.logIn('/medarbejder', 'lone');
    expect(await lone.open(`/arkiv/leverancer/${(await delivery()).id}`)).toBe(200);
    expect(lone.text()).toContain('Udleveret på anden måde');
    expect(lone.text()).toContain(STATEMENT);
    expect(lone.text()).toMatch(/Attesteret af Mette/);
  });

  it('is not handed over twice', async () => {
    expect(await handOver('Udleveret en gang til i dag.')).toBe(409);
    expect(await carrier.app.get(HandOver).statementOf(await delivery())).toBe(STATEMENT);
  });

  it('stays as it was attested when a receipt comes late', async () => {
    const app = await workerWithoutQueues();
    try {
      const before = await delivery();
      const gateway = app.get<Gateway>(GATEWAY);
      const messageUuid = randomUUID();
      await carrier.within((entities) => entities.insert(DeliveryMessage, sentMessage(before, messageUuid)));
      const at = new Date(Date.now() + 60_000).toISOString();
      gateway.pullReceipts = async () => [
        { receiptId: 'late', messageUUID: messageUuid, status: 'COMPLETED', at, raw: '{}' },
      ];
      gateway.confirmReceipt = async () => undefined;
      const { authorityId } = town;
      const { signal } = new AbortController();
      expect(await app.get(ReceiptsProcessor).run({ authorityId, isExpected: true }, { authorityId, signal })).toBe(1);
      expect(await delivery()).toEqual(before);
      expect((await carrier.request(id)).state).toBe('delivered');
      expect(await carrier.within((entities) => entities.countBy(Receipt, { messageUuid }))).toBe(1);
    } finally {
      await app.close();
    }
  });

  /** The processors with everything they stand on; nothing is taken from the queue. */
  function workerWithoutQueues(): Promise<INestApplicationContext> {
    return NestFactory.createApplicationContext(AppModule.with(loadSettings(town.settings), [WorkerModule]), {
      logger: ['error'],
    });
  }
});

/** A message whose end was not known when the answer was handed over. */
function sentMessage({ authorityId, id }: Delivery, messageUuid: string) {
  const bytes = { contentKey: 'x', contentSha256: 'x', contentSize: '1' };
  const place = { channel: 'digital-post' as const, part: 1, parts: 1, fileIds: [] };
  return { authorityId, deliveryId: id, ...place, ...bytes, state: 'unknown' as const, messageUuid, attempts: 1 };
}
