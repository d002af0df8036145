-- The caseworker may let the labels of a request tell which removed words are about the same person.

alter table request add column linked_labels boolean not null default false;

-- Why a page became a picture, for the caseworker.
alter table page add column rasterised_why text;
