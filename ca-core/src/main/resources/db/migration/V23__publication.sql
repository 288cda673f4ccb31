-- Each errand of the outbox goes to one directory. The authority that runs writes at its start
-- which there are; as long as nobody did, there is one, named 'district'.
create table publication_destination (
  name text primary key
);

alter table outbox add column destination text not null default 'district';
alter table outbox alter column destination drop default;
-- The entry would not take it: it waits alone, and holds up nothing but its own certificate.
alter table outbox add column refused boolean not null default false;

drop index outbox_open;
drop index outbox_certificate;
create index outbox_open on outbox (destination, id) where done_at is null;
create index outbox_subject on outbox (destination, subject_id, id) where done_at is null;

-- What a directory says of an authority: its certificates, its newest lists. One row each, since
-- of a list only the newest matters.
create table posting (
  destination     text        not null,
  entry           text        not null,               -- an authority, or one of its partitions
  kind            text        not null,
  version         bigint      not null,               -- a list's number; never goes down
  tag             text        not null,               -- a hash of what there shall be
  wanted_at       timestamptz not null,
  written         text,                               -- the tag of what is there
  next_attempt_at timestamptz not null,
  attempts        int         not null default 0,
  refused         boolean     not null default false,
  last_error      text,
  primary key (destination, entry, kind)
);

-- Up to which end of validity certificates were taken out of a directory.
create table publication_sweep (
  destination text        not null,
  rule        text        not null,
  swept_to    timestamptz not null,
  primary key (destination, rule)
);
