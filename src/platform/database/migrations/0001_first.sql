-- The whole schema of the first version. Run as the owner; the program's role gets only what it needs.
-- Every table with authority_id is under row-level security: an authority sees its own rows only.

create table authority (
  id uuid primary key default gen_random_uuid(),
  cvr text not null unique check (cvr ~ '^[0-9]{8}$'),
  name text not null,
  short_name text not null,
  host_names text[] not null default '{}',
  settings jsonb not null default '{}',
  wrapped_key bytea not null,
  created_at timestamptz not null default now()
);

create table person_ref (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  cpr_sealed bytea not null,
  cpr_hmac bytea not null,
  name_sealed bytea not null,
  unique (authority_id, cpr_hmac)
);

create table staff (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  subject text not null,
  name text not null,
  email text,
  roles text[] not null,
  last_login_at timestamptz,
  unique (authority_id, subject)
);

create table session (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  token_hash bytea not null unique,
  kind text not null check (kind in ('login', 'citizen', 'staff')),
  person_ref_id uuid references person_ref,
  staff_id uuid references staff,
  content_sealed bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table request (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  number text not null,
  person_ref_id uuid not null references person_ref,
  state text not null,
  basis text not null,
  scope jsonb not null,
  wording_sealed bytea,
  notice_email_sealed bytea,
  received_at timestamptz not null,
  received_on date not null,
  deadline_on date not null,
  section39_on date not null,
  gdpr_deadline_on date not null,
  assigned_to uuid references staff,
  attention text,
  review_round int not null default 1,
  closed_at timestamptz,
  unique (authority_id, number)
);
create index on request (authority_id, person_ref_id);
create index on request (authority_id, state, deadline_on);

create table request_event (
  id bigint generated always as identity primary key,
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  at timestamptz not null,
  kind text not null,
  words text not null
);
create index on request_event (request_id, id);

create table source (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  key text not null,
  kind text not null,
  name text not null,
  owner text not null,
  settings_sealed bytea not null,
  enabled boolean not null default true,
  unique (authority_id, key)
);

create table source_run (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  source_id uuid not null references source,
  state text not null check (state in ('pending', 'searching', 'fetching', 'complete', 'failed', 'skipped')),
  started_at timestamptz,
  finished_at timestamptz,
  cases int not null default 0,
  documents int not null default 0,
  files int not null default 0,
  coverage jsonb,
  error_class text,
  error_text text,
  skipped_by uuid references staff,
  skipped_reason text,
  unique (request_id, source_id)
);

create table records_case (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  source_run_id uuid not null references source_run,
  source_case_id text not null,
  position int not null,
  number_sealed bytea,
  title_sealed bytea not null,
  kle text,
  facet text,
  open boolean,
  responsible_unit text,
  expected jsonb,
  basis text not null,
  unique (source_run_id, source_case_id)
);

create table party (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  key text not null,
  role text not null,
  access text not null,
  details_sealed bytea not null,
  identity_hmac bytea,
  unique (request_id, key)
);

create table document (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  records_case_id uuid not null references records_case,
  parent_id uuid references document,
  source_document_id text not null,
  position int not null,
  kind text not null,
  title_sealed bytea not null,
  direction text,
  document_date date,
  outcome text not null default 'open' check (outcome in ('open', 'full', 'partial', 'withheld', 'outside', 'duplicate')),
  duplicate_of uuid references document,
  withheld_ground text,
  withheld_basis text,
  withheld_reason_sealed bytea,
  decided_by uuid references staff,
  decided_at timestamptz,
  finding text,
  unique (records_case_id, source_document_id)
);
create index on document (request_id, position);

create table file (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  document_id uuid not null references document,
  source_file_id text not null,
  position int not null,
  name_sealed bytea not null,
  media_type text,
  size bigint,
  sha256 text,
  state text not null check (state in ('listed', 'fetched', 'converted', 'unreadable')),
  original_key text,
  pdf_key text,
  words_key text,
  hidden_key text,
  proposals_key text,
  redacted_key text,
  redacted_round int,
  gate_key text,
  gate_verdict text,
  pages int,
  method text,
  notes jsonb not null default '[]',
  unreadable_reason text,
  unique (document_id, source_file_id)
);
create index on file (request_id);

create table page (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  file_id uuid not null references file,
  number int not null,
  width real not null,
  height real not null,
  rotation int not null,
  reading text not null check (reading in ('text', 'ocr', 'unread')),
  trust real,
  rasterised boolean not null default false,
  seen_by uuid references staff,
  seen_at timestamptz,
  unique (file_id, number)
);
create index on page (request_id);

create table ground_fit (
  ground_id text not null,
  basis text not null,
  primary key (ground_id, basis)
);

create table proposal (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  file_id uuid not null references file,
  page int not null,
  span_start int not null,
  span_end int not null,
  boxes jsonb not null,
  type text not null,
  party_key text,
  role text not null,
  redact boolean not null,
  confidence real not null,
  unique (file_id, page, span_start, span_end, type)
);
create index on proposal (request_id);

create table redaction (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  file_id uuid not null references file,
  proposal_id uuid unique references proposal,
  page int not null,
  boxes jsonb not null,
  decision text not null check (decision in ('remove', 'keep')),
  type text not null,
  party_key text,
  role text not null default '',
  ground_id text,
  basis text not null,
  decided_by uuid not null references staff,
  decided_at timestamptz not null,
  -- A ground that does not fit the basis cannot be stored; a removal without a ground cannot either.
  foreign key (ground_id, basis) references ground_fit (ground_id, basis),
  check (decision = 'keep' or ground_id is not null)
);
create index on redaction (request_id);
create index on redaction (file_id);
alter table document add foreign key (withheld_ground, withheld_basis) references ground_fit (ground_id, basis);

create table decision (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  round int not null,
  state text not null check (state in ('reviewed', 'assembled', 'signed', 'void')),
  outcome text,
  considerations_sealed bytea,
  facts jsonb,
  manifest jsonb,
  manifest_sha256 text,
  report_key text,
  reviewed_by uuid not null references staff,
  reviewed_at timestamptz not null,
  needs_second_person boolean not null,
  signed_by uuid references staff,
  signed_at timestamptz,
  unique (request_id, round)
);

create table package_file (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  decision_id uuid not null references decision,
  kind text not null check (kind in ('letter', 'aktliste', 'package')),
  position int not null,
  name text not null,
  media_type text not null,
  vault_key text not null,
  sha256 text not null,
  size bigint not null,
  pages int not null,
  unique (decision_id, kind)
);

create table delivery (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  decision_id uuid not null unique references decision,
  channel text not null check (channel in ('digital-post', 'manual')),
  state text not null check (state in ('queued', 'prepared', 'unknown', 'submitted', 'received', 'delivered', 'failed', 'not_registered')),
  message_uuid uuid not null unique,
  memo_key text,
  memo_sha256 text,
  memo_size bigint,
  registration text,
  registration_at timestamptz,
  attempts int not null default 0,
  transmission_id text,
  answer text,
  error_text text,
  submitted_at timestamptz,
  delivered_at timestamptz,
  receipt_due_at timestamptz
);

create table receipt (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  delivery_id uuid references delivery,
  receipt_id text not null,
  message_uuid uuid not null,
  status text not null,
  error_code text,
  error_message text,
  at timestamptz not null,
  stored_at timestamptz not null,
  raw text not null,
  unique (authority_id, receipt_id)
);

create table journal_entry (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  decision_id uuid references decision,
  kind text not null check (kind in ('request', 'decision', 'package')),
  key text not null,
  state text not null check (state in ('pending', 'journalised', 'failed')),
  journal_id text,
  error_text text,
  due_at timestamptz not null,
  journalised_at timestamptz,
  unique (authority_id, key)
);

create table notice_mail (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  kind text not null,
  message_id text not null unique,
  state text not null check (state in ('pending', 'sent', 'failed')),
  sent_at timestamptz,
  error_text text,
  unique (request_id, kind)
);

create table audit_entry (
  id bigint generated always as identity primary key,
  authority_id uuid not null references authority,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('citizen', 'staff', 'system')),
  actor_id uuid,
  action text not null,
  subject_kind text not null,
  subject_id text,
  request_id uuid,
  reason text not null,
  details jsonb not null default '{}'
);
create index on audit_entry (authority_id, id);
create index on audit_entry (request_id);

