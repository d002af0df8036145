import { readFileSync } from 'node:fs';

/** How to reach NgDP: `https://api.digitalpost.dk/apis/v1/` and the certificate and token of the registered mail system. */
export interface NgdpSettings {
  /** Ends in the version: `https://api.digitalpost.dk/apis/v1`. Only https. */
  baseUrl: string;
  /** PEM: the OCES certificate of the system and its key. */
  cert: string | Buffer;
  key: string | Buffer;
  passphrase?: string;
  /** PEM: the authorities that may have signed the server's certificate. Absent: those Node trusts. */
  ca?: string | Buffer;
  /** Basic system token: identifier of the mail system and its API token. */
  systemId: string;
  apiToken: string;
  /** Milliseconds without a byte before a connection counts as lost; default 30,000. */
  idleTimeoutMs?: number;
  /** Milliseconds for a whole exchange; default 180,000. */
  totalTimeoutMs?: number;
  /** Told in whole sentences about what is passed over, such as a receipt that cannot be read. */
  report?: (sentence: string) => void;
}

export interface CertificateFiles {
  certificateFile: string;
  keyFile: string;
  /** Absent: the authorities Node trusts. */
  caFile?: string;
}

/** The same settings with the certificates in files, as an operator has them; an unreadable file is named. */
export type NgdpFileSettings = Omit<NgdpSettings, 'cert' | 'key' | 'ca'> & CertificateFiles;

/** Reads the certificates where the settings name files. Throws an `Error` that names what cannot be read. */
export function withCertificates(settings: NgdpSettings | NgdpFileSettings): NgdpSettings {
  if (!('certificateFile' in settings)) return settings;
  const { certificateFile, keyFile, caFile, ...rest } = settings;
  return {
    ...rest,
    cert: read(certificateFile, 'certificate'),
    key: read(keyFile, 'key of the certificate'),
    ca: caFile ? read(caFile, 'authority') : undefined,
  };
}

function read(file: string, what: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'no code';
    throw new Error(`The ${what} for Digital Post cannot be read from ${file} (${code}). Check the settings.`);
  }
}
