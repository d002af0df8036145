import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeliveryMessage } from '../../src/delivery/delivery-message.entity';
import { Delivery } from '../../src/delivery/delivery.entity';
import { Receipt } from '../../src/delivery/receipt.entity';
import { Sf1601Gateway } from '../../src/digital-post';
import { sampleBesked } from '../../src/digital-post/testing/sample-besked';
import { CERTIFICATE_FILES } from '../../src/sandbox/certificates';
import { BrokerPublisher } from '../../src/sandbox/digital-post/sf1601/broker-publisher';
import { startRabbit, type RabbitServer } from '../digital-post/rabbit-server';
import { ApprovableRequests, testCpr } from '../support/approvable-request';
import type { Carrier } from '../support/carry-request';
import { missingProgram } from '../support/missing-program';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

const QUEUE = '5c0f3c8e-2f5b-4d0c-9b0e-8f6a3f0d1b52';
const described = missingProgram('rabbitmq-server', 'deliveries whose receipts are fetched from Beskedfordeler')
  ? describe.skip
  : describe;

/** The municipality has opened no door: its worker fetches receipts from the queue of a real broker. */
described('a delivery by SF1601 whose receipts are fetched', () => {
  let place: TestTown;
  let carrier: Carrier;
  let requests: ApprovableRequests;
  let rabbit: RabbitServer;
  let publisher: BrokerPublisher;
  let count = 8000;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ carrier } = place);
    const { town } = place;
    requests = await ApprovableRequests.for(carrier, town.authorityId);
    const file = (name: keyof typeof CERTIFICATE_FILES) => join(town.folder, 'certificates', CERTIFICATE_FILES[name]);
    const files = { ca: file('ca'), cert: file('serverCert'), key: file('serverKey') };
    rabbit = await startRabbit({ files, client: 'Solby Kommune - Aktindsigt', queue: QUEUE });
    const { port, vhost, user } = rabbit;
    const at = { hostname: '127.0.0.1', port, vhost, queue: QUEUE };
    publisher = new BrokerPublisher({ ...at, user: user.name, password: user.password });
    const { serviceUrl, tokenUrl, cvr } = town.digitalPost;
    await town.run('worker', {
      DIGITAL_POST_ROUTE: 'sf1601',
      DIGITAL_POST_URL: serviceUrl,
      SF1601_TOKEN_URL: tokenUrl,
      SF1601_CVR: cvr,
      SF1601_BROKER_URL: rabbit.tlsUrl,
      SF1601_BROKER_VHOST: vhost,
      SF1601_BROKER_QUEUE: QUEUE,
      SF1601_BROKER_LOGIN: 'certificate',
      CLOCK_TICK_MS: '300',
    });
  });
  afterAll(async () => {
    await publisher?.close();
    await place?.stop();
    await rabbit?.stop();
  });

  const stateOf = async (id: string) =>
    (await carrier.within((entities) => entities.findOneByOrFail(Delivery, { requestId: id }))).state;
  const receiptsOf = (messageUuid: string) => carrier.within((entities) => entities.findBy(Receipt, { messageUuid }));
  const lay = (messageUUID: string, beskedId: string = randomUUID()) =>
    publisher.publish(sampleBesked({ messageUUID, beskedId, cvr: place.town.digitalPost.cvr, isBare: true }));

  async function submitted(): Promise<{ id: string; messageUuid: string }> {
    const { id, delivery } = await requests.signed({ cpr: testCpr((count += 1)) });
    await until(
      'the message was taken in',
      () => stateOf(id),
      (state) => state === 'submitted',
    );
    const [message] = await carrier.within((entities) => entities.findBy(DeliveryMessage, { deliveryId: delivery.id }));
    return { id, messageUuid: message!.messageUuid };
  }

  /** What another fetcher would get: nothing, once the worker has confirmed. */
  async function leftInQueue(): Promise<number> {
    const { town } = place;
    const { serviceUrl, tokenUrl, cvr, certificateFile, keyFile, caFile } = town.digitalPost;
    const [cert, key, ca] = await Promise.all([certificateFile, keyFile, caFile].map((name) => readFile(name, 'utf8')));
    const broker = { url: rabbit.tlsUrl, vhost: rabbit.vhost, queue: QUEUE, login: 'certificate' as const };
    const other = new Sf1601Gateway({ serviceUrl, tokenUrl, cvr, cert: cert!, key: key!, ca, broker });
    const receipts = await other.pullReceipts(new AbortController().signal);
    other.close();
    return receipts.length;
  }

  it('is delivered by the receipt in the queue, which is confirmed once it is stored', async () => {
    const { id, messageUuid } = await submitted();
    await lay(messageUuid);
    await until(
      'the receipt was taken',
      () => stateOf(id),
      (state) => state === 'delivered',
    );
    expect(await carrier.request(id)).toMatchObject({ state: 'delivered', attention: null });
    expect(await receiptsOf(messageUuid)).toHaveLength(1);
    await until('nothing is left', leftInQueue, (left) => left === 0);
  });

  it('is delivered once by the same receipt twice, and one for a message that nobody sent is kept without a delivery', async () => {
    const { id, messageUuid } = await submitted();
    const [twice, unknown] = [randomUUID(), randomUUID()];
    await lay(unknown);
    await lay(messageUuid, twice);
    await lay(messageUuid, twice);
    await until(
      'the receipt was taken',
      () => stateOf(id),
      (state) => state === 'delivered',
    );
    await until('nothing is left', leftInQueue, (left) => left === 0);
    expect(await receiptsOf(messageUuid)).toHaveLength(1);
    expect(await receiptsOf(unknown)).toMatchObject([{ deliveryId: null }]);
  });
});