create table audit_seal (
  authority_id uuid not null references authority,
  seq bigint not null,
  entry_id bigint not null unique references audit_entry,
  entry_hash bytea not null,
  mac bytea not null,
  sealed_at timestamptz not null,
  primary key (authority_id, seq)
);

create table outbox (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  queue text not null,
  name text not null,
  subject_id uuid not null,
  available_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  published_at timestamptz,
  completed_at timestamptz,
  attempt int not null default 0,
  error_text text
);
create index on outbox (available_at) where published_at is null and completed_at is null;
create index on outbox (published_at) where completed_at is null;

create table vault_object (
  authority_id uuid not null references authority,
  address text not null,
  size bigint not null,
  wrapped_key bytea not null,
  refs int not null,
  created_at timestamptz not null default now(),
  primary key (authority_id, address)
);

-- Row-level security: one policy a table, from the setting of the transaction.
create function current_authority() returns uuid language sql stable
  as $$ select nullif(current_setting('app.authority', true), '')::uuid $$;

do $$
declare t text;
begin
  for t in select table_name from information_schema.columns
           where table_schema = 'public' and column_name = 'authority_id' loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_authority on %I using (authority_id = current_authority()) with check (authority_id = current_authority())', t);
  end loop;
end $$;
alter table authority enable row level security;
create policy own_authority on authority using (id = current_authority()) with check (id = current_authority());

