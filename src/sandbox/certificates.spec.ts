import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxCertificates } from './certificates';

describe('sandboxCertificates', () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'certificates-'));
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('makes a server certificate for the loopback address and a client certificate of OCES shape, two years long', async () => {
    const { ca, server, client } = await sandboxCertificates(join(parent, 'a'));

    const authority = new X509Certificate(ca);
    const ofServer = new X509Certificate(server.cert);
    const ofClient = new X509Certificate(client.cert);
    expect(ofServer.verify(authority.publicKey) && ofClient.verify(authority.publicKey)).toBe(true);
    expect(ofServer.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(ofServer.checkHost('localhost')).toBe('localhost');
    expect(ofClient.subject).toContain('serialNumber=UI:DK-O:G:');
    expect(ofClient.subject).toContain('O=Solby Kommune');
    const days = (Date.parse(ofClient.validTo) - Date.parse(ofClient.validFrom)) / 86_400_000;
    expect(days).toBe(730);
  });

  it('keeps folder and keys to its user, and gives the same certificates the second time', async () => {
    const folder = join(parent, 'a');
    const first = await sandboxCertificates(folder);

    expect(await sandboxCertificates(folder)).toEqual(first);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'client-key.pem'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe(first.ca);
  });

  it('gives processes that start at once the same certificates', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => sandboxCertificates(join(parent, 'a'))));

    expect(new Set(all.map(({ ca }) => ca)).size).toBe(1);
  });

  it('makes new ones when the old ones end within a month', async () => {
    const folder = join(parent, 'a');
    const old = await sandboxCertificates(folder, { from: new Date(Date.now() - 710 * 86_400_000) });

    const fresh = await sandboxCertificates(folder);

    expect(fresh.ca).not.toBe(old.ca);
    expect(Date.parse(new X509Certificate(fresh.client.cert).validTo)).toBeGreaterThan(Date.now() + 700 * 86_400_000);
  });
});
