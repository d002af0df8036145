import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MoreThan, type EntityManager } from 'typeorm';
import { Database } from '../platform/database/database';
import { Clock } from '../platform/clock';
import { KeyRing } from '../platform/keys/authority-keys';
import { People } from './people';
import { PersonRef } from './person-ref.entity';
import { SessionRow } from './session.entity';
import { Staff, type StaffRole } from './staff.entity';

const LOGIN_MS = 10 * 60_000;
const CITIZEN_MS = 60 * 60_000;
const STAFF_MS = 9 * 60 * 60_000;

/** What a login under way must remember until the browser comes back. */
export interface LoginUnderWay {
  side: 'citizen' | 'staff';
  state: string;
  nonce: string;
  codeVerifier: string;
  /** A path of ours to go to afterwards. */
  returnTo: string;
}

export interface CitizenUser {
  kind: 'citizen';
  authorityId: string;
  personRefId: string;
  name: string;
}

export interface StaffUser {
  kind: 'staff';
  authorityId: string;
  staffId: string;
  name: string;
  roles: StaffRole[];
}

export type User = CitizenUser | StaffUser;

/** Sessions in the database, so that one can be ended for certain. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  async startLogin(authorityId: string, login: LoginUnderWay): Promise<string> {
    const keys = await this.keyRing.of(authorityId);
    return this.store(
      authorityId,
      { kind: 'login', contentSealed: keys.seal('session.content', JSON.stringify(login)) },
      LOGIN_MS,
    );
  }

  /** A login can be finished once: it is gone afterwards, whatever came of it. */
  async takeLogin(authorityId: string, token: string): Promise<LoginUnderWay | null> {
    const keys = await this.keyRing.of(authorityId);
    return this.database.inAuthority(authorityId, async (entities) => {
      const session = await this.find(entities, token);
      if (session?.kind !== 'login' || !session.contentSealed) return null;
      await entities.delete(SessionRow, { id: session.id });
      return JSON.parse(keys.unseal('session.content', session.contentSealed)) as LoginUnderWay;
    });
  }

  startCitizen(authorityId: string, personRefId: string): Promise<string> {
    return this.store(authorityId, { kind: 'citizen', personRefId }, CITIZEN_MS);
  }

  startStaff(authorityId: string, staffId: string): Promise<string> {
    return this.store(authorityId, { kind: 'staff', staffId }, STAFF_MS);
  }

  async userOf(authorityId: string, token: string): Promise<User | null> {
    const found = await this.database.inAuthority(authorityId, async (entities) => {
      const session = await this.find(entities, token);
      if (session?.kind === 'citizen') return entities.findOneBy(PersonRef, { id: session.personRefId as string });
      if (session?.kind === 'staff') return entities.findOneBy(Staff, { id: session.staffId as string });
      return null;
    });
    if (found instanceof PersonRef)
      return { kind: 'citizen', authorityId, personRefId: found.id, name: await this.people.nameOf(found) };
    if (found instanceof Staff)
      return { kind: 'staff', authorityId, staffId: found.id, name: found.name, roles: found.roles };
    return null;
  }

  async end(authorityId: string, token: string): Promise<void> {
    await this.database.inAuthority(authorityId, (entities) => entities.delete(SessionRow, { tokenHash: hash(token) }));
  }

  private find(entities: EntityManager, token: string): Promise<SessionRow | null> {
    return entities.findOneBy(SessionRow, { tokenHash: hash(token), expiresAt: MoreThan(this.clock.now()) });
  }

  private async store(authorityId: string, session: Partial<SessionRow>, lifeMs: number): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const times = { createdAt: this.clock.now(), expiresAt: this.clock.after(lifeMs) };
    await this.database.inAuthority(authorityId, (entities) =>
      entities.insert(SessionRow, { authorityId, tokenHash: hash(token), ...session, ...times }),
    );
    return token;
  }
}

function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
