import type { EntityManager } from 'typeorm';
import type { Delivery } from '../delivery.entity';

export interface FoundRow {
  deliveryId: string;
  number: string;
  personRefId: string;
  isFirm: boolean;
  channel: Delivery['channel'];
  state: Delivery['state'];
  at: Date;
  /** PDF files that the package was divided into; pages are counted over all of them. */
  packageFiles: number;
  document: number | null;
  pages: number[];
  covered: number[];
  /** `other-version`: the same document with other bytes. `answer`: one of the files that were sent. `recipient`: it was sent to the person. */
  why: 'same-file' | 'other-version' | 'answer' | 'recipient' | 'mentioned';
}

export interface Scope {
  /** Beginnings of KLE subjects; null: every area. */
  areas: string[] | null;
  limit: number;
}

/** What is looked for in other deliveries: a document, and one of its pages when that was asked for. */
export interface Origin {
  documentId: string;
  sourceId: string;
  sourceDocumentId: string;
  hashes: string[];
  /** The file's hash, and the page in that file from 1. */
  page: { sha256: string; number: number } | null;
}

const DELIVERY = `v.id as "deliveryId", r.number, v.recipient_ref as "personRefId", v.mandate_id is not null as "isFirm", v.channel, v.state,
  coalesce(v.delivered_at, v.submitted_at, v.registered_at) as at,
  (select count(*)::int from package_file k where k.decision_id = v.decision_id and k.kind = 'package') as "packageFiles"`;
/** Needs `c`, the case that the document lies on. */
const MAY_BE_SEEN = `c.existence <> 'protected' and ($1::text[] is null or exists (select 1 from unnest($1::text[]) a where left(c.kle, length(a)) = a))`;
/** Needs `p`, a place: the pages of a file in the package. */
const PAGES_OF_PLACE = `case when p.first_page is null then '{}'::int[] else array(select generate_series(p.first_page, p.first_page + p.pages - 1)) end`;
/** Of an answer as a whole: one of its documents lies in the employee's areas. */
const IN_AREAS = `($1::text[] is null or exists (select 1 from package_place p join document d on d.id = p.document_id
  join records_case c on c.id = d.records_case_id where p.decision_id = v.decision_id and ${MAY_BE_SEEN}))`;
const JOINED = `join delivery v on v.decision_id = p.decision_id and v.state <> 'undone'
  join request r on r.id = v.request_id join document d on d.id = p.document_id join records_case c on c.id = d.records_case_id`;

/** The document of a request by its number in the list; null when there is none that may be seen. */
export async function originOf(
  entities: EntityManager,
  { number, document, page }: { number: string; document: number; page?: number },
  { areas }: Scope,
): Promise<Origin | null> {
  const files: {
    id: string;
    source: string;
    source_document_id: string;
    sha256: string | null;
    pages: number | null;
  }[] = await entities.query(
    `select d.id, s.source_id as source, d.source_document_id, f.sha256, f.pages
       from request r join document d on d.request_id = r.id join records_case c on c.id = d.records_case_id
       join source_run s on s.id = c.source_run_id left join file f on f.document_id = d.id
       where r.number = $2 and d.position = $3 and ${MAY_BE_SEEN} order by f.position, f.id`,
    [areas, number.trim(), document],
  );
  if (files.length === 0) return null;
  const [{ id: documentId, source: sourceId, source_document_id: sourceDocumentId }] = files;
  const hashes = files.flatMap(({ sha256 }) => sha256 ?? []);
  return { documentId, sourceId, sourceDocumentId, hashes, page: page === undefined ? null : pageIn(files, page) };
}

function pageIn(files: { sha256: string | null; pages: number | null }[], page: number): Origin['page'] {
  let before = 0;
  for (const { sha256, pages } of files) {
    if (page <= before + (pages ?? 0)) return sha256 === null ? null : { sha256, number: page - before };
    before += pages ?? 0;
  }
  return null;
}

