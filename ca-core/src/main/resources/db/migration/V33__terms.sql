-- Terms of use, each version as it was worded, and who accepted which when.
create table terms_version (
  name       text        not null,
  version    int         not null check (version >= 1),
  digest     bytea       not null check (length(digest) = 32),
  title_de   text        not null,
  text_de    text        not null,
  title_en   text        not null,
  text_en    text        not null,
  first_seen timestamptz not null,
  primary key (name, version)
);
create table terms_acceptance (
  person      text        not null,                 -- the directory's id
  name        text        not null,
  version     int         not null,
  digest      bytea       not null,                 -- of the words that were read
  accepted_at timestamptz not null,
  primary key (person, name, version),
  foreign key (name, version) references terms_version (name, version)
);
create index terms_acceptance_at on terms_acceptance (accepted_at);
