-- How officers checked people: with a decision, or to confirm them again. Neither a document's
-- number nor a copy has a column.
create table person_check (
  id           bigint      generated always as identity primary key,
  subject_id   text        not null,
  tenant       text        not null,
  kind         text        not null check (kind in
    ('known', 'identity-card', 'personnel-record', 'unchanged', 'device-record')),
  checked_on   date        not null,
  officer      text        not null,
  officer_name text        not null,
  at           timestamptz not null,
  request_id   uuid        references request (id) on delete cascade
);
create index person_check_subject on person_check (subject_id, at desc);
create index person_check_request on person_check (request_id) where request_id is not null;
create index person_check_officer on person_check (officer);
