import { Injectable } from '@nestjs/common';
import { AuditRoots } from '../../platform/audit-log/audit-roots';
import { verifyChain, type ChainVerdict } from '../../platform/audit-log/verify-chain';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { KeyFile } from '../../platform/keys/key-file';
import { Settings } from '../../platform/settings';
import type { AuditSealView } from '../views/log';

const FRESH_MS = 15 * 60_000;

interface Checked {
  verdict: ChainVerdict;
  at: Date;
}

/** The seal of the audit log, checked with the key that lies outside the database. The latest answer is kept. */
@Injectable()
export class SealWatch {
  private readonly latest = new Map<string, Checked>();

  constructor(
    private readonly database: Database,
    private readonly roots: AuditRoots,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  async check(authorityId: string): Promise<Checked> {
    const { key } = await KeyFile.open(this.settings.AUDIT_KEY_FILE);
    const verdict = await this.database.inAuthority(authorityId, async (entities) =>
      verifyChain(entities, authorityId, key, await this.roots.known(entities, authorityId)),
    );
    const checked = { verdict, at: this.clock.now() };
    this.latest.set(authorityId, checked);
    return checked;
  }

  /** The latest answer when it is fresh, else a new one. A broken seal is never forgotten for being fresh. */
  recent(authorityId: string): Promise<Checked> | Checked {
    const known = this.latest.get(authorityId);
    const isFresh = known && this.clock.now().getTime() - known.at.getTime() < FRESH_MS;
    return isFresh ? known : this.check(authorityId);
  }

  async view(authorityId: string): Promise<AuditSealView> {
    const known = this.latest.get(authorityId);
    const [{ sealed, waiting }]: { sealed: number; waiting: number }[] = await this.database.inAuthority(
      authorityId,
      (entities) =>
        entities.query(
          `select (select count(*)::int from audit_seal) as sealed,
                  (select count(*)::int from audit_entry e where not exists (select 1 from audit_seal s where s.entry_id = e.id)) as waiting`,
        ),
    );
    if (!known) return { state: 'unchecked', sealed, waiting };
    const { verdict, at } = known;
    return {
      state: verdict.isWhole ? 'intact' : 'broken',
      checkedAt: at,
      sealed,
      waiting,
      root: verdict.root,
      finding: verdict.fault && findingInWords(verdict.fault),
    };
  }
}

const FINDINGS: [RegExp, string][] = [
  [/^Seal (\d+) is missing.*seal (\d+)\.$/, 'Segl $1 mangler: kæden går videre med segl $2.'],
  [/^Entry (\d+) \(seal (\d+)\) was removed\.$/, 'Post $1 (segl $2) er fjernet.'],
  [/^Entry (\d+) \(seal (\d+)\) was changed.*$/, 'Post $1 (segl $2) er ændret efter forseglingen.'],
  [/^Seal (\d+) \(entry (\d+)\) does not follow.*$/, 'Segl $1 (post $2) passer ikke til seglet før det.'],
  [
    /^Seal (\d+) is not the one that was exported on (\S+):.*$/,
    'Segl $1 er et andet end det, der blev gemt $2: loggen er skrevet om.',
  ],
  [
    /^The log was cut: (\d+) entries were sealed when the root of (\S+) .* there are (\d+)\..*$/,
    'Loggen er skåret af: den havde $1 forseglede poster $2, og nu har den $3.',
  ],
];

/** What the check found, and what to do. */
export function findingInWords(fault: string): string {
  const known = FINDINGS.find(([pattern]) => pattern.test(fault));
  const words = known ? fault.replace(known[0], known[1]) : fault;
  return `${words} Lad databasen være, som den er, og giv straks besked til driften og databeskyttelsesrådgiveren.`;
}
