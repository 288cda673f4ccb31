-- Whom the directories name, as last taken in: as much as is needed to see what changes. Who is gone
-- from the directory is gone from here.
create table roster (
  subject_id  text   primary key,
  directory   text   not null,
  kind        text   not null,
  home        text   not null,
  tenants     text[] not null,
  names       text[] not null,          -- display name, title, given name, surname
  addresses   text[] not null,          -- mail address, DNS name
  standing    text   not null,
  key_holders text[] not null
);
create index roster_directory on roster (directory);
create index roster_key_holders on roster using gin (key_holders) where key_holders <> '{}';

-- How far each directory was read: stored with what was read.
create table directory_reading (
  directory text        primary key,
  bookmark  bytea,
  taken_at  timestamptz
);

-- What was too much at once, for one tenant: nothing of it happens before two officers have looked.
create table plan (
  id        uuid        primary key,
  tenant    text        not null,
  why       text        not null,
  leaving   int         not null,
  allowed   int         not null,
  revision  int         not null,       -- counts what came or went since it was opened
  opened_at timestamptz not null,
  closed_at timestamptz,
  outcome   text
);
create unique index plan_open on plan (tenant) where closed_at is null;

-- Counts only as long as the plan's revision is the same.
create table plan_consent (
  plan     uuid        not null references plan,
  revision int         not null,
  officer  text        not null,
  at       timestamptz not null,
  primary key (plan, revision, officer)
);

-- What the directory said of somebody whom it concerns. gathered: its reading isn't complete; held:
-- in an open plan; due: to be done; done; withdrawn: not so any more. The name stands here only
-- until it is settled.
create table plan_item (
  id         bigint      generated always as identity primary key,
  directory  text        not null,
  subject_id text        not null,
  tenant     text        not null,
  kind       text        not null,
  lost       text[]      not null,
  cause      text        not null,
  name       text,
  drastic    boolean     not null,      -- counts for the brake
  seen_at    timestamptz not null,
  state      text        not null,
  plan       uuid        references plan,
  settled_at timestamptz
);
create index plan_item_open on plan_item (state, id) where settled_at is null;
create index plan_item_subject on plan_item (subject_id);
create index plan_item_lately on plan_item (settled_at) where drastic and state = 'done';

-- What a change does to a certificate: revoked at once, suspended, or to be revoked later. Open as
-- long as something may follow by itself.
create table plan_effect (
  item       bigint      not null references plan_item,
  authority  text        not null,
  serial     text        not null,
  act        text        not null,
  reason     text        not null,      -- of the revocation that follows
  due_at     timestamptz,               -- null: never by itself
  ours       boolean     not null,      -- whether it was this change that suspended it
  made_at    timestamptz not null,
  settled_at timestamptz,
  followed   boolean     not null default false, -- revoked by it
  primary key (item, authority, serial)
);
create index plan_effect_due on plan_effect (due_at) where settled_at is null;
create index plan_effect_certificate on plan_effect (authority, serial);

-- What the directory gives somebody a reason to ask for.
create table occasion (
  subject_id text        not null,
  tenant     text        not null,
  profile    text        not null,
  cause      text        not null,
  made_at    timestamptz not null,
  primary key (subject_id, tenant, profile)
);
