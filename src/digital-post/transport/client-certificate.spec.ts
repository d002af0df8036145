import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingProgram } from '../../../test/support/missing-program';
import { sandboxCertificates, type SandboxCertificates } from '../../sandbox/certificates';
import {
  CertificateExpiredError,
  certificateFromFiles,
  ClientCertificate,
  type CertificateMaterial,
} from './client-certificate';

const DAY_MS = 86_400_000;

describe('the certificate of this system', () => {
  let folder: string;
  let own: SandboxCertificates;
  const file = (name: string) => join(folder, 'own', name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'certificate-'));
    own = await sandboxCertificates(join(folder, 'own'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('says when it ends, from PEM files', () => {
    const material = certificateFromFiles({ certificateFile: file('client.pem'), keyFile: file('client-key.pem') });
    const certificate = new ClientCertificate(material);

    expect(certificate.daysLeft()).toBeGreaterThanOrEqual(728);
    expect(certificate.daysLeft(certificate.expiresAt.getTime() - 10 * DAY_MS - 1)).toBe(10);
    expect(certificate.daysLeft(certificate.expiresAt.getTime() + 1)).toBe(-1);
    expect(certificate.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is on one line without its heading for the token service', () => {
    const certificate = new ClientCertificate(own.client);
    expect(certificate.base64).toBe(own.client.cert.replace(/-----[^-]+-----|\s/g, ''));
  });

  it('is refused before use when it has ended, with the day', () => {
    const certificate = new ClientCertificate(own.client);
    expect(() => certificate.requireValid()).not.toThrow();
    expect(() => certificate.requireValid(certificate.expiresAt.getTime())).toThrow(CertificateExpiredError);
    expect(() => certificate.requireValid(certificate.expiresAt.getTime())).toThrow(
      /ended on \d{4}-\d\d-\d\d\. Nothing/,
    );
  });

  it.each<[string, () => CertificateMaterial, RegExp]>([
    ['no certificate', () => ({ cert: 'hej', key: own.client.key }), /not a PEM certificate/],
    ['no key', () => ({ cert: own.client.cert, key: 'hej' }), /key .* cannot be read/],
    ['the key of another', () => ({ cert: own.client.cert, key: own.server.key }), /belongs to another certificate/],
    ['no PKCS#12', () => ({ pfx: Buffer.from('hej'), passphrase: 'x' }), /PKCS#12 file .* cannot be read/],
    [
      'a missing file',
      () => certificateFromFiles({ certificateFile: join(folder, 'none.pem') }),
      /certificate .*none\.pem \(ENOENT\)/,
    ],
  ])('is refused with %s, in a sentence', (_what, material, sentence) => {
    expect(() => new ClientCertificate(material())).toThrow(sentence);
  });

  if (!missingProgram('openssl', 'a certificate in a PKCS#12 file')) {
    const pack = (name: string, ...more: string[]) => {
      const out = join(folder, name);
      const pair = ['-in', file('client.pem'), '-inkey', file('client-key.pem')];
      execFileSync('openssl', ['pkcs12', '-export', '-out', out, ...pair, '-passout', 'pass:hemmelig', ...more]);
      return out;
    };

    it('is read from a PKCS#12 file, and a wrong passphrase is told', () => {
      const certificateFile = pack('client.p12');
      const certificate = new ClientCertificate(certificateFromFiles({ certificateFile, passphrase: 'hemmelig' }));

      expect(certificate.fingerprint).toBe(new ClientCertificate(own.client).fingerprint);
      expect(() => new ClientCertificate(certificateFromFiles({ certificateFile, passphrase: 'gættet' }))).toThrow(
        /passphrase .* is wrong/,
      );
    });

    it('is told to be exported anew when the file is sealed with an algorithm of the past', () => {
      const certificateFile = pack('old.p12', '-legacy');
      expect(() => new ClientCertificate(certificateFromFiles({ certificateFile, passphrase: 'hemmelig' }))).toThrow(
        /old algorithm/,
      );
    });

    it('is read from one PEM file that holds the key too', () => {
      const both = join(folder, 'both.pem');
      writeFileSync(both, `${own.client.cert}\n${own.client.key}`);
      expect(new ClientCertificate(certificateFromFiles({ certificateFile: both })).daysLeft()).toBeGreaterThan(700);
    });
  }
});
