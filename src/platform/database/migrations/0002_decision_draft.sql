-- What a caseworker has written of a decision before the review is closed.

create table decision_draft (
  request_id uuid primary key references request,
  authority_id uuid not null references authority,
  considerations_sealed bytea not null,
  saved_by uuid not null references staff,
  saved_at timestamptz not null
);
alter table decision_draft enable row level security;
create policy own_authority on decision_draft using (authority_id = current_authority()) with check (authority_id = current_authority());
grant select, insert, update, delete on decision_draft to aktindsigt_program;
