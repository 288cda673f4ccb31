-- Campaigns: whose certificates are to be followed by others, by when, and how many letters a day.
create table campaign (
  id            uuid        primary key,
  title         text        not null,
  tenants       text[]      not null check (tenants <> '{}'),
  profile       text,                     -- null: of any
  authority     text,
  key_kind      text,
  ends_before   timestamptz,
  due           date        not null,
  per_day       int         not null check (per_day > 0),
  text_de       text        not null,
  text_en       text        not null,
  made_by       text        not null,
  maker_name    text        not null,
  made_at       timestamptz not null,
  started_by    text        not null,     -- by whose rights letters are written
  proof         text        not null,     -- how they had proved who they are
  state         text        not null
    check (state in ('draft', 'running', 'paused', 'ended', 'done')),
  moved_at      timestamptz not null,
  started_at    timestamptz,
  looked_at     timestamptz,              -- when certificates were last taken into it
  overdue_at    timestamptz               -- when its maker was told that the day has passed
);
create index campaign_tenants on campaign using gin (tenants);
create index campaign_active on campaign (made_at) where state in ('running', 'paused');

-- Which certificates it is about. How far each is stands nowhere: it is told from the facts.
create table campaign_item (
  campaign       uuid     not null references campaign (id) on delete cascade,
  number         int      not null,       -- in order of their ends
  authority      text     not null,
  serial         text     not null,
  tenant         text     not null,
  profile        text     not null,
  written_at     timestamptz,             -- the first letter
  last_letter_at timestamptz,
  reminders      int      not null default 0,
  unreachable_at timestamptz,             -- when the directory last named nobody to write to
  primary key (campaign, number),
  unique (campaign, authority, serial),
  foreign key (authority, serial) references certificate (authority, serial)
);
create index campaign_item_letters on campaign_item (campaign, last_letter_at)
  where last_letter_at is not null;
create index campaign_item_certificate on campaign_item (authority, serial);
