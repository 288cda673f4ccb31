-- Encrypted files on their way from a desk to a phone: one a certificate, for ten minutes at most. Their
-- keys are in no table.
create table handover (
  id          bytea       primary key check (length(id) = 16),
  certificate text        not null unique, -- as the audit trail names it
  tenant      text,
  salt        bytea       not null check (length(salt) = 16),
  code_hash   bytea       not null check (length(code_hash) = 32),
  sealed      bytea       not null check (length(sealed) between 1 and 65536),
  until       timestamptz not null,
  failures    smallint    not null default 0 check (failures between 0 and 5)
);
create index handover_until on handover (until);
