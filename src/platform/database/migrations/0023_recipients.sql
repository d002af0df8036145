-- Who receives when it is not the citizen: beside a firm also a parent with custody, a guardian, or a person with a
-- mandate; and what the register of persons said when the answer was approved.

alter table mandate add column kind text not null default 'firm' check (kind in ('firm', 'custody', 'guardian', 'person'));
alter table mandate alter column kind drop default;
alter table mandate alter column cvr drop not null;
-- The person who receives.
alter table mandate add column recipient_ref uuid references person_ref;
-- Where a letter reaches a firm that has no mailbox.
alter table mandate add column address_sealed bytea;
alter table mandate add constraint mandate_recipient check (
  (kind = 'firm') = (cvr is not null) and (kind = 'firm') = (recipient_ref is null) and (kind = 'firm' or address_sealed is null));

-- Shown to the approver; anything else at the moment of sending stops it.
alter table delivery add column person_facts text[] not null default '{}';
