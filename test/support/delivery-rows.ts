import { createHash } from 'node:crypto';
import { PDFDocument } from 'pdf-lib';
import { manifestHash, type Manifest } from '../../src/decisions/manifest';
import { KeyRing } from '../../src/platform/keys/authority-keys';
import { Vault } from '../../src/platform/vault/vault';
import type { Carrier } from './carry-request';

export interface ManyDeliveries {
  carrier: Carrier;
  authorityId: string;
  reviewerId: string;
  approverId: string;
}

interface StoredFile {
  name: string;
  kind: 'letter' | 'package';
  vaultKey: string;
  sha256: string;
  size: number;
}

const DAY = '2026-11-16';
const MOST_FILES = 11;

/**
 * Signed answers with their deliveries, queued and announced, as one transaction each hundred: so many that no service
 * could sign them in time. Every fifth has so many files that it takes two messages.
 */
export async function queueDeliveries(place: ManyDeliveries, cprs: string[]): Promise<void> {
  const files = await storedFiles(place);
  const keys = await place.carrier.app.get(KeyRing).of(place.authorityId);
  for (let start = 0; start < cprs.length; start += 100) {
    const rows = cprs.slice(start, start + 100).map((cpr, offset) => ({
      index: start + offset,
      cprSealed: keys.seal('person_ref.cpr', cpr).toString('hex'),
      cprHmac: keys.identity(cpr).toString('hex'),
      nameSealed: keys.seal('person_ref.name', 'Test Person').toString('hex'),
      ...decided(start + offset, filesOf(start + offset, files)),
    }));
    await place.carrier.within((entities) =>
      entities.query(STATEMENT, [place.authorityId, place.reviewerId, place.approverId, JSON.stringify(rows)]),
    );
  }
}

/** Two messages for every fifth. */
export function messagesOfDelivery(index: number): number {
  return index % 5 === 0 ? 2 : 1;
}

function filesOf(index: number, files: StoredFile[]): StoredFile[] {
  return messagesOfDelivery(index) === 2 ? files : files.slice(0, 2);
}

function decided(index: number, files: StoredFile[]) {
  const manifest: Manifest = {
    request: numberOf(index),
    round: 1,
    files: files.map(({ name, sha256, size }) => ({ name, sha256, size, pages: 1 })),
  };
  return { number: numberOf(index), manifest, manifestSha256: manifestHash(manifest), files };
}

function numberOf(index: number): string {
  return `2026-${String(800_000 + index)}`;
}

async function storedFiles({ carrier, authorityId }: ManyDeliveries): Promise<StoredFile[]> {
  const stored: StoredFile[] = [];
  for (let index = 0; index < MOST_FILES; index += 1) {
    const document = await PDFDocument.create();
    document.addPage([100, 100]).drawText(String(index));
    const content = Buffer.from(await document.save());
    const { address } = await carrier.app.get(Vault).put(authorityId, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const name = index === 0 ? 'afgoerelse.pdf' : `aktindsigt-${index}.pdf`;
    stored.push({ name, kind: index === 0 ? 'letter' : 'package', vaultKey: address, sha256, size: content.length });
  }
  return stored;
}

/** $1: authority, $2: reviewer, $3: approver, $4: the rows. Certified and journalised beforehand, as in `ApprovableRequests`. */
const STATEMENT = `
with given as (
  select gen_random_uuid() as person_id, gen_random_uuid() as request_id, gen_random_uuid() as decision_id,
    gen_random_uuid() as delivery_id, r.* from jsonb_to_recordset($4::jsonb) as r(number text, "cprSealed" text,
    "cprHmac" text, "nameSealed" text, manifest jsonb, "manifestSha256" text, files jsonb)),
key as (insert into signing_key (authority_id, key_id, public_key, valid_from, valid_to)
  values ($1, 'test', decode(repeat('00', 32), 'hex'), now(), now()) on conflict do nothing),
person as (insert into person_ref (id, authority_id, cpr_sealed, cpr_hmac, name_sealed)
  select person_id, $1, decode("cprSealed", 'hex'), decode("cprHmac", 'hex'), decode("nameSealed", 'hex') from given),
request as (insert into request (id, authority_id, number, person_ref_id, state, basis, scope, received_at, received_on,
    deadline_on, section39_on, gdpr_deadline_on)
  select request_id, $1, number, person_id, 'signed', 'FVL_PART', '{"kind":"whole-file"}', '${DAY}', '${DAY}',
    '2099-12-31', '2099-12-31', '2099-12-31' from given),
decision as (insert into decision (id, authority_id, request_id, round, state, outcome, facts, manifest, manifest_sha256,
    reviewed_by, reviewed_at, needs_second_person, signed_by, signed_at)
  select decision_id, $1, request_id, 1, 'signed', 'full', '{"pages": 1}', manifest, "manifestSha256", $2, '${DAY}', false,
    $3, '${DAY}' from given),
file as (insert into package_file (authority_id, decision_id, kind, position, name, media_type, vault_key, sha256, size, pages)
  select $1, decision_id, f.kind, f.position - 1, f.name, 'application/pdf', f."vaultKey", f.sha256, f.size, 1
  from given, rows from (jsonb_to_recordset(files) as (name text, kind text, "vaultKey" text, sha256 text, size bigint))
    with ordinality as f(name, kind, "vaultKey", sha256, size, position)),
certificate as (insert into certificate (decision_id, authority_id, request_id, key_id, sha256, municipal_key,
    municipal_sha256, redactions, issued_at)
  select decision_id, $1, request_id, 'test', '', '', '', 0, now() from given),
journal as (insert into journal_entry (authority_id, request_id, decision_id, kind, key, state, due_at)
  select $1, request_id, decision_id, 'decision', decision_id::text, 'journalised', now() from given),
delivery as (insert into delivery (id, authority_id, request_id, decision_id, channel, state, recipient_ref)
  select delivery_id, $1, request_id, decision_id, 'digital-post', 'queued', person_id from given)
insert into outbox (authority_id, queue, name, subject_id) select $1, 'deliver', 'deliver.package', delivery_id from given`;
