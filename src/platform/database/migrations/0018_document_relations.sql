-- Documents of a request that are the same, versions of one, or quoted whole in a later mail. Nothing is dropped: the copy
-- keeps its row, its case and its system, and stands in the aktliste with the number of the document that stands for it.

create table document_relation (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  document_id uuid not null references document,
  related_to uuid not null references document,
  kind text not null check (kind in ('same-bytes', 'same-text', 'near-same', 'quoted')),
  similarity real not null check (similarity between 0 and 1),
  -- One decision for both, or one for each. What is not exactly the same is proposed only.
  state text not null check (state in ('proposed', 'together', 'apart')),
  decided_by uuid references staff,
  decided_at timestamptz,
  unique (request_id, document_id),
  check (document_id <> related_to),
  check ((decided_by is null) = (decided_at is null))
);

alter table document_relation enable row level security;
create policy own_authority on document_relation
  using (authority_id = current_authority()) with check (authority_id = current_authority());
grant select, insert, update on document_relation to aktindsigt_program;
