import { certificateFromFiles, readNamed, type CertificateFiles } from '../transport/client-certificate';
import type { TlsSettings } from '../transport/tls-connection';

interface NgdpSystem {
  /** Ends in the version: `https://api.digitalpost.dk/apis/v1`. Only https. */
  baseUrl: string;
  /** Basic system token: identifier of the mail system and its API token. */
  systemId: string;
  apiToken: string;
  /** Told in whole sentences about what is passed over, such as a receipt that cannot be read. */
  report?: (sentence: string) => void;
}

/** How to reach NgDP: `https://api.digitalpost.dk/apis/v1/` and the certificate and token of the registered mail system. */
export type NgdpSettings = NgdpSystem & TlsSettings;

/** The same settings with the certificates in files, as an operator has them; an unreadable file is named. */
export type NgdpFileSettings = NgdpSystem & FileTlsSettings;

export type FileTlsSettings = CertificateFiles &
  Pick<TlsSettings, 'idleTimeoutMs' | 'totalTimeoutMs'> & {
    /** Absent: the authorities Node trusts. */
    caFile?: string;
  };

/** Reads the certificates where the settings name files. Throws `CertificateError` that names what cannot be read. */
export function withCertificates<Rest extends object>(
  settings: (Rest & TlsSettings) | (Rest & FileTlsSettings),
): Rest & TlsSettings {
  if (!('certificateFile' in settings)) return settings;
  const { caFile } = settings;
  return { ...settings, ...certificateFromFiles(settings), ca: caFile ? readNamed(caFile, 'authority') : undefined };
}
