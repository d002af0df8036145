/** The AMQP queue ("dueslag") of Beskedfordeler in which receipts wait. */
export interface BrokerSettings {
  /** `amqps://beskedfordeler.stoettesystemerne.dk:5671`; plain `amqp://` on this machine only. */
  url: string;
  /** `BF` at KOMBIT. */
  vhost: string;
  /** The UUID of the queue, from the service agreement. */
  queue: string;
  /**
   * `token`: SASL EXTERNAL with the SAML token, as KOMBIT wants it; `certificate`: EXTERNAL by the TLS certificate alone;
   * otherwise name and password (PLAIN).
   */
  login: 'token' | 'certificate' | { user: string; password: string };
}
