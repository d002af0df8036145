import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';
import { createServer as createHttp, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SourceHttp, type HttpRules } from './source-http';

const RULES: HttpRules = {
  timeoutMs: 1000,
  retries: 0,
  retryBaseMs: 1,
  longestPauseMs: 10,
  parallel: 2,
  requestsPerSecond: 1000,
};
const { signal } = new AbortController();

async function listening(server: Server | ReturnType<typeof createHttps>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function selfSigned(): Promise<{ cert: string; key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Solby intern CA',
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true),
      new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]),
    ],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return { cert: certificate.toString('pem'), key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n` };
}

describe('asking a source over HTTP', () => {
  const servers: { closeAllConnections(): void; close(): unknown }[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('trusts the CA of the settings and nobody unknown', async () => {
    const { cert, key } = await selfSigned();
    const server = createHttps({ cert, key }, (_request, response) => response.end('{"ok":true}'));
    servers.push(server);
    const address = `https://127.0.0.1:${await listening(server)}`;
    const call = { method: 'GET', path: '/', asked: 'a list' } as const;
    await expect(new SourceHttp(address, RULES).json(call, signal)).rejects.toMatchObject({ errorClass: 'tls' });
    await expect(new SourceHttp(address, { ...RULES, ca: cert }).json(call, signal)).resolves.toEqual({ ok: true });
  });

  it('follows nobody to another host, neither by redirect nor by path', async () => {
    const visits: string[] = [];
    const elsewhere = createHttp((request, response) => response.end(String(visits.push(request.url ?? ''))));
    const away = `http://127.0.0.1:${await listening(elsewhere)}/`;
    const server = createHttp((_request, response) => response.writeHead(302, { location: away }).end());
    servers.push(elsewhere, server);
    const http = new SourceHttp(`http://127.0.0.1:${await listening(server)}`, RULES);
    for (const path of ['/', away, away.replace('http:', '')]) {
      const asking = http.json({ method: 'GET', path, asked: 'a list' }, signal);
      await expect(asking).rejects.toMatchObject({ errorClass: 'contract', retryable: false });
    }
    expect(visits).toEqual([]);
  });

  it('says that a source nobody answers for is unavailable', async () => {
    const server = createHttp();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const asking = new SourceHttp(`http://127.0.0.1:${port}`, RULES).json(
      { method: 'GET', path: '/', asked: 'a list' },
      signal,
    );
    await expect(asking).rejects.toMatchObject({ errorClass: 'unavailable', retryable: true });
  });

  it('asks no more things at a time than it may', async () => {
    let now = 0;
    let most = 0;
    const server = createHttp((_request, response) => {
      most = Math.max(most, (now += 1));
      setImmediate(() => {
        now -= 1;
        response.end('{}');
      });
    });
    servers.push(server);
    const http = new SourceHttp(`http://127.0.0.1:${await listening(server)}`, RULES);
    const calls = Array.from({ length: 8 }, () => http.json({ method: 'GET', path: '/', asked: 'a list' }, signal));
    await Promise.all(calls);
    expect(most).toBe(2);
  });

  it('spreads requests over time once the burst of a second is used', async () => {
    const server = createHttp((_request, response) => response.end('{}'));
    servers.push(server);
    const http = new SourceHttp(`http://127.0.0.1:${await listening(server)}`, { ...RULES, requestsPerSecond: 20 });
    const begun = performance.now();
    for (let nth = 0; nth < 26; nth += 1) await http.json({ method: 'GET', path: '/', asked: 'a list' }, signal);
    expect(performance.now() - begun).toBeGreaterThan(200);
  });
});
