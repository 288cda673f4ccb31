-- By which key the checkpoints of a vault's journal are verified, if nobody configured one: the
-- first that was seen. A journal has one key for ever.
create table journal_key (
  signer     text        primary key,
  public_key bytea       not null,
  seen_at    timestamptz not null
);

-- Of a checkpoint whose entries were all read: the roots of the whole subtrees, from which the
-- Merkle tree goes on.
alter table kept_checkpoint add column peaks bytea;
