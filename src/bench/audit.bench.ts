import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditEntry } from '../platform/audit-log/audit-entry.entity';
import { AuditLog, THE_SYSTEM } from '../platform/audit-log/audit-log';
import { AuditSealer } from '../platform/audit-log/sealer';
import { verifyChain } from '../platform/audit-log/verify-chain';
import { Clock } from '../platform/clock';
import { setUpAuthority } from '../platform/database/authority-set-up';
import { Database } from '../platform/database/database';
import { migrate } from '../platform/database/migrate';
import { SnakeCaseNames } from '../platform/database/snake-case-names';
import { prepareDatabase, startEmbeddedPostgres } from '../platform/embedded-postgres';
import { KeyFile } from '../platform/keys/key-file';
import { Settings } from '../platform/settings';
import type { RequestState } from '../requests/lifecycle';
import { RequestEvent } from '../requests/request-event.entity';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { type Bench, type Figure, median, round, seconds, withReference } from './bench';

const WRITERS = 16;
/** Many short turns, so that whatever else the machine does meets both alike. */
const TURNS = 30;
const TURN_MS = 500;
const ENTRIES = 100_000;
/** Round and round, as a request that the gate stops again and again. */
const WAY: RequestState[] = ['applying', 'stopped', 'review'];

/** What the audit log costs those who write, and how long the walk over its seals takes; on a real PostgreSQL. */
export const auditBench: Bench = {
  name: 'audit',
  about: `${WRITERS} writers of one authority with and without the log, then ${ENTRIES} entries sealed and verified`,
  async *run(): AsyncIterable<Figure> {
    const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-bench-'));
    const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
    try {
      const place = await placeIn(folder, server);
      try {
        yield await writers(place);
        yield* await walk(place);
      } finally {
        await place.source.destroy();
      }
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

interface Place {
  source: DataSource;
  database: Database;
  authorityId: string;
  sealer: AuditSealer;
  clock: Clock;
  key: Buffer;
}

/** The same acts, told to nobody. */
class NoLog extends AuditLog {
  override writeEach(): Promise<void> {
    return Promise.resolve();
  }
}

async function placeIn(folder: string, server: { adminUrl: string; secretsFolder: string }): Promise<Place> {
  const { migrationUrl, programUrl } = await prepareDatabase(server.adminUrl, 'audit', server.secretsFolder);
  await migrate(migrationUrl);
  const [MASTER_KEY_FILE, AUDIT_KEY_FILE] = [join(folder, 'master.key'), join(folder, 'audit.key')];
  await KeyFile.create(MASTER_KEY_FILE);
  const { key } = await KeyFile.create(AUDIT_KEY_FILE);
  const authorityId = await setUpAuthority(migrationUrl, MASTER_KEY_FILE, {
    cvr: '11223344',
    name: 'Solby Kommune',
    shortName: 'Solby',
    hostNames: ['127.0.0.1'],
    settings: { contactPhone: '', contactEmail: '', dpoEmail: '', unit: '', address: '' },
  });
  const settings = Object.assign(new Settings(), { AUDIT_KEY_FILE });
  const source = await new DataSource({
    type: 'postgres',
    url: programUrl,
    entities: [AccessRequest, AuditEntry, RequestEvent],
    namingStrategy: new SnakeCaseNames(),
    extra: { max: WRITERS + 2 },
  }).initialize();
  const [database, clock] = [new Database(source), new Clock(settings)];
  return { source, database, authorityId, clock, key, sealer: new AuditSealer(database, settings, clock) };
}

/** An act as the program does it: a request moves, the citizen's line is written, and with the log its entry. */
async function writers(place: Place): Promise<Figure> {
  const { authorityId, clock, sealer } = place;
  const requests = await openRequests(place);
  const rates: { withLog: number; without: number }[] = [];
  const logged = new Transitions(new AuditLog(clock), clock);
  const silent = new Transitions(new NoLog(clock), clock);
  await moves(place, logged, requests);
  for (let turn = 0; turn < TURNS; turn += 1) {
    const without = await moves(place, silent, requests);
    // The sealer works beside the writers, more often than the clock asks it to.
    const [withLog] = await Promise.all([moves(place, logged, requests), sealer.seal(authorityId)]);
    rates.push({ without, withLog });
  }
  const ratio = round(median(rates.map(({ withLog, without }) => withLog / without)));
  const figure = withReference(
    {
      what: `${WRITERS} writers with the log and its sealer`,
      value: median(rates.map(({ withLog }) => withLog)),
      unit: 'acts/s',
    },
    'the same acts without the log, in turns; the ratio is the median of the turns',
    round(median(rates.map(({ without }) => without))),
  );
  return { ...figure, value: round(figure.value), ratio, detail: { turns: TURNS, turnMs: TURN_MS } };
}

async function moves({ database, authorityId }: Place, transitions: Transitions, requests: string[]): Promise<number> {
  const end = Date.now() + TURN_MS;
  let done = 0;
  const took = await seconds(() =>
    Promise.all(
      requests.map(async (id) => {
        // Each turn leaves a request where it found it, so that the next begins alike.
        while (Date.now() < end)
          for (const state of WAY) {
            await database.inAuthority(authorityId, (entities) =>
              transitions.move(
                entities,
                id,
                state,
                THE_SYSTEM,
                'The bench moves a request.',
                'Din anmodning er flyttet.',
              ),
            );
            done += 1;
          }
      }),
    ),
  );
  return done / took;
}

async function walk({ database, authorityId, sealer, key }: Place): Promise<Figure[]> {
  await sealer.seal(authorityId);
  const [{ count }]: { count: number }[] = await database.inAuthority(authorityId, (entities) =>
    entities.query('select count(*)::int as count from audit_entry'),
  );
  const missing = Math.max(0, ENTRIES - count);
  await database.inAuthority(authorityId, (entities) => addEntries(entities, authorityId, missing));
  const sealing = await seconds(() => sealer.seal(authorityId));
  let sealed = 0;
  const verifying = await seconds(async () => {
    const verdict = await database.inAuthority(authorityId, (entities) => verifyChain(entities, authorityId, key));
    if (!verdict.isWhole) throw new Error(verdict.fault);
    sealed = verdict.sealed;
  });
  return [
    {
      what: `${missing} entries sealed`,
      value: round(missing / sealing),
      unit: 'entries/s',
      detail: { seconds: round(sealing) },
    },
    { what: `${sealed} entries verified`, value: round(verifying), unit: 's' },
  ];
}

async function openRequests({ database, authorityId }: Place): Promise<string[]> {
  return database.inAuthority(authorityId, async (entities) => {
    const [{ id: person }]: { id: string }[] = await entities.query(
      `insert into person_ref (authority_id, cpr_sealed, cpr_hmac, name_sealed) values ($1, 'x', 'x', 'x') returning id`,
      [authorityId],
    );
    const ids = Array.from({ length: WRITERS }, () => randomUUID());
    for (const [index, id] of ids.entries())
      await entities.query(
        `insert into request (id, authority_id, number, person_ref_id, state, basis, scope, received_at, received_on, deadline_on, section39_on, gdpr_deadline_on)
         values ($1, $2, $3, $4, 'review', 'FVL_PART', '{"kind": "whole-file"}', now(), current_date, current_date, current_date, current_date)`,
        [id, authorityId, `2026-${index}`, person],
      );
    return ids;
  });
}

/** Entries as the program writes most of them: somebody read a file of a request. */
async function addEntries(entities: EntityManager, authorityId: string, count: number): Promise<void> {
  await entities.query(
    `insert into audit_entry (authority_id, at, actor_kind, actor_id, action, subject_kind, subject_id, request_id, reason, details)
     select $1, now(), 'staff', gen_random_uuid(), 'vault.read', 'file', gen_random_uuid()::text, gen_random_uuid(),
       'The page is shown to the caseworker.', jsonb_build_object('page', n) from generate_series(1, $2::int) n`,
    [authorityId, count],
  );
}
