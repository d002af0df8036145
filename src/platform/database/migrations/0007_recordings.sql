-- Sound and film leave only as a file edited outside, as a transcript, or as an invitation to see or hear them, each played
-- to the end by two employees. Pages that are pictures are marked for a human eye.

create table recording (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  file_id uuid not null unique references file,
  medium text not null check (medium in ('audio', 'video')),
  media_type text not null,
  extension text not null,
  -- As it was fetched; the file's own address changes when a transcript takes its place.
  original_key text not null,
  outcome text check (outcome in ('edited', 'transcript', 'invitation')),
  ground_id text,
  given_key text,
  given_media_type text,
  given_extension text,
  given_size bigint,
  given_sha256 text,
  played_by uuid references staff,
  played_at timestamptz,
  second_by uuid references staff,
  second_at timestamptz,
  check (outcome is null or played_by is not null),
  check (outcome is distinct from 'edited' or given_key is not null),
  check (second_by is null or second_by <> played_by)
);
create index on recording (request_id);
alter table recording enable row level security;
create policy own_authority on recording using (authority_id = current_authority()) with check (authority_id = current_authority());
grant select, insert, update on recording to aktindsigt_program;

alter table page add column photo boolean not null default false;
