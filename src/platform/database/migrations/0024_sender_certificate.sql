-- When the certificate for Digital Post ends, as the worker read it: the program of the pages may not be able to read it.

create table sender_certificate (
  authority_id uuid primary key references authority,
  ends_at timestamptz not null,
  read_at timestamptz not null
);
alter table sender_certificate enable row level security;
create policy own_authority on sender_certificate using (authority_id = current_authority()) with check (authority_id = current_authority());
grant select, insert, update on sender_certificate to aktindsigt_program;
