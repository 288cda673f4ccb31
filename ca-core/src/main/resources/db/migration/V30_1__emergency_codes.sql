-- Sealed codes for emergencies. A code has 150 random bits, so its hash needs no salt and no cost.
-- None is taken away: which there were, and what became of them, is a part of the past.
create table emergency_code (
  number          bigint      primary key generated always as identity,
  hash            bytea       not null unique check (length(hash) = 32),   -- SHA-256
  holder          text        not null,
  office          text        not null check (office in ('REVIEW', 'PROTECT')),
  tenants         text[]      not null,
  made_at         timestamptz not null,
  made_by         text        not null,
  ends_at         timestamptz not null,
  used_at         timestamptz,
  withdrawn_at    timestamptz,
  acknowledged_by text,
  acknowledged_at timestamptz
);
