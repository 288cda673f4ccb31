-- Of whom officers were reminded, once for each day that somebody is due.
create table person_reminder (
  subject_id text not null,
  tenant     text not null,
  due_on     date not null,
  primary key (subject_id, tenant, due_on)
);

-- What officers said of two entries that may be the same human; the smaller id first.
create table person_link (
  one          text        not null,
  other        text        not null check (one < other),
  same         boolean     not null,
  officer      text        not null,
  officer_name text        not null,
  at           timestamptz not null,
  primary key (one, other)
);
create index person_link_other on person_link (other);
