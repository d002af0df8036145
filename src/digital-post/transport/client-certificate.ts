import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

const DAY_MS = 86_400_000;

/** The certificate of this system (OCES3) with its key: two PEM texts, or one PKCS#12 file. */
export type CertificateMaterial =
  { cert: string | Buffer; key: string | Buffer; passphrase?: string } | { pfx: Buffer; passphrase?: string };

/** The same where an operator has them: PEM files, or one PKCS#12 file (`.p12`, `.pfx`) that holds certificate and key. */
export interface CertificateFiles {
  certificateFile: string;
  /** Absent when `certificateFile` is PKCS#12, or a PEM file that holds the key too. */
  keyFile?: string;
  passphrase?: string;
}

/** Thrown when a certificate cannot be used: nothing was sent with it. */
export class CertificateError extends Error {
  override readonly name: string = 'CertificateError';
}

/** Thrown before anything is sent when the certificate of this system has ended. */
export class CertificateExpiredError extends CertificateError {
  override readonly name = 'CertificateExpiredError';

  constructor(readonly expiredAt: Date) {
    super(
      `The certificate for Digital Post ended on ${expiredAt.toISOString().slice(0, 10)}. Nothing was sent; install a new one.`,
    );
  }
}

/** Certificate and key, understood once, with what an operator must know of them. */
export class ClientCertificate {
  private readonly own: X509Certificate;

  /** Throws {@link CertificateError} when it cannot be read or the key does not belong to it; not for its age. */
  constructor(readonly material: CertificateMaterial) {
    this.own = 'pfx' in material ? ownOfPfx(material) : ownOfPem(material);
  }

  get expiresAt(): Date {
    return new Date(this.own.validTo);
  }

  /** Whole days until it ends, negative when it has. */
  daysLeft(now = Date.now()): number {
    return Math.floor((this.expiresAt.getTime() - now) / DAY_MS);
  }

  /** Throws {@link CertificateExpiredError} when it has ended. */
  requireValid(now = Date.now()): void {
    if (this.expiresAt.getTime() <= now) throw new CertificateExpiredError(this.expiresAt);
  }

  /** The certificate as DER in base64 on one line: what a token service calls `UseKey`. */
  get base64(): string {
    return this.own.raw.toString('base64');
  }

  /** SHA-256 of the certificate, lower-case hex without colons. */
  get fingerprint(): string {
    return plainFingerprint(this.own.fingerprint256);
  }
}

/** Reads the files. Throws {@link CertificateError} that names what cannot be read. */
export function certificateFromFiles({ certificateFile, keyFile, passphrase }: CertificateFiles): CertificateMaterial {
  const certificate = readNamed(certificateFile, 'certificate');
  if (keyFile) return { cert: certificate, key: readNamed(keyFile, 'key of the certificate'), passphrase };
  const isPem = certificate.includes('-----BEGIN');
  return isPem ? { cert: certificate, key: certificate, passphrase } : { pfx: certificate, passphrase };
}

export function readNamed(file: string, what: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'no code';
    throw new CertificateError(
      `The ${what} for Digital Post cannot be read from ${file} (${code}). Check the settings.`,
    );
  }
}

/** Fingerprints are written with and without colons, in both cases. */
export function plainFingerprint(fingerprint: string): string {
  return fingerprint.replace(/[^0-9a-f]/gi, '').toLowerCase();
}

function ownOfPem({ cert, key, passphrase }: { cert: string | Buffer; key: string | Buffer; passphrase?: string }) {
  let own: X509Certificate;
  try {
    own = new X509Certificate(cert);
  } catch {
    throw new CertificateError('The certificate for Digital Post is not a PEM certificate. Check the file.');
  }
  try {
    if (own.checkPrivateKey(createPrivateKey({ key, passphrase }))) return own;
  } catch {
    throw new CertificateError(
      'The key of the certificate for Digital Post cannot be read. Check file and passphrase.',
    );
  }
  throw new CertificateError(
    'The key for Digital Post belongs to another certificate. Check that the files are a pair.',
  );
}

/** Node gives the certificate inside a PKCS#12 file only through a socket that would use it. */
function ownOfPfx({ pfx, passphrase }: { pfx: Buffer; passphrase?: string }): X509Certificate {
  const socket = new Socket();
  try {
    const secureContext = createSecureContext({ pfx, passphrase });
    const own = new TLSSocket(socket, { secureContext }).getX509Certificate();
    if (own) return own;
  } catch (error) {
    throw new CertificateError(whyUnreadable(error));
  } finally {
    socket.destroy();
  }
  throw new CertificateError('The PKCS#12 file for Digital Post holds no certificate. Export it again with its key.');
}

function whyUnreadable(error: unknown): string {
  const text = String((error as Partial<Error> | undefined)?.message);
  if (/mac verify/i.test(text))
    return 'The passphrase of the PKCS#12 file for Digital Post is wrong. Check the settings.';
  if (/unsupported/i.test(text))
    return 'The PKCS#12 file for Digital Post is sealed with an old algorithm (such as RC2). Export it again with AES.';
  return 'The PKCS#12 file for Digital Post cannot be read. Check that it is the whole file as it was issued.';
}
