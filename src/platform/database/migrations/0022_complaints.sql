-- Complaints over access, from the day they come until they have an outcome, and the file that an appeal body is given.

-- One row a body: a complaint that belongs to two bodies is two, since each has its own deadline and outcome.
create table complaint (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  decision_id uuid references decision,
  -- The form that it came by: the same form sent twice registers once.
  form_key uuid not null,
  position int not null check (position >= 1),
  about text not null check (about in ('whole', 'document', 'passage', 'delay')),
  document_id uuid references document,
  -- The page of the package, as it is stamped on it.
  package_page int check (package_page >= 1),
  received_on date not null,
  came_by text not null check (came_by in ('portal', 'digital-post', 'letter', 'mail', 'spoken', 'forwarded')),
  sender text not null check (sender in ('citizen', 'representative')),
  sender_name_sealed bytea,
  words_key text,
  -- Null: the citizen did, on the page.
  registered_by uuid references staff,
  registered_at timestamptz not null,
  basis text not null,
  -- Null until an employee has chosen where the catalogue does not know.
  body text,
  send_to text not null check (send_to in ('municipality', 'direct')),
  legal_source text not null,
  -- When it must have been reconsidered and forwarded, or forwarded.
  due_on date not null,
  body_days int,
  state text not null default 'received' check (state in ('received', 'upheld', 'forwarded', 'closed')),
  reassessed_by uuid references staff,
  reassessed_at timestamptz,
  statement_key text,
  forwarded_on date,
  forwarded_by uuid references staff,
  body_due_on date,
  outcome text check (outcome in ('upheld', 'changed', 'remitted', 'rejected', 'withdrawn')),
  outcome_by text check (outcome_by in ('municipality', 'body', 'citizen')),
  outcome_on date,
  outcome_note_sealed bytea,
  closed_by uuid references staff,
  closed_at timestamptz,
  -- When staff were told that the deadline is near.
  warned_at timestamptz,
  unique (request_id, position),
  check (about <> 'delay' or (document_id is null and package_page is null)),
  check ((state = 'closed') = (outcome is not null)),
  check ((outcome is null) = (outcome_on is null) and (outcome is null) = (outcome_by is null)),
  check ((reassessed_by is null) = (reassessed_at is null)),
  check ((forwarded_on is null) = (forwarded_by is null)),
  check (state <> 'forwarded' or (forwarded_on is not null and body is not null))
);
create index on complaint (request_id);
create index on complaint (authority_id, due_on) where state in ('received', 'upheld');
create index on complaint (authority_id, received_on);

-- The whole file with the redactions marked on the unredacted pages. Nothing more private is made here.
create table appeal_file (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  decision_id uuid not null references decision,
  complaint_id uuid references complaint,
  recipient_kind text not null check (recipient_kind in ('appeal-body', 'ombudsman', 'data-protection', 'court')),
  recipient text not null,
  reference_sealed bytea,
  -- When the recipient wants it.
  due_on date not null,
  statement_key text,
  -- 'chosen': the documents as the citizen got them, and the named redactions opened one by one.
  extent text not null check (extent in ('all', 'chosen')),
  opened uuid[] not null default '{}',
  ordered_by uuid not null references staff,
  ordered_at timestamptz not null,
  state text not null default 'ordered' check (state in ('ordered', 'made', 'failed')),
  error_text text,
  vault_key text,
  sha256 text,
  size bigint,
  pages int,
  documents int,
  marks int,
  made_at timestamptz,
  check (extent = 'chosen' or cardinality(opened) = 0),
  check (extent = 'all' or cardinality(opened) > 0),
  check (state <> 'made' or (sha256 is not null and pages is not null))
);
create index on appeal_file (request_id);
create index on appeal_file (vault_key);

create table appeal_file_download (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  appeal_file_id uuid not null references appeal_file,
  downloaded_by uuid not null references staff,
  downloaded_at timestamptz not null,
  reason_sealed bytea not null
);
create index on appeal_file_download (appeal_file_id);

-- A file for an appeal body can never become part of what a citizen is sent, whatever a program does.
create function refuse_appeal_file() returns trigger language plpgsql as $$
declare
  column_name text;
  address text;
begin
  foreach column_name in array tg_argv loop
    address := to_jsonb(new) ->> column_name;
    if address is not null and exists (select 1 from appeal_file where vault_key = address) then
      raise exception 'A file for an appeal body must not be sent to a citizen.';
    end if;
  end loop;
  return new;
end $$;
create trigger no_appeal_file before insert or update on package_file for each row execute function refuse_appeal_file('vault_key');
create trigger no_appeal_file before insert or update on delivery_message for each row execute function refuse_appeal_file('content_key');
create trigger no_appeal_file before insert or update on late_notice for each row execute function refuse_appeal_file('letter_key', 'content_key');

do $$
declare t text;
begin
  foreach t in array array['complaint', 'appeal_file', 'appeal_file_download'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_authority on %I using (authority_id = current_authority()) with check (authority_id = current_authority())', t);
  end loop;
end $$;
grant select, insert, update on complaint, appeal_file to aktindsigt_program;
grant select, insert on appeal_file_download to aktindsigt_program;
