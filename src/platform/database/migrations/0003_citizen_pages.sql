-- A form that is sent twice is one request; what letter and aktliste say is kept for the citizen's pages.

create table request_key (
  authority_id uuid not null references authority,
  person_ref_id uuid not null references person_ref,
  key text not null,
  request_id uuid not null references request,
  primary key (person_ref_id, key)
);
alter table request_key enable row level security;
create policy own_authority on request_key using (authority_id = current_authority()) with check (authority_id = current_authority());
grant select, insert on request_key to aktindsigt_program;

alter table decision add column answer_key text;
