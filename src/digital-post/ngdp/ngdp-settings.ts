import type { FileTlsSettings } from '../transport/file-settings';
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
