-- Authorities that came from elsewhere, and how far what they issued and revoked was taken in. Before
-- there is a row, nobody makes a list of theirs.
create table taken_over (
  authority    text        primary key,
  list_number  bigint,                        -- of the newest foreign CRL; null if it had none
  list_begin   timestamptz not null,          -- its thisUpdate
  list_digest  bytea       not null,          -- its SHA-256
  certificates bigint      not null,          -- how many are here
  revoked      bigint      not null,          -- how many of them are revoked or held
  by_serial    bigint      not null,          -- how many of those are known by their number alone
  taken_at     timestamptz not null
);
