-- The certificate of a package, the keys that sign it, and the roots of the audit log that were exported.

-- The private half lies sealed under the authority's key and is thrown away when the key is retired; the public one stays.
create table signing_key (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  key_id text not null,
  public_key bytea not null check (octet_length(public_key) = 32),
  private_sealed bytea,
  valid_from timestamptz not null,
  valid_to timestamptz,
  unique (authority_id, key_id),
  check (valid_to >= valid_from),
  check ((valid_to is null) = (private_sealed is not null))
);
create unique index on signing_key (authority_id) where valid_to is null;
alter table signing_key enable row level security;
create policy own_authority on signing_key using (authority_id = current_authority()) with check (authority_id = current_authority());
grant select, insert, update (private_sealed, valid_to) on signing_key to aktindsigt_program;

-- One a decision, never changed. The citizen's part is a file of the package; the municipality's lies in the vault.
create table certificate (
  decision_id uuid primary key references decision,
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  key_id text not null,
  sha256 text not null,
  municipal_key text not null,
  municipal_sha256 text not null,
  redactions int not null,
  issued_at timestamptz not null,
  foreign key (authority_id, key_id) references signing_key (authority_id, key_id)
);
alter table certificate enable row level security;
create policy own_authority on certificate using (authority_id = current_authority()) with check (authority_id = current_authority());
grant select, insert on certificate to aktindsigt_program;

alter table package_file drop constraint package_file_kind_check;
alter table package_file add constraint package_file_kind_check
  check (kind in ('letter', 'aktliste', 'package', 'reading-html', 'reading-pdf', 'recording', 'certificate', 'certificate-data'));

-- Seals of form 2 cover the moment of sealing too, so that an entry that came late cannot be dated back.
alter table audit_seal add column form smallint not null default 1;
alter table audit_seal alter column form set default 2;

-- The last link of a day, as it was put outside the machine.
create table audit_root (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  day date not null,
  seq bigint not null,
  mac bytea not null,
  drawn_at timestamptz not null,
  -- Where it lies: file, mail, time-stamp.
  places text[] not null default '{}',
  error_text text,
  exported_at timestamptz,
  unique (authority_id, day)
);
alter table audit_root enable row level security;
create policy own_authority on audit_root using (authority_id = current_authority()) with check (authority_id = current_authority());
grant select, insert, update (places, error_text, exported_at) on audit_root to aktindsigt_program;
