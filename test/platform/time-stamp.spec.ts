import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkTimeStamp, requestTimeStamp } from '../../src/platform/audit-log/time-stamp';
import { missingProgram } from '../support/missing-program';
import { timeStampAuthority, type TimeStampAuthority } from '../support/time-stamp-authority';

const run = promisify(execFile);
const BYTES = Buffer.from('the root of a day\n');
const signal = () => AbortSignal.timeout(20_000);
const isMissing = missingProgram('openssl', 'time stamps of a real authority');

(isMissing ? describe.skip : describe)('a time stamp (RFC 3161) of an authority by OpenSSL', () => {
  let folder: string;
  let authority: TimeStampAuthority;
  let other: TimeStampAuthority;
  let stamp: Buffer;
  let trusted: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aktindsigt-tsa-'));
    authority = await timeStampAuthority(join(folder, 'one'));
    other = await timeStampAuthority(join(folder, 'other'));
    trusted = await readFile(authority.caFile, 'utf8');
    stamp = await requestTimeStamp(authority.url, BYTES, signal());
  });
  afterAll(async () => {
    await authority?.stop();
    await other?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is one that OpenSSL itself accepts', async () => {
    await writeFile(join(folder, 'bytes'), BYTES);
    await writeFile(join(folder, 'stamp.tsr'), stamp);
    const { stdout } = await run(
      'openssl',
      ['ts', '-verify', '-data', 'bytes', '-in', 'stamp.tsr', '-CAfile', authority.caFile],
      { cwd: folder },
    );
    expect(stdout).toContain('Verification: OK');
  });

  it('tells when the bytes existed, and whether its signer is trusted', async () => {
    const { at, isTrusted } = await checkTimeStamp(stamp, BYTES, trusted);
    expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(120_000);
    expect(isTrusted).toBe(true);
    expect((await checkTimeStamp(stamp, BYTES)).isTrusted).toBe(false);
  });

  it('is refused for other bytes', async () => {
    await expect(checkTimeStamp(stamp, Buffer.from('another root'), trusted)).rejects.toThrow(
      'The time stamp is not about these bytes, or its signer is not trusted',
    );
  });

  it('is refused when its signer is not issued by a trusted authority', async () => {
    await expect(checkTimeStamp(stamp, BYTES, await readFile(other.caFile, 'utf8'))).rejects.toThrow('is not trusted');
  });

  it('is refused with its signature or its time changed', async () => {
    const late = Buffer.from(stamp);
    const at = late.indexOf(String(new Date().getUTCFullYear()), 0, 'latin1');
    late[at + 3] ^= 1;
    const forged = Buffer.from(stamp);
    forged[forged.length - 1] ^= 1;
    for (const changed of [late, forged]) await expect(checkTimeStamp(changed, BYTES, trusted)).rejects.toThrow();
  });

  it('is refused when it answers an earlier question', async () => {
    const replaying = await serverThat(stamp);
    try {
      await expect(requestTimeStamp(addressOf(replaying), BYTES, signal())).rejects.toThrow(
        'The time-stamp authority answered another question than the one that was asked.',
      );
    } finally {
      replaying.close();
    }
  });

  it('says so when the answer is no time stamp', async () => {
    const chatty = await serverThat(Buffer.from('<html>closed</html>'));
    try {
      await expect(requestTimeStamp(addressOf(chatty), BYTES, signal())).rejects.toThrow(
        'What the time-stamp authority answered is no time stamp.',
      );
    } finally {
      chatty.close();
    }
  });
});

async function serverThat(answers: Buffer): Promise<Server> {
  const server = createServer((request, response) => request.resume().on('end', () => response.end(answers)));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
