import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Sessions } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Settings } from '../../platform/settings';
import { RefusedVisit } from './refused-visit';
import type { Visit } from './visit';

/** Finds the authority by the address that the browser asked, and the user by the session. */
@Injectable()
export class Visits {
  private readonly authorities = new Map<string, string>();

  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly settings: Settings,
  ) {}

  get cookieName(): string {
    return this.isSecure ? '__Host-aktindsigt' : 'aktindsigt';
  }

  get cookieOptions() {
    // Lax: the login server sends the browser back with a link of its own.
    return { path: '/', httpOnly: true, sameSite: 'lax' as const, secure: this.isSecure };
  }

  async of(request: FastifyRequest): Promise<Visit> {
    const authorityId = await this.authorityOf(request.hostname);
    const token = request.cookies[this.cookieName] ?? null;
    return { authorityId, token, user: token ? await this.sessions.userOf(authorityId, token) : null };
  }

  /** Only hosts that the database knows are remembered: anybody can invent one. */
  private async authorityOf(host: string): Promise<string> {
    const known = this.authorities.get(host);
    if (known) return known;
    const found = await this.database.authorityIdByHost(host);
    if (found) this.authorities.set(host, found);
    const authorityId = found ?? (await this.usualAuthority());
    if (!authorityId) throw new RefusedVisit('not-found');
    return authorityId;
  }

  private async usualAuthority(): Promise<string | null> {
    const { AUTHORITY_CVR } = this.settings;
    return AUTHORITY_CVR ? this.database.authorityIdByCvr(AUTHORITY_CVR) : null;
  }

  private get isSecure(): boolean {
    return this.settings.PUBLIC_URL.startsWith('https://');
  }
}
