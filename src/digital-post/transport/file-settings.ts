import { certificateFromFiles, readNamed, type CertificateFiles } from './client-certificate';
import type { TlsSettings } from './tls-connection';

/** The TLS settings with the certificates in files, as an operator has them. */
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
