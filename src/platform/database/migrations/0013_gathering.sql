-- Every system accounted for: what a source claims and what it holds back, who claims to hold a case, what is searched by
-- hand or lies on paper, under which numbers, and what has come since. Sentences hold no CPR number.

-- The names under which the index of cases (SF1470) knows this system.
alter table source add column index_names text[] not null default '{}';

alter table source_run drop constraint source_run_state_check;
alter table source_run add constraint source_run_state_check
  check (state in ('pending', 'searching', 'fetching', 'complete', 'failed', 'skipped', 'awaiting', 'left_out'));
-- `recheck`: looks for what has come since, and fetches nothing.
alter table source_run add column purpose text not null default 'gather' check (purpose in ('gather', 'recheck'));
alter table source_run add column numbers_searched int not null default 1;
alter table source_run add column checked_at timestamptz;
alter table source_run add constraint source_run_left_out_by_somebody check (state <> 'left_out' or skipped_by is not null);

-- A case whose documents are all listed and fetched is not listed again; `cursor` is where the listing goes on.
alter table records_case add column cursor text;
alter table records_case add column gathered_at timestamptz;
-- Found by a number that only a jurist may say is this citizen's: nothing of it is fetched before that.
alter table records_case add column held_for_jurist boolean not null default false;
alter table records_case add column caseless boolean not null default false;
-- An employee lets the citizen see title and count before the decision.
alter table records_case add column released_by uuid references staff;
alter table records_case add column released_at timestamptz;

alter table file add column version text;
-- Conversion asks again and again what is left.
create index on file (request_id, state);
create index on document (records_case_id);
create index on records_case (request_id);

create table source_claim (
  source_run_id uuid not null references source_run,
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  of text not null check (of in ('cases', 'documents', 'notes')),
  -- Empty: of the whole search.
  source_case_id text not null default '',
  count int not null check (count >= 0),
  primary key (source_run_id, of, source_case_id)
);

create table source_gap (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  source_run_id uuid not null references source_run,
  kind text not null,
  source_case_id text not null default '',
  source_document_id text not null default '',
  sentence text not null,
  found_at timestamptz not null,
  -- `told`: the words stand in the letter; `settled`: they stay with the municipality.
  state text not null default 'open' check (state in ('open', 'settled', 'told')),
  words text,
  settled_by uuid references staff,
  settled_at timestamptz,
  unique (source_run_id, kind, source_case_id, source_document_id),
  check (state = 'open' or (settled_by is not null and words is not null))
);
create index on source_gap (request_id);

-- A system that claims to hold a case for the citizen, as the index says it.
create table claimed_system (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  name text not null,
  source_id uuid references source,
  -- Numbers and subjects of the claimed cases.
  cases_sealed bytea not null,
  cases int not null,
  documents int not null,
  state text not null default 'open' check (state in ('open', 'searched', 'left_out', 'hidden')),
  words text,
  settled_by uuid references staff,
  settled_at timestamptz,
  unique (request_id, name),
  check (state = 'open' or (settled_by is not null and words is not null))
);

-- The numbers that the citizen has or has had, first the present one.
create table person_number (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  position int not null,
  number_sealed bytea not null,
  reason text not null check (reason in ('present', 'corrected', 'adoption', 'legal_gender', 'replacement')),
  unique (request_id, position)
);

-- Boxes and films that were ordered from a paper archive.
create table paper_order (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  source_run_id uuid not null references source_run,
  medium text not null check (medium in ('paper', 'microfilm')),
  box text not null,
  number text not null,
  pages_estimated int not null check (pages_estimated > 0),
  ordered_by uuid not null references staff,
  ordered_at timestamptz not null,
  pages_received int,
  closed_by uuid references staff,
  closed_at timestamptz,
  unique (source_run_id, box, number)
);

-- What a source holds now and did not when it was gathered.
create table new_item (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  source_run_id uuid not null references source_run,
  kind text not null check (kind in ('case', 'document', 'file', 'changed', 'gone')),
  source_case_id text not null,
  source_document_id text not null default '',
  source_file_id text not null default '',
  title_sealed bytea not null,
  found_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'taken', 'left')),
  reason text,
  settled_by uuid references staff,
  settled_at timestamptz,
  unique (source_run_id, kind, source_case_id, source_document_id, source_file_id),
  check (state = 'open' or settled_by is not null)
);
create index on new_item (request_id);

-- Whether a source answers, over all requests: one that does not is left alone for a while.
create table source_breaker (
  source_id uuid primary key references source,
  authority_id uuid not null references authority,
  failures int not null default 0,
  open_until timestamptz
);

do $$
declare t text;
begin
  foreach t in array array['source_claim', 'source_gap', 'claimed_system', 'person_number', 'paper_order', 'new_item', 'source_breaker'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_authority on %I using (authority_id = current_authority()) with check (authority_id = current_authority())', t);
  end loop;
end $$;
grant select, insert, update, delete on source_claim, new_item, person_number to aktindsigt_program;
grant select, insert, update on source_gap, claimed_system, paper_order, source_breaker to aktindsigt_program;
