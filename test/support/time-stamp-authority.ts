import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const CONFIG = (folder: string) => `
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[stamping]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = here
[here]
serial = ${join(folder, 'serial')}
signer_cert = ${join(folder, 'tsa.pem')}
signer_key = ${join(folder, 'tsa.key')}
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[req]
distinguished_name = name
[name]
`;

export interface TimeStampAuthority {
  url: string;
  /** PEM file of the root that its certificate was issued by. */
  caFile: string;
  /** How many stamps it gave. */
  readonly given: number;
  stop(): Promise<void>;
}

/** A time-stamp authority by OpenSSL, behind HTTP as RFC 3161, section 3.4, has it. */
export async function timeStampAuthority(folder: string): Promise<TimeStampAuthority> {
  await mkdir(folder, { recursive: true });
  const config = join(folder, 'openssl.cnf');
  await writeFile(config, CONFIG(folder));
  await writeFile(join(folder, 'serial'), '01\n');
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-config', config];
  await openssl(
    'req',
    '-x509',
    ...key,
    '-subj',
    '/CN=Root of the test',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '30',
    '-extensions',
    'ca',
  );
  await openssl('req', ...key, '-subj', '/CN=Time stamps of the test', '-keyout', 'tsa.key', '-out', 'tsa.csr');
  await openssl(
    ...['x509', '-req', '-in', 'tsa.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'tsa.pem'],
    ...['-days', '30', '-extfile', config, '-extensions', 'stamping'],
  );
  let given = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      given += 1;
      const [query, reply] = [join(folder, `${given}.tsq`), join(folder, `${given}.tsr`)];
      writeFile(query, Buffer.concat(chunks))
        .then(() => openssl('ts', '-reply', '-config', config, '-queryfile', query, '-out', reply))
        .then(() => readFile(reply))
        .then(
          (bytes) => response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(bytes),
          () => response.writeHead(500).end(),
        );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    caFile: join(folder, 'ca.pem'),
    get given() {
      return given;
    },
    stop: () => new Promise<void>((done) => server.close(() => done())),
  };
}
