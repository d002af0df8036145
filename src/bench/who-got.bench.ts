import { Client } from 'pg';
import { WhoGotIt, type Wanted } from '../delivery/incidents/who-got';
import { Database } from '../platform/database/database';
import { KeyRing, type AuthorityKeys } from '../platform/keys/authority-keys';
import { type Bench, type Figure, round } from './bench';
import { withFilledRegister, type FilledRegister } from './filled-register';
import { percentile95 } from './register.bench';
import { madeCpr, madeId } from './register-rows';

const DELIVERIES = 10_000;
const FILES = 20;
const RUNS = 20;
const WARM_UP = 3;
const WHY = 'Bench: how long it takes to find who got a page.';

/** "Who got this page" over many deliveries on a real PostgreSQL: the queries, what row-level security costs, and the log. */
export const whoGotBench: Bench = {
  name: 'who-got',
  about: `looks up who got a page among ${DELIVERIES} deliveries of ${FILES} files`,
  async *run(): AsyncIterable<Figure> {
    yield* await withFilledRegister(DELIVERIES, async (filled) => {
      await addPlaces(
        filled.ownerUrl,
        filled.user.authorityId,
        await filled.app.get(KeyRing).of(filled.user.authorityId),
      );
      return lookUps(filled);
    });
  },
};

async function lookUps({ app, user }: FilledRegister): Promise<Figure[]> {
  const asked: [string, Wanted][] = [
    ['a document that 50 got', { by: 'document', number: '2021-000001', document: 1 }],
    ['a page of it', { by: 'document', number: '2021-000001', document: 1, page: 2 }],
    ['a document that one got', { by: 'document', number: '2021-000001', document: 7 }],
    // The filled register gives every message this hash: more than a page can show.
    ['a hash that all 10,000 have', { by: 'hash', sha256: '0'.repeat(64) }],
    ['a hash of a file that was sent', { by: 'hash', sha256: sentHash(77) }],
    ['a person who is named in 100 requests', { by: 'person', cpr: madeCpr(19_999) }],
    ['a person who got one answer', { by: 'person', cpr: madeCpr(77) }],
  ];
  const figures: Figure[] = [];
  for (const [what, wanted] of asked) {
    const times: number[] = [];
    let found = 0;
    for (let run = -WARM_UP; run < RUNS; run += 1) {
      const began = process.hrtime.bigint();
      const { holders } = await app
        .get(Database)
        .inAuthority(user.authorityId, (entities) =>
          app.get(WhoGotIt).find(entities, user.authorityId, user.staffId, wanted, WHY),
        );
      if (run >= 0) times.push(Number(process.hrtime.bigint() - began) / 1e6);
      found = holders.length;
    }
    figures.push({
      what: `who got ${what}: 95 of 100 look-ups within`,
      value: round(percentile95(times)),
      unit: 'ms',
      detail: { found, runs: RUNS, deliveries: DELIVERIES, files: DELIVERIES * FILES },
    });
  }
  return figures;
}

function sentHash(n: number): string {
  return `${madeId('sent', n).replace(/-/g, '')}${'0'.repeat(32)}`;
}

/** Each delivery has a document of each number; the first is the same in fifty of them, each other one in one. */
async function addPlaces(ownerUrl: string, authorityId: string, keys: AuthorityKeys): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const statement of STATEMENTS) await client.query(statement, [authorityId, DELIVERIES, FILES]);
    await client.query(
      `insert into party (authority_id, request_id, key, role, access, details_sealed, identity_hmac)
       select $1, md5('request' || n)::uuid, 'T1', 'third', 'third', '\\x00', case when n % 100 = 1 then $3 else decode(md5(n::text), 'hex') end
       from generate_series(1, $2::int) n`,
      [authorityId, DELIVERIES, keys.identity(madeCpr(19_999))],
    );
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** $1: authority, $2: deliveries, $3: files of each. */
const STATEMENTS = [
  `insert into document (id, authority_id, request_id, records_case_id, source_document_id, position, kind, title_sealed, outcome)
     select md5('document' || n || ':' || m)::uuid, $1, c.request_id, c.id, case when m = 1 then 'shared-' || n % ($2::int / 50) else n || ':' || m end, m, 'document', '\\x00', 'full'
     from generate_series(1, $2::int) n join records_case c on c.request_id = md5('request' || n)::uuid, generate_series(1, $3::int) m`,
  `insert into file (id, authority_id, request_id, document_id, source_file_id, position, name_sealed, sha256, state, pages)
     select md5('file' || d.id)::uuid, $1, d.request_id, d.id, 'f', 1, '\\x00', md5(d.source_document_id) || repeat('0', 32), 'converted', 3
     from document d where $2::int > 0 and $3::int > 0`,
  `insert into package_place (authority_id, request_id, decision_id, document_id, file_id, source_id, source_document_id, sha256, first_page, pages)
     select $1, d.request_id, e.id, d.id, f.id, md5('source')::uuid, d.source_document_id, f.sha256, d.position * 3 - 2, 3
     from document d join decision e on e.request_id = d.request_id join file f on f.document_id = d.id where $2::int > 0 and $3::int > 0`,
  `update package_file p set sha256 = md5('sent' || n) || repeat('0', 32) from generate_series(1, $2::int) n
     where p.decision_id = md5('decision' || n)::uuid and p.kind = 'letter' and $1::uuid is not null and $3::int > 0`,
  `insert into quiet_finding (id, authority_id, request_id, file_id, page, span_start, span_end, boxes, type, found_key, confidence)
     select md5('quiet' || d.id)::uuid, $1, d.request_id, f.id, 1, 0, 5, '[]', 'NAME', 'T1', 1
     from document d join file f on f.document_id = d.id where d.position = 2 and $2::int > 0 and $3::int > 0`,
];
