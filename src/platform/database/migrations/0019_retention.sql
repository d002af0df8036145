-- Working copies are deleted when their time is out. First a plan that says why each goes or stays; then a named person lets
-- exactly that plan run; then a report. What was delivered, when and to whom stays, and so does the log.

-- A complaint, supervision, the ombudsman, a court or a breach stops the deletion until somebody lifts it.
create table retention_hold (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  cause text not null check (cause in ('complaint', 'supervision', 'ombudsman', 'court', 'breach')),
  note_sealed bytea,
  set_by uuid not null references staff,
  set_at timestamptz not null,
  lifted_by uuid references staff,
  lifted_at timestamptz,
  check ((lifted_by is null) = (lifted_at is null))
);
create index on retention_hold (request_id) where lifted_at is null;

create table retention_run (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  -- Of the list of requests with what each loses: what was seen is what is deleted.
  plan_sha256 text not null,
  months int not null check (months >= 0),
  planned_by uuid not null references staff,
  planned_at timestamptz not null,
  approved_by uuid references staff,
  approved_at timestamptz,
  check ((approved_by is null) = (approved_at is null))
);

create table retention_item (
  run_id uuid not null references retention_run,
  request_id uuid not null references request,
  authority_id uuid not null references authority,
  -- Why it stays, or was spared when something had changed since the plan. Empty: it goes.
  stays_because text[] not null,
  contents int not null,
  state text not null default 'planned' check (state in ('planned', 'deleted', 'spared')),
  -- What the vault is still to forget, between the rows' deletion and the contents'.
  addresses text[],
  deleted_at timestamptz,
  contents_deleted int,
  primary key (run_id, request_id)
);
create index on retention_item (request_id);

-- When the working copies of a request were deleted; null while they are there.
alter table request add column deleted_at timestamptz;

-- A deleted file has no address; its hash and size stay as proof of what it was.
alter table package_file alter column vault_key drop not null;
alter table recording alter column original_key drop not null;
alter table recording drop constraint recording_check1;
alter table recording add constraint recording_given check (outcome is distinct from 'edited' or given_sha256 is not null);
alter table delivery_message drop constraint delivery_message_check1;
alter table delivery_message add constraint delivery_message_stored check (state = 'planned' or content_sha256 is not null);
alter table document_list_import alter column list_key drop not null;

do $$
declare t text;
begin
  foreach t in array array['retention_hold', 'retention_run', 'retention_item'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_authority on %I using (authority_id = current_authority()) with check (authority_id = current_authority())', t);
  end loop;
end $$;
grant select, insert, update on retention_hold, retention_run, retention_item to aktindsigt_program;
grant delete on person_choice to aktindsigt_program;
grant update on misfiling_answer to aktindsigt_program;
