import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as x509 from '@peculiar/x509';

/** PEM texts of a small authority and what it signed. */
export interface SandboxCertificates {
  ca: string;
  server: { cert: string; key: string };
  client: { cert: string; key: string };
  /** The client certificate of the post itself, when it pushes receipts. */
  post: { cert: string; key: string };
}

export interface CertificateWishes {
  /** CVR of the system's owner in the client certificate; default 12345678. */
  cvr?: string;
  organisation?: string;
  /** Start of the two years; default now. */
  from?: Date;
}

/** What the files in the folder are called. */
export const CERTIFICATE_FILES = {
  ca: 'ca.pem',
  serverCert: 'server.pem',
  serverKey: 'server-key.pem',
  clientCert: 'client.pem',
  clientKey: 'client-key.pem',
  postCert: 'post.pem',
  postKey: 'post-key.pem',
} as const;

const YEARS = 2;
const DAY_MS = 86_400_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
// Sandbox only: a user identifier of the shape of an OCES3 system certificate.
const SYSTEM_UUID = '7f3c0a55-93c1-4a83-9df2-5d2c0a7b6e11';

/**
 * The certificates in `folder` (0700), made when they are not there or expire within thirty days. Two processes that
 * start at once end with the same ones. The authority's key is thrown away: nothing else can be signed.
 */
export async function sandboxCertificates(
  folder: string,
  wishes: CertificateWishes = {},
): Promise<SandboxCertificates> {
  const present = await readCertificates(folder);
  if (present && expiresAfter(present, Date.now() + 30 * DAY_MS)) return present;
  if (present) await rm(folder, { recursive: true });
  await mkdir(dirname(folder), { recursive: true });
  const fresh = await mkdtemp(`${folder}-`);
  await chmod(fresh, 0o700);
  await writeCertificates(fresh, await makeCertificates(wishes));
  try {
    await rename(fresh, folder);
  } catch {
    // Another process was first, or an empty folder stands there already; what is there decides.
    const made = await readCertificates(folder);
    if (made) await rm(fresh, { recursive: true });
    else await takeOver(fresh, folder);
  }
  const made = await readCertificates(folder);
  if (!made)
    throw new Error('The sandbox certificates could not be written. Check that their folder can be written to.');
  return made;
}

async function takeOver(fresh: string, folder: string): Promise<void> {
  for (const name of Object.values(CERTIFICATE_FILES)) await rename(join(fresh, name), join(folder, name));
  await chmod(folder, 0o700);
  await rm(fresh, { recursive: true });
}

async function makeCertificates(wishes: CertificateWishes): Promise<SandboxCertificates> {
  x509.cryptoProvider.set(webcrypto);
  const from = wishes.from ?? new Date(Date.now() - 60_000);
  const until = new Date(from.getTime() + YEARS * 365 * DAY_MS);
  const cvr = wishes.cvr ?? '12345678';
  const organisation = wishes.organisation ?? 'Solby Kommune';
  const authority = await keys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: [{ C: ['DK'] }, { O: ['Aktindsigt sandkasse'] }, { CN: ['Aktindsigt sandkasse CA'] }],
    notBefore: from,
    notAfter: until,
    signingAlgorithm: ALGORITHM,
    keys: authority,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  const issue = async (serialNumber: string, subject: x509.JsonName, extensions: x509.Extension[]) => {
    const own = await keys();
    const cert = await x509.X509CertificateGenerator.create({
      serialNumber,
      subject,
      issuer: root.subject,
      notBefore: from,
      notAfter: until,
      signingAlgorithm: ALGORITHM,
      publicKey: own.publicKey,
      signingKey: authority.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        ...extensions,
      ],
    });
    return { cert: cert.toString('pem'), key: await privateKeyPem(own.privateKey) };
  };
  return {
    ca: root.toString('pem'),
    server: await issue(
      '02',
      [{ C: ['DK'] }, { CN: ['localhost'] }],
      [
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
        ]),
      ],
    ),
    client: await issue('03', ocesSubject(cvr, organisation), [
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    ]),
    post: await issue(
      '04',
      [{ C: ['DK'] }, { CN: ['Digital Post og Beskedfordeler'] }],
      [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])],
    ),
  };
}

/** The subject of an OCES3 system certificate: `UI:DK-O:G:` and a UUID, the CVR as NTRDK, organisation and system. */
function ocesSubject(cvr: string, organisation: string): x509.JsonName {
  return [
    { C: ['DK'] },
    { O: [organisation] },
    { '2.5.4.97': [`NTRDK-${cvr}`] },
    { '2.5.4.5': [`UI:DK-O:G:${SYSTEM_UUID}`] },
    { CN: [`${organisation} - Aktindsigt`] },
  ];
}

function keys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return `-----BEGIN PRIVATE KEY-----\n${der
    .toString('base64')
    .match(/.{1,64}/g)!
    .join('\n')}\n-----END PRIVATE KEY-----\n`;
}

function expiresAfter({ ca, server, client, post }: SandboxCertificates, time: number): boolean {
  return [ca, server.cert, client.cert, post.cert].every(
    (pem) => new x509.X509Certificate(pem).notAfter.getTime() > time,
  );
}

async function writeCertificates(folder: string, { ca, server, client, post }: SandboxCertificates): Promise<void> {
  const write = (name: string, text: string) => writeFile(join(folder, name), text, { mode: 0o600 });
  await write(CERTIFICATE_FILES.serverCert, server.cert);
  await write(CERTIFICATE_FILES.serverKey, server.key);
  await write(CERTIFICATE_FILES.clientCert, client.cert);
  await write(CERTIFICATE_FILES.clientKey, client.key);
  await write(CERTIFICATE_FILES.postCert, post.cert);
  await write(CERTIFICATE_FILES.postKey, post.key);
  await write(CERTIFICATE_FILES.ca, ca);
}

async function readCertificates(folder: string): Promise<SandboxCertificates | undefined> {
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  try {
    return {
      ca: await read(CERTIFICATE_FILES.ca),
      server: { cert: await read(CERTIFICATE_FILES.serverCert), key: await read(CERTIFICATE_FILES.serverKey) },
      client: { cert: await read(CERTIFICATE_FILES.clientCert), key: await read(CERTIFICATE_FILES.clientKey) },
      post: { cert: await read(CERTIFICATE_FILES.postCert), key: await read(CERTIFICATE_FILES.postKey) },
    };
  } catch {
    return undefined;
  }
}
