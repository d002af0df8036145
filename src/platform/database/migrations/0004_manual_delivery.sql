-- An answer that Digital Post could not deliver is handed over by an employee, who attests how, when and to whom.

alter table delivery add column statement_sealed bytea;
alter table delivery add column handed_over_by uuid references staff;