-- What relay, clock and login may see across authorities: ids, nothing else.
create function authority_ids() returns setof uuid language sql stable security definer set search_path = public
  as $$ select id from authority order by id $$;
create function authority_id_by_host(host text) returns uuid language sql stable security definer set search_path = public
  as $$ select id from authority where host = any (host_names) $$;
create function authority_id_by_cvr(wanted text) returns uuid language sql stable security definer set search_path = public
  as $$ select id from authority where cvr = wanted $$;

-- The rows stay locked until the relay's transaction ends, so two relays never announce the same one.
create function outbox_claim(most int)
  returns table (id uuid, authority_id uuid, queue text, name text, subject_id uuid, attempt int)
  language sql security definer set search_path = public
  as $$ select o.id, o.authority_id, o.queue, o.name, o.subject_id, o.attempt from outbox o
        where o.published_at is null and o.completed_at is null and o.available_at <= now()
        order by o.available_at limit most for update skip locked $$;
create function outbox_published(ids uuid[]) returns void
  language sql security definer set search_path = public
  as $$ update outbox set published_at = now() where id = any (ids) $$;
-- Announces again what was announced but never ended: the queue was lost, or its job gave up.
create function outbox_rescue(older_than interval) returns int
  language sql security definer set search_path = public
  as $$ with again as (update outbox set published_at = null, attempt = attempt + 1
        where completed_at is null and published_at < now() - older_than returning 1)
        select count(*)::int from again $$;

-- The program's role: no table rights beyond these, no change to what must stay.
grant usage on schema public to aktindsigt_program;
grant select, insert, update, delete on all tables in schema public to aktindsigt_program;
grant usage on all sequences in schema public to aktindsigt_program;
revoke update, delete on audit_entry, audit_seal, receipt, request_event from aktindsigt_program;
revoke insert, update, delete on ground_fit, authority from aktindsigt_program;
revoke delete on request, decision, package_file, delivery from aktindsigt_program;
revoke all on function authority_ids(), authority_id_by_host(text), authority_id_by_cvr(text), outbox_claim(int), outbox_published(uuid[]), outbox_rescue(interval) from public;
grant execute on function authority_ids(), authority_id_by_host(text), authority_id_by_cvr(text), outbox_claim(int), outbox_published(uuid[]), outbox_rescue(interval) to aktindsigt_program;
