-- A letter about an incident carries no file for an appeal body either.
create trigger no_appeal_file before insert or update on incident_letter for each row
  execute function refuse_appeal_file('letter_key', 'content_key');
