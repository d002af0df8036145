import type { Bytes } from '../byte-source';
import { TlsConnection, type Answer } from '../transport/tls-connection';
import type { NgdpSettings } from './ngdp-settings';

export interface NgdpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Under the base address. May hold a CPR number: never logged, never put into an error. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: Bytes;
  contentType?: string;
}

/** NgDP's interface: the addresses under the base, and the Basic token that names the mail system. */
export class NgdpConnection {
  private readonly connection: TlsConnection;
  private readonly base: URL;

  constructor(private readonly settings: NgdpSettings) {
    this.base = new URL(settings.baseUrl.replace(/\/*$/, '/'));
    if (this.base.protocol !== 'https:') throw new TypeError('The address of Digital Post must begin with https://.');
    this.connection = new TlsConnection(settings);
  }

  get certificateExpiresAt(): Date {
    return this.connection.certificate.expiresAt;
  }

  /** Lets idle connections go. */
  close(): void {
    this.connection.close();
  }

  exchange({ method, path, query, body, contentType }: NgdpRequest, signal: AbortSignal): Promise<Answer> {
    const { systemId, apiToken } = this.settings;
    const url = new URL(path, this.base);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const headers = {
      Accept: 'application/json',
      Authorization: `Basic ${Buffer.from(`${systemId}:${apiToken}`).toString('base64')}`,
    };
    return this.connection.exchange({ method, url, headers, body, contentType }, signal);
  }
}
