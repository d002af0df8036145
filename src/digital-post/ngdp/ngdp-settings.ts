/** How to reach NgDP: `https://api.digitalpost.dk/apis/v1/` and the certificate and token of the registered mail system. */
export interface NgdpSettings {
  /** Ends in the version: `https://api.digitalpost.dk/apis/v1`. Only https. */
  baseUrl: string;
  /** PEM: the OCES certificate of the system, its key, and the authorities that may have signed the server's. */
  cert: string | Buffer;
  key: string | Buffer;
  passphrase?: string;
  /** Absent: the authorities Node trusts. */
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
