-- Whether anybody sends letters: as long as there is no row, no cue is kept.
create table letter_office (
  open boolean primary key check (open)
);

-- What somebody has to hear of, written with what caused it. Gone when it has become letters.
create table letter_cue (
  id              bigint      generated always as identity primary key,
  key             text        not null unique,
  kind            text        not null,
  about           text        not null,   -- as the audit trail names it
  tenant          text,
  happened_at     timestamptz not null,
  said            text[]      not null,   -- "name value"
  next_attempt_at timestamptz not null
);

-- One letter to one person.
create table letter (
  id              bigint      generated always as identity primary key,
  key             text        not null unique,
  kind            text        not null,
  tenant          text,
  about           text        not null,
  recipient       text,                   -- null: whoever runs the house
  address         text        not null,
  said            text[]      not null,
  token           text        not null unique, -- in its Message-ID and its envelope's sender
  created_at      timestamptz not null,
  state           text        not null default 'waiting'
                    check (state in ('waiting', 'sent', 'failed', 'bounced', 'dropped')),
  next_attempt_at timestamptz not null,
  attempts        int         not null default 0,
  last_error      text,
  settled_at      timestamptz,
  check ((state = 'waiting') = (settled_at is null))
);
create index letter_waiting on letter (id) where state = 'waiting';
create index letter_troubled on letter (about) where state in ('failed', 'bounced');
create index letter_recipient on letter (recipient);
create index letter_settled on letter (settled_at);

-- Up to which end of validity certificates were looked at, by how many days before it.
create table reminder_round (
  stage   int         primary key,
  seen_to timestamptz not null
);

-- Which certificate a request asks to be followed.
alter table request add column renews_authority text;
alter table request add column renews_serial text;
create index request_renews on request (renews_authority, renews_serial)
  where renews_serial is not null;
-- Whether officers were told that it has waited for too long.
alter table request add column overdue boolean not null default false;
