-- To whom the directory gives offices that exclude each other: none of theirs counts meanwhile.
create table role_conflict (
  id       bigint      generated always as identity primary key,
  person   text        not null,
  name     text        not null,
  offices  text[]      not null,
  since    timestamptz not null,
  ended_at timestamptz
);
create unique index role_conflict_lasting on role_conflict (person) where ended_at is null;
create index role_conflict_person on role_conflict (person);
