import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PersonRef } from '../../identity/person-ref.entity';
import { Staff } from '../../identity/staff.entity';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Refusal } from '../../requests/refusal';
import type { Delivery } from '../delivery.entity';
import { deliveriesWithHash, mentionsOf, originOf, placesOf, sentTo, type FoundRow } from './who-got-queries';

/** What is looked for. Pages count from 1, in the document. */
export type Wanted =
  | { by: 'document'; number: string; document: number; page?: number }
  | { by: 'hash'; sha256: string }
  | { by: 'person'; cpr: string };

/** A delivery that holds what was looked for. */
export interface Holder {
  deliveryId: string;
  number: string;
  personRefId: string;
  /** True when a firm with a mandate received in the citizen's place. */
  isFirm: boolean;
  channel: Delivery['channel'];
  state: Delivery['state'];
  at: Date;
  /** PDF files that the package was divided into; pages are counted over all of them. */
  packageFiles: number;
  /** The document's number in that delivery's list; null when the whole answer is meant. */
  document: number | null;
  /** In the package, from 1; empty when it lies beside the package, or the whole answer is meant. */
  pages: number[];
  /** Of these pages, those on which every mention of the person was removed. */
  coveredPages: number[];
  why: FoundRow['why'];
}

export interface WhoGot {
  holders: Holder[];
  /** True when there are more than are shown. */
  isMore: boolean;
}

const MOST_SHOWN = 500;
const SHORTEST_REASON = 10;
const SHA256 = /^[0-9a-f]{64}$/;

/**
 * "Who got this page": over every delivery of the authority. Only what lies in the employee's areas is shown, and a case
 * whose existence is protected is neither shown nor counted. Every look-up is in the log with its reason, also when it
 * found nothing.
 */
@Injectable()
export class WhoGotIt {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
  ) {}

  async find(
    entities: EntityManager,
    authorityId: string,
    staffId: string,
    wanted: Wanted,
    reason: string,
  ): Promise<WhoGot> {
    if (reason.trim().length < SHORTEST_REASON)
      throw new Refusal(
        'reason-missing',
        'Skriv, hvorfor du skal vide det, for eksempel »Hændelse 3« og hvad der er sket.',
      );
    const { areas } = await entities.findOneByOrFail(Staff, { id: staffId });
    const rows = await this.rowsOf(entities, authorityId, wanted, areas);
    const holders = merged(rows);
    await this.audit.write(entities, authorityId, {
      actor: { kind: 'staff', id: staffId },
      action: 'archive.who-got',
      subject: await this.subjectOf(entities, authorityId, wanted),
      reason: reason.trim(),
      details: { by: wanted.by, count: holders.length },
    });
    return { holders: holders.slice(0, MOST_SHOWN), isMore: holders.length > MOST_SHOWN };
  }

  private async rowsOf(
    entities: EntityManager,
    authorityId: string,
    wanted: Wanted,
    areas: string[] | null,
  ): Promise<FoundRow[]> {
    const scope = { areas, limit: MOST_SHOWN * 4 };
    if (wanted.by === 'hash') {
      const sha256 = wanted.sha256.trim().toLowerCase();
      if (!SHA256.test(sha256))
        throw new Refusal('hash', 'Et SHA-256-aftryk er 64 tegn, tallene 0 til 9 og bogstaverne a til f.');
      return deliveriesWithHash(entities, sha256, scope);
    }
    if (wanted.by === 'document') {
      const origin = await originOf(entities, wanted, scope);
      if (!origin)
        throw new Refusal(
          'document',
          'Der er ikke noget dokument med det nummer i den anmodning. Se numrene på aktlisten.',
        );
      if (wanted.page !== undefined && !origin.page) throw new Refusal('page', 'Så mange sider har dokumentet ikke.');
      return placesOf(entities, origin, scope);
    }
    const identity = (await this.keyRing.of(authorityId)).identity(wanted.cpr);
    return [...(await sentTo(entities, identity, scope)), ...(await mentionsOf(entities, identity, scope))];
  }

  /** The log names what was looked for by our own ids; a CPR number stands nowhere. */
  private async subjectOf(
    entities: EntityManager,
    authorityId: string,
    wanted: Wanted,
  ): Promise<{ kind: string; id?: string }> {
    if (wanted.by === 'hash') return { kind: 'file' };
    if (wanted.by === 'person') {
      const cprHmac = (await this.keyRing.of(authorityId)).identity(wanted.cpr);
      return { kind: 'person', id: (await entities.findOneBy(PersonRef, { cprHmac }))?.id };
    }
    const [document]: { id: string }[] = await entities.query(
      'select d.id from document d join request r on r.id = d.request_id where r.number = $1 and d.position = $2',
      [wanted.number, wanted.document],
    );
    return { kind: 'document', id: document?.id };
  }
}

/** One line a delivery and document, with the pages of all its files together. */
function merged(rows: FoundRow[]): Holder[] {
  const holders = new Map<string, Holder>();
  for (const { pages, covered, why, ...row } of rows) {
    const key = `${row.deliveryId}:${row.document ?? ''}:${why}`;
    const known = holders.get(key) ?? { ...row, why, pages: [], coveredPages: [] };
    known.pages = inOrder([...known.pages, ...pages]);
    known.coveredPages = inOrder([...known.coveredPages, ...covered]);
    holders.set(key, known);
  }
  return [...holders.values()];
}

function inOrder(pages: number[]): number[] {
  return [...new Set(pages)].sort((a, b) => a - b);
}
