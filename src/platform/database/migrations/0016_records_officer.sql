-- What the records officer works with: a register that answers fast whatever its size, sample audits with their answers,
-- and extracts of the log for a citizen. Words that people write are sealed; evidence of the program names nobody.

-- When a delivery came into being, and which main groups of KLE its cases belong to: what the register is ordered and
-- narrowed by, kept with the delivery so that a page needs no join to find its rows. A protected case has no area here.
alter table delivery add column registered_at timestamptz not null default now();
alter table delivery add column areas text[] not null default '{}';

create function areas_of_request(wanted uuid) returns text[] language sql stable
  as $$ select coalesce(array_agg(distinct coalesce(left(c.kle, 2), '') order by coalesce(left(c.kle, 2), '')), '{}')
        from records_case c where c.request_id = wanted and c.existence <> 'protected' $$;

update delivery v set areas = areas_of_request(v.request_id),
  registered_at = coalesce((select d.signed_at from decision d where d.id = v.decision_id), v.submitted_at, now());

create function register_delivery() returns trigger language plpgsql
  as $$ begin
    new.registered_at := coalesce((select d.signed_at from decision d where d.id = new.decision_id), new.registered_at);
    new.areas := areas_of_request(new.request_id);
    return new;
  end $$;
create trigger register_delivery before insert on delivery for each row execute function register_delivery();

create index delivery_register on delivery (authority_id, registered_at desc, id desc);
create index delivery_register_by_state on delivery (authority_id, state, registered_at desc, id desc);
create index on delivery (request_id);
create index on records_case (request_id);
create index on request (authority_id, number collate "C");
create index on request (authority_id, received_on);
create index on journal_entry (request_id);
create index on receipt (delivery_id);

-- A sample audit: deliveries of a period, drawn by a seed that is kept, so that the draw can be done again.
create table sample_audit (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  wanted int not null check (wanted > 0),
  seed text not null,
  population int not null,
  -- Of the sorted ids of the population: the draw was made among these and no others.
  population_sha256 text not null,
  drawn_by uuid not null references staff,
  drawn_at timestamptz not null,
  conclusion_sealed bytea,
  closed_by uuid references staff,
  closed_at timestamptz,
  check ((closed_at is null) = (closed_by is null)),
  check (closed_at is null or conclusion_sealed is not null)
);
create index on sample_audit (authority_id, drawn_at desc);

create table sample_audit_item (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  audit_id uuid not null references sample_audit,
  delivery_id uuid not null references delivery,
  position int not null,
  stratum text not null,
  unique (audit_id, delivery_id),
  unique (audit_id, position)
);

-- What the officer answered to one of the eleven points, beside what the program had found.
create table sample_audit_answer (
  item_id uuid not null references sample_audit_item,
  authority_id uuid not null references authority,
  point smallint not null check (point between 1 and 11),
  verdict text not null check (verdict in ('right', 'wrong', 'not_relevant')),
  program_verdict text not null check (program_verdict in ('right', 'doubt', 'wrong', 'not_relevant', 'unknown')),
  evidence jsonb not null default '[]',
  note_sealed bytea,
  answered_by uuid not null references staff,
  answered_at timestamptz not null,
  follow_up_sealed bytea,
  followed_up_by uuid references staff,
  followed_up_at timestamptz,
  primary key (item_id, point),
  check (verdict <> 'wrong' or note_sealed is not null),
  check ((followed_up_at is null) = (followed_up_by is null)),
  check (followed_up_at is null or follow_up_sealed is not null)
);

-- An extract of the log about one citizen (GDPR article 15), until an employee has decided about it.
create table log_extract (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  person_ref_id uuid not null references person_ref,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  prepared_by uuid not null references staff,
  prepared_at timestamptz not null,
  -- The newest entry when it was prepared: what is done afterwards changes nothing in it.
  last_entry_id bigint not null,
  left_out bigint[] not null default '{}',
  state text not null default 'prepared' check (state in ('prepared', 'given', 'refused')),
  reason_sealed bytea,
  decided_by uuid references staff,
  decided_at timestamptz,
  check ((state = 'prepared') = (decided_by is null)),
  check ((decided_by is null) = (decided_at is null)),
  check (state <> 'refused' or reason_sealed is not null),
  check (state = 'prepared' or cardinality(left_out) = 0 or reason_sealed is not null)
);
create index on log_extract (authority_id, prepared_at desc);
create index on audit_entry (authority_id, actor_id) where actor_kind = 'citizen';

do $$
declare t text;
begin
  foreach t in array array['sample_audit', 'sample_audit_item', 'sample_audit_answer', 'log_extract'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_authority on %I using (authority_id = current_authority()) with check (authority_id = current_authority())', t);
  end loop;
end $$;
grant select, insert, update on sample_audit, sample_audit_answer, log_extract to aktindsigt_program;
grant select, insert on sample_audit_item to aktindsigt_program;
