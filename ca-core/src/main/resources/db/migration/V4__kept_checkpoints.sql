-- Signed checkpoints of the vaults' journals, as they were heard: a journal that was cut, rewritten
-- or put back from an older copy doesn't fit them.
create table kept_checkpoint (
  signer  text        not null,
  size    bigint      not null,
  head    bytea       not null,
  note    text        not null,
  kept_at timestamptz not null,
  primary key (signer, size)
);
