-- A run of the mass path over one generation of an authority. While there is one of kind emergency,
-- finished or not, that generation issues nothing.
create table mass_run (
  id            uuid        primary key,
  authority     text        not null,
  kind          text        not null check (kind in ('planned', 'emergency')),
  reason        text        not null,
  begun_by      text        not null,
  begun_at      timestamptz not null,
  finished_at   timestamptz,
  serials       bytea,                          -- SHA-256 of the list of serial numbers, when finished
  check ((finished_at is null) = (serials is null))
);
create unique index mass_run_open on mass_run (authority) where finished_at is null;
create index mass_run_authority on mass_run (authority, begun_at desc);

-- What a run has to do, one row a certificate, in the order in which it is done. A step is done
-- where its time stands, so a run goes on wherever it ended.
create table mass_item (
  run        uuid        not null references mass_run (id),
  place      bigint      not null,
  serial     text        not null,
  turn       smallint    not null,
  profile    text        not null,
  tenant     text,                              -- null: the system's own
  holder     text,                              -- null: the system's own
  revoked_at timestamptz,                       -- or found revoked or ended
  asked_at   timestamptz,                       -- since when its holder owes a new application
  told_at    timestamptz,
  primary key (run, place),
  unique (run, serial)
);
create index mass_item_to_revoke on mass_item (run, place) where revoked_at is null;
create index mass_item_to_ask on mass_item (run, place) where asked_at is null;
create index mass_item_to_tell on mass_item (run, place) where told_at is null;

-- What holders have to hear, once each; in the order in which they should.
create table notice (
  number     bigint      generated always as identity primary key,
  run        uuid        not null references mass_run (id),
  holder     text        not null,
  tenant     text        not null,
  created_at timestamptz not null,
  unique (run, holder, tenant)
);
