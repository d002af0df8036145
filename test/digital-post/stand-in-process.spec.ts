import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoBytes, NgdpGateway, readBesked, Sf1601Gateway } from '../../src/digital-post';
import { sampleMessage } from '../../src/digital-post/testing/sample-message';
import { startDigitalPostProcess, type DigitalPostProcess } from '../../src/sandbox/digital-post';

const signal = () => new AbortController().signal;

describe('the Digital Post stand-in as a process of its own', () => {
  let parent: string;
  let post: DigitalPostProcess;
  let gateway: NgdpGateway;

  const start = async (port?: number) => {
    post = await startDigitalPostProcess({
      folder: join(parent, 'post'),
      certificateFolder: join(parent, 'certificates'),
      receiptDelayMs: 3_600_000,
      port,
    });
    const { baseUrl, certificateFile, keyFile, caFile, systemId, apiToken } = post;
    gateway = new NgdpGateway({ baseUrl, certificateFile, keyFile, caFile, systemId, apiToken });
  };

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'digital-post-'));
    await start();
  });
  afterAll(async () => {
    gateway.close();
    await post.stop();
    await rm(parent, { recursive: true });
  });

  it('delivers once, keeps the bytes, and is the same post office after it was killed', async () => {
    const message = sampleMessage();
    const { content } = await memoBytes(message);
    await post.control.scenario({ kind: 'broken-after-acceptance' });
    expect((await gateway.send(message.messageUUID, content, signal())).state).toBe('unknown');
    process.kill(post.pid, 'SIGKILL');
    await post.stop();
    gateway.close();
    await start();

    const again = await gateway.send(message.messageUUID, content, signal());
    await post.control.releaseReceipts();

    expect(again.state).toBe('accepted');
    const stored = await post.control.messages();
    expect(stored).toMatchObject([{ messageUUID: message.messageUUID, attempts: 2 }]);
    expect(readFileSync(stored[0]!.path).equals(content)).toBe(true);
    expect((await gateway.pullReceipts(signal())).map(({ status }) => status)).toEqual(['RECEIVED', 'COMPLETED']);
  });

  it('is one post office by both roads, also after it was killed: a token of before is renewed', async () => {
    const { certificateFile, keyFile, caFile, serviceUrl, tokenUrl, cvr } = post;
    const byPlatform = new Sf1601Gateway({ certificateFile, keyFile, caFile, serviceUrl, tokenUrl, cvr });
    const message = sampleMessage({ messageUUID: 'd2b5c1a4-63f0-4a8e-9b1d-0c5e7f8a9b21' });
    const { content } = await memoBytes(message);
    expect(await byPlatform.registration('2211771212', signal())).toBe('registered');
    const port = Number(new URL(serviceUrl).port);
    process.kill(post.pid, 'SIGKILL');
    await post.stop();
    gateway.close();
    await start(port);

    expect(await byPlatform.registration('2211771212', signal())).toBe('registered');
    expect((await byPlatform.send(message.messageUUID, content, signal())).state).toBe('accepted');
    await post.control.releaseReceipts();
    const statuses = (await post.control.waitingBeskeder()).map((text) => readBesked(text, { cvr }).status);
    expect(statuses).toEqual(['RECEIVED', 'COMPLETED']);
    byPlatform.close();
  });

  it('does what it is told about a citizen', async () => {
    await post.control.contact('2211771212', 'EXEMPT');
    expect(await gateway.registration('2211771212', signal())).toBe('exempt');
    await expect(post.control.scenario({ kind: 'dance' as never })).rejects.toThrow('400');
  });
});
