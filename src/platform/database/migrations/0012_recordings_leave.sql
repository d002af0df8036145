-- An edited recording is a file of the package. A request may hold several: a name is one file, a kind is not.

alter table package_file drop constraint package_file_kind_check;
alter table package_file add constraint package_file_kind_check
  check (kind in ('letter', 'aktliste', 'package', 'reading-html', 'reading-pdf', 'recording'));
alter table package_file drop constraint package_file_decision_id_kind_key;
alter table package_file add constraint package_file_decision_id_name_key unique (decision_id, name);
