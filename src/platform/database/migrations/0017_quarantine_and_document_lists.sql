-- A file that the virus check stops stays in the vault and is never opened: a state of its own.
alter table file drop constraint file_state_check;
alter table file add constraint file_state_check
  check (state in ('listed', 'fetched', 'converted', 'unreadable', 'quarantined'));

-- A list of documents that was filled in outside, as it came in; nothing of it is used before an employee has seen what it
-- would change.
create table document_list_import (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  list_key text not null,
  uploaded_by uuid not null references staff,
  uploaded_at timestamptz not null,
  applied_by uuid references staff,
  applied_at timestamptz,
  check ((applied_by is null) = (applied_at is null))
);
create index on document_list_import (request_id);
alter table document_list_import enable row level security;
create policy own_authority on document_list_import using (authority_id = current_authority()) with check (authority_id = current_authority());
grant select, insert, update on document_list_import to aktindsigt_program;
