-- What is judged over the whole request: a text that goes in one place and is seen in another, a document that belongs to
-- somebody else, and what a second reader found. Words lie in the vault or sealed; tables hold keys, offsets and counts.

create table check_run (
  request_id uuid primary key references request,
  authority_id uuid not null references authority,
  -- Of the decisions that were compared; another fingerprint means that the comparison is out of date.
  fingerprint text not null,
  texts_key text not null,
  ran_at timestamptz not null
);

create table check_finding (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  -- Keyed hash of text, kind and document: the same finding is known again without its words.
  key bytea not null,
  document_id uuid references document,
  records_case_id uuid references records_case,
  earlier_request_id uuid references request,
  type text not null,
  removed_file_id uuid not null references file,
  removed_page int not null,
  ground_id text,
  role text not null default '',
  places jsonb not null,
  state text not null default 'open' check (state in ('open', 'removed', 'kept')),
  reason_sealed bytea,
  settled_by uuid references staff,
  settled_at timestamptz,
  unique (request_id, key),
  check (state = 'open' or settled_by is not null),
  check (state <> 'kept' or reason_sealed is not null)
);

-- Words that are taken out of a title of the aktliste because a caseworker says so.
create table title_removal (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  -- A document or a case.
  title_of uuid not null,
  words_sealed bytea not null
);
create index on title_removal (request_id);

-- The answers to "is this document somebody else's?". Nothing is deleted: who asked whom stays readable.
create table misfiling_answer (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  document_id uuid not null references document,
  answer text not null check (answer in ('belongs', 'elsewhere', 'asked')),
  words_sealed bytea,
  asked_staff_id uuid references staff,
  answered_by uuid not null references staff,
  answered_at timestamptz not null,
  check (answer <> 'asked' or asked_staff_id is not null)
);
create index on misfiling_answer (document_id);

-- A possible breach of personal data security: 72 hours from the moment it was noticed (GDPR art. 33).
create table breach_assessment (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  document_id uuid not null unique references document,
  unit text not null,
  noticed_at timestamptz not null,
  due_at timestamptz not null,
  started_by uuid not null references staff,
  state text not null default 'open' check (state in ('open', 'reported', 'not_reported')),
  conclusion_sealed bytea,
  concluded_by uuid references staff,
  concluded_at timestamptz,
  check (state = 'open' or (concluded_by is not null and conclusion_sealed is not null))
);
create index on breach_assessment (authority_id, state, due_at);

-- Which pages a second person reads, and what was found on them.
create table sample_plan (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  round int not null,
  -- Pages are drawn by it; with it the draw can be done again.
  seed text not null,
  population int not null,
  tolerated_share real not null,
  confidence real not null,
  drawn_by uuid not null references staff,
  drawn_at timestamptz not null,
  unique (request_id, round)
);

create table sample_page (
  plan_id uuid not null references sample_plan,
  authority_id uuid not null references authority,
  page_id uuid not null references page,
  document_id uuid not null references document,
  side int not null,
  stratum text not null,
  read_by uuid references staff,
  read_at timestamptz,
  missed int check (missed >= 0),
  primary key (plan_id, page_id)
);

do $$
declare t text;
begin
  foreach t in array array['check_run', 'check_finding', 'title_removal', 'misfiling_answer', 'breach_assessment', 'sample_plan', 'sample_page'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_authority on %I using (authority_id = current_authority()) with check (authority_id = current_authority())', t);
  end loop;
end $$;
grant select, insert, update, delete on check_run, check_finding to aktindsigt_program;
grant select, insert, delete on title_removal to aktindsigt_program;
grant select, insert on misfiling_answer, sample_plan to aktindsigt_program;
grant select, insert, update on breach_assessment, sample_page to aktindsigt_program;
