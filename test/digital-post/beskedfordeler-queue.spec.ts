import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrokerSettings } from '../../src/digital-post';
import { ExchangeError, memoBytes, Sf1601Gateway } from '../../src/digital-post';
import { sampleBesked } from '../../src/digital-post/testing/sample-besked';
import { sampleMessage } from '../../src/digital-post/testing/sample-message';
import { CERTIFICATE_FILES, sandboxCertificates, type SandboxCertificates } from '../../src/sandbox/certificates';
import { DigitalPostStandIn } from '../../src/sandbox/digital-post';
import { BrokerPublisher, type BrokerPlace } from '../../src/sandbox/digital-post/sf1601/broker-publisher';
import { missingProgram } from '../support/missing-program';
import { startRabbit, type RabbitServer } from './rabbit-server';

const CVR = '12345678';
const QUEUE = '7e1a2c52-8a7c-4a64-9a3c-6c50a1f4b3d7';
const UUID = sampleMessage().messageUUID;
const signal = () => new AbortController().signal;
const withBroker = missingProgram('rabbitmq-server', 'receipts from the queue of Beskedfordeler')
  ? describe.skip
  : describe;

withBroker('receipts from the queue of Beskedfordeler, with a real broker', () => {
  let folder: string;
  let certificates: SandboxCertificates;
  let rabbit: RabbitServer;
  let standIn: DigitalPostStandIn;
  let publisher: BrokerPublisher;
  let urls: { serviceUrl: string; tokenUrl: string };
  const gateways: Sf1601Gateway[] = [];
  let reports: string[];

  const gateway = (login: BrokerSettings['login'] = 'token', queue = QUEUE) => {
    const { ca, client } = certificates;
    const broker = { url: rabbit.tlsUrl, vhost: rabbit.vhost, queue, login };
    const report = (sentence: string) => reports.push(sentence);
    const made = new Sf1601Gateway({ ...urls, ca, ...client, cvr: CVR, broker, report });
    gateways.push(made);
    return made;
  };
  const lay = (wish = {}) => publisher.publish(sampleBesked({ messageUUID: UUID, isBare: true, ...wish }));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'broker-'));
    const own = join(folder, 'certificates');
    certificates = await sandboxCertificates(own);
    const file = (name: keyof typeof CERTIFICATE_FILES) => join(own, CERTIFICATE_FILES[name]);
    const files = { ca: file('ca'), cert: file('serverCert'), key: file('serverKey') };
    rabbit = await startRabbit({ files, client: 'Solby Kommune - Aktindsigt', queue: QUEUE });
    const { port, vhost, user } = rabbit;
    const place: BrokerPlace = {
      hostname: '127.0.0.1',
      port,
      vhost,
      queue: QUEUE,
      user: user.name,
      password: user.password,
    };
    publisher = new BrokerPublisher(place);
    standIn = new DigitalPostStandIn({
      folder: join(folder, 'post'),
      certificates,
      receiptDelayMs: 3_600_000,
      broker: place,
    });
    urls = await standIn.start();
  });
  beforeEach(async () => {
    reports = [];
    await publisher.clear();
  });
  afterEach(() => {
    for (const each of gateways.splice(0)) each.close();
  });
  afterAll(async () => {
    await publisher?.close();
    await standIn?.stop();
    await rabbit?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('come for a message that was sent, and are gone when they were confirmed', async () => {
    const one = gateway();
    await one.send(UUID, (await memoBytes(sampleMessage())).content, signal());
    await standIn.releaseReceipts();

    const receipts = await one.pullReceipts(signal());
    expect(receipts.map(({ status, messageUUID }) => [status, messageUUID])).toEqual([
      ['RECEIVED', UUID],
      ['COMPLETED', UUID],
    ]);
    for (const { receiptId } of receipts) await one.confirmReceipt(receiptId);
    expect(await gateway().pullReceipts(signal())).toEqual([]);
  });

  it('come again when the program ended before it confirmed them, and a late confirmation does no harm', async () => {
    await lay();
    const killed = gateway();
    const [first] = await killed.pullReceipts(signal());
    killed.close();
    await killed.confirmReceipt(first!.receiptId);

    const next = gateway();
    expect((await next.pullReceipts(signal())).map(({ receiptId }) => receiptId)).toEqual([first!.receiptId]);
    await next.confirmReceipt(first!.receiptId);
    expect(await next.pullReceipts(signal())).toEqual([]);
  });

  it('go back when they are fetched again without being confirmed', async () => {
    const one = gateway('certificate');
    await lay();

    expect(await one.pullReceipts(signal())).toHaveLength(1);
    const [again] = await one.pullReceipts(signal());
    await one.confirmReceipt(again!.receiptId);
    expect(await one.pullReceipts(signal())).toEqual([]);
  });

  it('leave the queue both when the same one lay there twice', async () => {
    const { name, password } = rabbit.user;
    const one = gateway({ user: name, password });
    await lay();
    await lay();

    const [first, second] = await one.pullReceipts(signal());
    expect(second).toEqual(first);
    await one.confirmReceipt(first!.receiptId);
    expect(await one.pullReceipts(signal())).toEqual([]);
  });

  it('stay in the queue and are reported when they are forged or unreadable, and do not hold up the others', async () => {
    await lay({ actor: UUID });
    await publisher.publish('hej');
    await lay();
    const one = gateway();

    const receipts = await one.pullReceipts(signal());
    await one.confirmReceipt(receipts[0]!.receiptId);

    expect(receipts).toHaveLength(1);
    expect(reports).toEqual([
      expect.stringMatching(/was left in its queue: A receipt comes from a system/),
      expect.stringMatching(/was left in its queue: What came is no message/),
    ]);
    expect(await gateway().pullReceipts(signal())).toEqual([]);
    expect(reports).toHaveLength(4);
  });

  it('are not reached with a wrong password or an unknown queue, in words without either', async () => {
    const wrong = gateway({ user: rabbit.user.name, password: 'gaettet' });
    const failing = await wrong.pullReceipts(signal()).catch((error: unknown) => error);

    expect(failing).toBeInstanceOf(ExchangeError);
    expect((failing as Error).message).toMatch(/^Beskedfordeler could not be asked .*\.$/);
    expect(String((failing as Error).stack)).not.toMatch(/gaettet|localhost/);
    await expect(gateway('token', 'ukendt').pullReceipts(signal())).rejects.toThrow(/\(404\)\. None was lost/);
  });

  it('are not fetched over plain AMQP from another machine', () => {
    const { ca, client } = certificates;
    const broker: BrokerSettings = { url: 'amqp://post.example:5672', vhost: 'BF', queue: QUEUE, login: 'certificate' };
    expect(() => new Sf1601Gateway({ ...urls, ca, ...client, cvr: CVR, broker })).toThrow(/amqps/);
  });
});
