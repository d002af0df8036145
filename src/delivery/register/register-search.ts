import type { EntityManager } from 'typeorm';
import type { Delivery } from '../delivery.entity';

export const REGISTER_ROWS = 50;
/** Nobody pages through more; counting further would cost without helping. */
export const MOST_COUNTED = 1000;

/** What narrows the register. Nothing given: everything. */
export interface RegisterFilter {
  /** The beginning of a request's number, or a whole message UUID. */
  text: string;
  /** Null: any state. Empty: none fits. */
  states: Delivery['state'][] | null;
  channel: string;
  /** A main group of KLE: `32`. */
  area: string;
  personRefId: string;
  /** Danish days, both inclusive; empty: open. */
  from: string;
  to: string;
}

/** Where a page begins: the row before or after it, as {@link RegisterRow.cursor} gave it. */
export interface RegisterPlace {
  olderThan?: string;
  newerThan?: string;
}

export interface RegisterRow {
  id: string;
  cursor: string;
  personRefId: string;
  number: string;
  channel: Delivery['channel'];
  state: Delivery['state'];
  registeredAt: Date;
  submittedAt: Date | null;
  deliveredAt: Date | null;
  pages: number | null;
  manifestSha256: string | null;
  hasCertificate: boolean;
  lastReceipt: string | null;
}

export interface RegisterPage {
  rows: RegisterRow[];
  hasNewer: boolean;
  hasOlder: boolean;
  /** At most {@link MOST_COUNTED} and one. */
  counted: number;
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_([0-9a-f-]{36})$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isCursor(text: unknown): text is string {
  return typeof text === 'string' && CURSOR.test(text) && !Number.isNaN(Date.parse(text.slice(0, 27)));
}

/**
 * A page of the register, newest first. It is paged by the last row seen and never by a number of rows to skip: the
 * thousandth page costs what the first does, and a delivery that comes in between moves nothing.
 */
export async function searchRegister(
  entities: EntityManager,
  filter: RegisterFilter,
  place: RegisterPlace = {},
): Promise<RegisterPage> {
  const { conditions, values } = conditionsOf(filter);
  const isBackwards = place.newerThan !== undefined;
  const rows = await rowsAt(entities, conditions, values, place);
  const isMore = rows.length > REGISTER_ROWS;
  const isWhole = !isMore && !isBackwards && place.olderThan === undefined;
  const shown = rows.slice(0, REGISTER_ROWS);
  return {
    rows: isBackwards ? shown.reverse() : shown,
    hasNewer: isBackwards ? isMore : place.olderThan !== undefined,
    hasOlder: isBackwards || isMore,
    counted: isWhole ? rows.length : await countUpTo(entities, conditions, values),
  };
}

async function countUpTo(entities: EntityManager, conditions: string[], values: unknown[]): Promise<number> {
  const [{ counted }]: { counted: number }[] = await entities.query(
    `select count(*)::int as counted from (select 1 from delivery v ${where(conditions)} limit ${MOST_COUNTED + 1}) found`,
    values,
  );
  return counted;
}

function rowsAt(
  entities: EntityManager,
  filterConditions: string[],
  filterValues: unknown[],
  { olderThan, newerThan }: RegisterPlace,
): Promise<RegisterRow[]> {
  const cursor = CURSOR.exec(olderThan ?? newerThan ?? '');
  const values = [...filterValues];
  const conditions = [...filterConditions];
  if (cursor) {
    values.push(cursor[1], cursor[2]);
    const sign = newerThan === undefined ? '<' : '>';
    conditions.push(`(v.registered_at, v.id) ${sign} ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
  }
  const order = newerThan === undefined ? 'desc' : 'asc';
  // The rows are found on the delivery's own index; only those that are shown are joined to the rest.
  return entities.query(
    `with found as materialized (
       select v.id, v.registered_at from delivery v ${where(conditions)}
       order by v.registered_at ${order}, v.id ${order} limit ${REGISTER_ROWS + 1})
     select v.id, to_char(v.registered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || v.id as cursor,
       r.person_ref_id as "personRefId", r.number, v.channel, v.state,
       v.registered_at as "registeredAt", v.submitted_at as "submittedAt", v.delivered_at as "deliveredAt",
       (d.facts->>'pages')::int as pages, d.manifest_sha256 as "manifestSha256",
       exists (select 1 from package_file p where p.decision_id = d.id and p.kind like 'certificate%') as "hasCertificate",
       (select c.status from receipt c where c.delivery_id = v.id order by c.at desc, c.stored_at desc limit 1) as "lastReceipt"
     from found f join delivery v on v.id = f.id join request r on r.id = v.request_id join decision d on d.id = v.decision_id
     order by f.registered_at ${order}, f.id ${order}`,
    values,
  );
}

function conditionsOf(filter: RegisterFilter): { conditions: string[]; values: unknown[] } {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const add = (value: unknown, condition: (place: string) => string): void => {
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  const text = filter.text.trim();
  if (UUID.test(text))
    add(
      text,
      (place) => `v.id in (select m.delivery_id from delivery_message m where m.message_uuid = ${place}::uuid)`,
    );
  else if (text) {
    // As a range: row-level security lets an index be used for comparisons only, and never for `like`.
    add(text, (place) => {
      const number = 'r.number collate "C"';
      const range = `${number} >= ${place} and ${number} < ${place} || chr(1114111)`;
      return `v.request_id in (select r.id from request r where ${range})`;
    });
  }
  if (filter.personRefId)
    add(filter.personRefId, (place) => `v.request_id in (select r.id from request r where r.person_ref_id = ${place})`);
  if (filter.states) add(filter.states, (place) => `v.state = any (${place})`);
  if (filter.channel) add(filter.channel, (place) => `v.channel = ${place}`);
  if (filter.area) add([filter.area], (place) => `v.areas @> ${place}::text[]`);
  if (filter.from)
    add(filter.from, (place) => `v.registered_at >= (${place}::date)::timestamp at time zone 'Europe/Copenhagen'`);
  if (filter.to)
    add(filter.to, (place) => `v.registered_at < (${place}::date + 1)::timestamp at time zone 'Europe/Copenhagen'`);
  return { conditions, values };
}

function where(conditions: string[]): string {
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
}
