import { createHash } from 'node:crypto';
import { Client } from 'pg';
import type { AuthorityKeys } from '../platform/keys/authority-keys';

const CITIZENS = 20_000;
const FIRST = ['Birgit', 'Mona', 'Villads', 'Gerda', 'Torben', 'Lisbet', 'Anders', 'Malene', 'Ulla', 'Preben'];
const LAST = ['Ravn', 'Fristrup', 'Overmark', 'Kjelstrup', 'Tofte', 'Lindholt', 'Vestergård', 'Abildtrup'];

/** Five years of deliveries: a few are refused or wait, one in two hundred was handed over, areas are as uneven as in life. */
export async function fillRegister(
  ownerUrl: string,
  authorityId: string,
  keys: AuthorityKeys,
  deliveries: number,
): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await addCitizens(client, authorityId, keys, Math.min(CITIZENS, deliveries));
    await client.query(
      `insert into staff (id, authority_id, subject, name, roles) values (md5('staff0')::uuid, $1, 'bench', 'bench', '{arkivar}')`,
      [authorityId],
    );
    for (const statement of STATEMENTS) await client.query(statement, [authorityId, deliveries]);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** The id of the n-th row of a kind, as PostgreSQL makes it from the same words. */
export function madeId(kind: string, n: number): string {
  return createHash('md5')
    .update(`${kind}${n}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Months 13 and up: no number can belong to anybody. */
export function madeCpr(n: number): string {
  return `0113${String(n % 100).padStart(2, '0')}${String(Math.floor(n / 100)).padStart(4, '0')}`;
}

async function addCitizens(client: Client, authorityId: string, keys: AuthorityKeys, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const nameOf = (n: number): string => `${FIRST[n % FIRST.length]} ${LAST[(n >> 3) % LAST.length]}`;
  await client.query(
    `insert into person_ref (id, authority_id, cpr_sealed, cpr_hmac, name_sealed)
     select md5('person' || n)::uuid, $1, cpr, hmac, name from unnest($2::int[], $3::bytea[], $4::bytea[], $5::bytea[]) as t (n, cpr, hmac, name)`,
    [
      authorityId,
      numbers,
      numbers.map((n) => keys.seal('person_ref.cpr', madeCpr(n))),
      numbers.map((n) => keys.identity(madeCpr(n))),
      numbers.map((n) => keys.seal('person_ref.name', nameOf(n))),
    ],
  );
}

/** $1: authority, $2: deliveries. The n-th of everything belongs together. */
const STATEMENTS = [
  `insert into source (id, authority_id, key, kind, name, owner, settings_sealed)
     values (md5('source')::uuid, $1, 'sbsys', 'sbsys', 'SBSYS', 'Borgerservice', '\\x00') returning $2::int`,
  `insert into request (id, authority_id, number, person_ref_id, state, basis, scope, received_at, received_on, deadline_on, section39_on, gdpr_deadline_on)
     select md5('request' || n)::uuid, $1, to_char(at, 'YYYY') || '-' || lpad(n::text, 6, '0'), md5('person' || (n % least(${CITIZENS}, $2::int)))::uuid,
       'delivered', 'FVL_PART', '{"kind":"whole-file"}', at, day, day + 9, day + 20, day + 30
     from generate_series(1, $2::int) n, lateral (select timestamptz '2021-11-22 08:00Z' + n * interval '26 minutes' as at) t,
       lateral (select (at at time zone 'Europe/Copenhagen')::date as day) d`,
  `insert into source_run (id, authority_id, request_id, source_id, state, cases, documents, files)
     select md5('run' || n)::uuid, $1, md5('request' || n)::uuid, md5('source')::uuid, 'complete', 1, 12, 14 from generate_series(1, $2::int) n`,
  `insert into records_case (authority_id, request_id, source_run_id, source_case_id, position, title_sealed, kle, basis)
     select $1, md5('request' || n)::uuid, md5('run' || n)::uuid, n::text, 1, '\\x00',
       case when n % 2 = 0 then '32.30.04' when n % 3 = 0 then '27.24.00' when n % 500 = 1 then '19.00.00' else '15.20.00' end, 'FVL_PART'
     from generate_series(1, $2::int) n`,
  `insert into decision (id, authority_id, request_id, round, state, outcome, facts, manifest_sha256, reviewed_by, reviewed_at, needs_second_person, signed_by, signed_at)
     select md5('decision' || n)::uuid, $1, r.id, 1, 'signed', 'partial', '{"pages": 122}', md5(n::text) || md5('x' || n),
       md5('staff0')::uuid, r.received_at + interval '2 days', false, md5('staff0')::uuid, r.received_at + interval '3 days'
     from generate_series(1, $2::int) n join request r on r.id = md5('request' || n)::uuid`,
  `insert into package_file (authority_id, decision_id, kind, position, name, media_type, vault_key, sha256, size, pages)
     select $1, md5('decision' || n)::uuid, kind, 1, kind || '.pdf', 'application/pdf', 'x', md5(kind || n), 80000, 3
     from generate_series(1, $2::int) n, unnest(array['letter', 'aktliste', 'package']) kind`,
  `insert into delivery (id, authority_id, request_id, decision_id, recipient_ref, channel, state, submitted_at, delivered_at)
     select md5('delivery' || n)::uuid, $1, md5('request' || n)::uuid, d.id, md5('person' || (n % least(${CITIZENS}, $2::int)))::uuid, case when n % 200 = 0 then 'manual' else 'digital-post' end,
       case when n % 1000 = 7 then 'failed' when n % 2500 = 9 then 'unknown' when n > $2 - 40 then 'submitted' else 'delivered' end,
       d.signed_at + interval '10 minutes', d.signed_at + interval '12 minutes'
     from generate_series(1, $2::int) n join decision d on d.id = md5('decision' || n)::uuid`,
  `insert into delivery_message (authority_id, delivery_id, channel, part, parts, file_ids, state, message_uuid, content_key, content_sha256, content_size)
     select $1, md5('delivery' || n)::uuid, 'digital-post', 1, 1, '{}', 'delivered', md5('message' || n)::uuid, 'x', repeat('0', 64), 1000
     from generate_series(1, $2::int) n`,
  `insert into receipt (authority_id, delivery_id, receipt_id, message_uuid, status, at, stored_at, raw)
     select $1, md5('delivery' || n)::uuid, n || status, md5('message' || n)::uuid, status, now(), now(), '{}'
     from generate_series(1, $2::int) n, unnest(array['RECEIVED', 'COMPLETED']) status`,
];
