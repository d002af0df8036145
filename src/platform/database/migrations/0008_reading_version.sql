-- What a machine could not read and why, which pages became pictures and why, and the reading version beside the package.

alter table page add column doubt text check (doubt in
  ('no-program', 'no-words', 'low-confidence', 'unknown-words', 'uncovered-ink', 'text-layer-differs'));
alter table page add column measures jsonb;

-- Where labels were drawn and what is left to read on each page, in the vault.
alter table file add column applied_key text;

alter table package_file drop constraint package_file_kind_check;
alter table package_file add constraint package_file_kind_check
  check (kind in ('letter', 'aktliste', 'package', 'reading-html', 'reading-pdf'));
