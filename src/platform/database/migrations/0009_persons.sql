-- The persons of a request: parties of the register and persons whom the texts name, what an employee has decided about
-- them, and what was found but is quiet as long as the person is kept. Names and words lie sealed or in the vault.

alter table party add column origin text not null default 'register' check (origin in ('register', 'text'));

create table person_choice (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  seq int not null,
  kind text not null check (kind in ('merge', 'split', 'part', 'everywhere', 'text')),
  party_key text,
  into_key text,
  role text,
  access text,
  decision text check (decision in ('remove', 'keep')),
  ground_id text,
  -- Pages, as `file:page`, that a split takes with it.
  places text[] not null default '{}',
  name_sealed bytea,
  words_key text,
  effect jsonb not null default '{}',
  made_by uuid not null references staff,
  made_at timestamptz not null,
  undone_by uuid references staff,
  undone_at timestamptz,
  unique (request_id, seq)
);
alter table person_choice enable row level security;
create policy own_authority on person_choice using (authority_id = current_authority()) with check (authority_id = current_authority());
-- What was decided and undone stays readable: nothing is deleted.
grant select, insert, update on person_choice to aktindsigt_program;

-- As the detector found it; `party_key`, `role` and `redact` follow from it and the choices.
alter table proposal add column found_key text;
alter table proposal add column found_redact boolean;
alter table proposal add column judged_by uuid references person_choice;
alter table proposal add column made_by uuid references person_choice;
update proposal set found_key = party_key, found_redact = redact;
create index on proposal (request_id, found_key);

alter table redaction add column follows_choice uuid references person_choice;

create table quiet_finding (
  id uuid primary key,
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  file_id uuid not null references file,
  page int not null,
  span_start int not null,
  span_end int not null,
  boxes jsonb not null,
  type text not null,
  found_key text not null,
  confidence real not null
);
create index on quiet_finding (request_id, found_key);
alter table quiet_finding enable row level security;
create policy own_authority on quiet_finding using (authority_id = current_authority()) with check (authority_id = current_authority());
grant select, insert, delete on quiet_finding to aktindsigt_program;

-- The citizen has sent the document in: released, but for what is protected.
alter table document add column sent_in boolean not null default false;

-- Existence of a case (reference: FVL, control cases, notifications): hidden from everything the citizen gets.
alter table records_case add column existence text not null default 'open' check (existence in ('open', 'proposed', 'protected'));
alter table records_case add column existence_reason text;
alter table records_case add column existence_by uuid references staff;
alter table records_case add column existence_at timestamptz;

-- What was decided before, by keyed hashes of line, place in it and kind; never whose request it was.
create table decision_memory (
  authority_id uuid not null references authority,
  kind text not null check (kind in ('passage', 'person')),
  fingerprint bytea not null,
  area text not null,
  decision text check (decision in ('remove', 'keep')),
  ground_id text,
  role text not null default '',
  access text not null default '',
  times int not null default 1,
  last_on date not null,
  primary key (authority_id, kind, fingerprint, area)
);
alter table decision_memory enable row level security;
create policy own_authority on decision_memory using (authority_id = current_authority()) with check (authority_id = current_authority());
grant select, insert, update, delete on decision_memory to aktindsigt_program;

alter table proposal add column fingerprint bytea;

-- The areas (beginnings of KLE subjects) that an employee has rights to; null where the authority does not divide them.
alter table staff add column areas text[];
