-- Applications and invitations by list. Kept for a month, as its maker's report; what comes of a row
-- stands where it stands for a single one.
create table bulk_job (
  id         uuid        primary key,
  kind       text        not null check (kind in ('invitations', 'applications')),
  profile    text        not null,
  made_by    text        not null,
  maker_name text        not null,
  proof      text        not null,          -- how its maker had proved who they are
  made_at    timestamptz not null,
  state      text        not null
    check (state in ('checking', 'ready', 'running', 'paused', 'cancelled', 'done')),
  moved_at   timestamptz not null
);
create index bulk_job_maker on bulk_job (made_by, made_at desc);
create index bulk_job_active on bulk_job (made_at) where state in ('checking', 'running');

create table bulk_row (
  job        uuid not null references bulk_job (id) on delete cascade,
  number     int  not null,
  who        text not null,                 -- as it was written
  tenant     text,                          -- as it was written, then as it was found
  csr        bytea,                         -- PKCS#10, DER
  state      text not null check (state in ('new', 'ready', 'faulty', 'trying', 'done', 'failed')),
  subject_id text,
  name       text not null default '',      -- what the directory calls it
  reason     text,                          -- of a refusal
  detail     text not null default '',
  request_id uuid,
  lent_until timestamptz,
  primary key (job, number)
);
create index bulk_row_open on bulk_row (job, number) where state in ('new', 'ready', 'trying');