/** Deliveries with the document: by its id in the source, or by the same bytes wherever they came from. */
export function placesOf(entities: EntityManager, origin: Origin, { areas, limit }: Scope): Promise<FoundRow[]> {
  const { sourceId, sourceDocumentId, hashes, page } = origin;
  // The two ways in are two index look-ups; an `or` over both would read every place.
  return entities.query(
    `with same as (
       select p.id from package_place p where p.source_id = $2 and p.source_document_id = $3
       union select p.id from package_place p where p.sha256 = any ($4::text[]))
     select ${DELIVERY}, d.position as document, '{}'::int[] as covered,
       case when p.sha256 = $5 and p.first_page is not null then array[p.first_page + $6::int - 1] else ${PAGES_OF_PLACE} end as pages,
       case when p.sha256 = any ($4::text[]) then 'same-file' else 'other-version' end as why
     from same join package_place p on p.id = same.id ${JOINED}
     where ${MAY_BE_SEEN} and ($5::text is null or p.sha256 = $5 or p.sha256 is null or not p.sha256 = any ($4::text[]))
     order by at desc, v.id, p.first_page limit $7`,
    [areas, sourceId, sourceDocumentId, hashes, page?.sha256 ?? null, page?.number ?? null, limit],
  );
}

/** Deliveries with a file of this hash: as it was gathered, as it was sent, or the message itself. */
export async function deliveriesWithHash(
  entities: EntityManager,
  sha256: string,
  { areas, limit }: Scope,
): Promise<FoundRow[]> {
  const gathered: FoundRow[] = await entities.query(
    `select ${DELIVERY}, d.position as document, ${PAGES_OF_PLACE} as pages, '{}'::int[] as covered, 'same-file' as why
     from package_place p ${JOINED} where p.sha256 = $2 and ${MAY_BE_SEEN} order by at desc, v.id, p.first_page limit $3`,
    [areas, sha256, limit],
  );
  const sent: FoundRow[] = await entities.query(
    `with wanted as (
       select v.id from package_file f join delivery v on v.decision_id = f.decision_id where f.sha256 = $2
       union select m.delivery_id from delivery_message m where m.content_sha256 = $2)
     select ${DELIVERY}, null as document, '{}'::int[] as pages, '{}'::int[] as covered, 'answer' as why
     from wanted join delivery v on v.id = wanted.id join request r on r.id = v.request_id
     where v.state <> 'undone' and ${IN_AREAS} order by at desc, v.id limit $3`,
    [areas, sha256, limit],
  );
  return [...gathered, ...sent];
}

/** Deliveries to the person. */
export function sentTo(entities: EntityManager, identity: Buffer, { areas, limit }: Scope): Promise<FoundRow[]> {
  return entities.query(
    `select ${DELIVERY}, null as document, '{}'::int[] as pages, '{}'::int[] as covered, 'recipient' as why
     from person_ref w join delivery v on v.recipient_ref = w.id join request r on r.id = v.request_id
     where w.cpr_hmac = $2 and v.state <> 'undone' and ${IN_AREAS} order by at desc, v.id limit $3`,
    [areas, identity, limit],
  );
}

/** Pages of others' deliveries that name the person, as long as the request's working copies are there. */
export function mentionsOf(entities: EntityManager, identity: Buffer, { areas, limit }: Scope): Promise<FoundRow[]> {
  return entities.query(
    `with parties as (select y.request_id, y.key from party y where y.identity_hmac = $2 and y.key <> 'R'),
     mentions as (
       select q.file_id, q.page, coalesce(x.decision, 'keep') = 'remove' as is_removed
         from parties y join proposal q on q.request_id = y.request_id and q.party_key = y.key left join redaction x on x.proposal_id = q.id
       union all select x.file_id, x.page, x.decision = 'remove'
         from parties y join redaction x on x.request_id = y.request_id and x.party_key = y.key where x.proposal_id is null
       union all select n.file_id, n.page, false
         from parties y join quiet_finding n on n.request_id = y.request_id and n.found_key = y.key),
     pages as (select file_id, page, bool_and(is_removed) as is_covered from mentions group by 1, 2)
     select ${DELIVERY}, d.position as document, array_agg(p.first_page + g.page order by g.page) as pages,
       coalesce(array_agg(p.first_page + g.page order by g.page) filter (where g.is_covered), '{}') as covered, 'mentioned' as why
     from pages g join package_place p on p.file_id = g.file_id and p.first_page is not null ${JOINED}
     where ${MAY_BE_SEEN} group by v.id, r.id, d.id order by at desc, v.id, d.position limit $3`,
    [areas, identity, limit],
  );
}
