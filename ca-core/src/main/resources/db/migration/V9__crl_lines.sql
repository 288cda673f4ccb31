-- Each certificate belongs to one list for ever: its partition is chosen when it is issued and
-- stands in its cRLDistributionPoints. 0 is the list of those that have none.
alter table certificate add column crl_partition smallint not null default 0;
-- The version of its partition's status that its own last change made; 0 if it never changed.
alter table certificate add column status_version bigint not null default 0;

-- A full list is read from this index alone, in its order.
drop index certificate_revoked;
create index certificate_revoked
  on certificate (authority, crl_partition, length(serial), serial collate "C")
  include (state, state_since, revocation_reason, not_after, invalidity_date)
  where state <> 'good';
-- What a delta tells: all that changed since a version.
create index certificate_changed on certificate (authority, crl_partition, status_version)
  where status_version > 0;

alter table status_version add column crl_partition smallint not null default 0;
alter table status_version drop constraint status_version_pkey;
alter table status_version add primary key (authority, crl_partition);

-- The lists of one authority and partition count up together, full ones and deltas (RFC 5280
-- §5.2.3). Whoever makes one holds the row's lock.
create table crl_line (
  authority     text     not null,
  crl_partition smallint not null,
  number        bigint   not null default 0,  -- the highest that was given away, or that a journal has
  newest_full   bigint,                       -- what is published
  newest_delta  bigint,
  primary key (authority, crl_partition)
);

alter table crl rename to crl_before;
alter table crl_before rename constraint crl_pkey to crl_before_pkey;

-- Written before the vault is asked, with what it is asked for; whoever comes after a crash asks for
-- the same again.
create table crl (
  authority      text        not null,
  crl_partition  smallint    not null,
  number         bigint      not null,
  base           bigint,                      -- of a delta: the number of the full list that it changes
  request_id     uuid        not null,
  this_update    timestamptz not null,
  next_update    timestamptz not null,
  status_version bigint      not null,
  entries        bigint      not null,
  tbs_length     bigint      not null,
  tbs_digest     bytea       not null,        -- SHA-256 of the TBSCertList
  head           bytea,                       -- octets of the CertificateList before and behind the
  tail           bytea,                       --   pieces; null until it is signed
  tag            bytea,                       -- tells two lists apart
  journal_index  bigint,
  primary key (authority, crl_partition, number)
);

-- The octets of the newest lists, in order.
create table crl_piece (
  authority     text     not null,
  crl_partition smallint not null,
  number        bigint   not null,
  piece         int      not null,
  octets        bytea    not null,
  primary key (authority, crl_partition, number, piece),
  foreign key (authority, crl_partition, number) references crl on delete cascade
);
-- Serial numbers are random: there is nothing to compress.
alter table crl_piece alter column octets set storage external;

-- Lists from before are one piece, and whole.
insert into crl
  select authority, 0, number, null, gen_random_uuid(), this_update, next_update, status_version, 0,
         length(encoded), sha256(encoded), '', '', sha256(encoded), journal_index
  from crl_before;
insert into crl_piece
  select authority, 0, number, 0, encoded from crl_before
  where (authority, number) in (select authority, max(number) from crl_before group by authority);
insert into crl_line
  select authority, 0, max(number), max(number), null from crl_before group by authority;
drop table crl_before;
