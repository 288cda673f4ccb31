-- What a tenant has decided on escrow. Kept as it was said; what ends it is added.
create table escrow_decision (
  id              uuid        primary key,
  tenant          text        not null,
  profiles        text[]      not null check (cardinality(profiles) between 1 and 50),
  reason          text        not null check (length(reason) between 1 and 500),
  officers        smallint    not null check (officers between 2 and 8),
  keep_years      smallint    not null check (keep_years between 1 and 30),
  proposed_by     text        not null,
  proposer_name   text        not null,
  proposed_at     timestamptz not null,
  consented_by    text,
  consenter_name  text,
  consented_at    timestamptz,
  ended_by        text,
  ender_name      text,
  ended_at        timestamptz,
  end_reason      text,
  check (consented_by is null or consented_by <> proposed_by),
  check ((consented_by is null) = (consented_at is null)),
  check ((ended_by is null) = (ended_at is null))
);
-- A tenant has one decision at a time.
create unique index escrow_decision_open on escrow_decision (tenant) where ended_at is null;
create index escrow_decision_tenant on escrow_decision (tenant, proposed_at desc);

-- Copies of private keys, each encrypted with a wrapping key of its own (AES-256-GCM: nonce, ciphertext, tag). The
-- wrapping keys lie in the table after this one.
create table escrow_copy (
  key_hash      bytea       primary key check (length(key_hash) = 32), -- SHA-256 of the SubjectPublicKeyInfo
  tenant        text        not null,
  profile       text        not null,
  depositor     text        not null,
  made_by       text        not null check (made_by in ('BROWSER', 'SERVER')),
  decision      uuid        not null references escrow_decision (id),
  vault_key     text        not null,
  wrapped       bytea       check (length(wrapped) between 29 and 16384),
  wrapping_hash bytea       not null check (length(wrapping_hash) = 32), -- SHA-256 of what the next table holds
  deposited_at  timestamptz not null,
  keep_years    smallint    not null,
  erased_at     timestamptz,
  erased_why    text,
  check ((wrapped is null) = (erased_at is not null)),
  check ((erased_why is null) = (erased_at is null))
);
create index escrow_copy_kept on escrow_copy (deposited_at) where erased_at is null;

-- Wrapping keys, each encrypted to the vault (RSAES-OAEP). The authority's role adds and erases; it reads none but
-- by the function below.
create table escrow_wrapping (
  key_hash  bytea primary key references escrow_copy (key_hash),
  encrypted bytea not null check (length(encrypted) between 256 and 1024)
);

-- Keys that were made on the server and wait for their holder, each encrypted under a password that is in no table.
create table made_key (
  key_hash bytea       primary key references escrow_copy (key_hash),
  holder   text        not null,
  sealed   bytea       not null check (length(sealed) between 64 and 16384), -- EncryptedPrivateKeyInfo
  made_at  timestamptz not null,
  failures smallint    not null default 0 check (failures between 0 and 5)
);
create index made_key_holder on made_key (holder);

-- Somebody's keys are wanted.
create table recovery (
  id             uuid        primary key,
  tenant         text        not null,
  owner          text        not null,
  owner_name     text        not null,
  organization   text        not null,
  requester      text        not null,
  requester_name text        not null,
  requested_at   timestamptz not null,
  collector      text        not null,
  collector_name text        not null,
  reason         text        not null check (length(reason) between 1 and 500),
  needed         smallint    not null check (needed between 2 and 8),
  state          text        not null check (state in
                   ('REQUESTED', 'APPROVED', 'READY', 'COLLECTED', 'REFUSED', 'WITHDRAWN', 'EXPIRED', 'FAILED')),
  released_by    text,
  releaser_name  text,
  released_at    timestamptz,
  damaged        int,
  file_id        bytea       unique check (length(file_id) = 16),
  file           bytea       check (length(file) between 1 and 4194304),
  file_until     timestamptz,
  settled_by     text,
  settler_name   text,
  settled_at     timestamptz,
  settle_reason  text,
  check ((state = 'READY') = (file is not null)),
  check ((file is null) = (file_id is null)),
  check ((state in ('REQUESTED', 'APPROVED', 'READY')) = (settled_at is null))
);
create unique index recovery_open on recovery (owner, tenant) where state in ('REQUESTED', 'APPROVED', 'READY');
create index recovery_tenant on recovery (tenant, requested_at desc);
create index recovery_owner on recovery (owner);
create index recovery_collector on recovery (collector);
create index recovery_requester on recovery (requester);

-- Which keys, and what officers sign for each.
create table recovery_key (
  recovery      uuid  not null references recovery (id),
  release_id    uuid  not null unique,
  key_hash      bytea not null references escrow_copy (key_hash),
  authority     text  not null,
  serial        text  not null,
  vault_key     text  not null,
  wrapping_hash bytea not null check (length(wrapping_hash) = 32),
  primary key (recovery, key_hash)
);
create table recovery_approval (
  recovery     uuid        not null references recovery (id),
  number       smallint    not null, -- 1 for who signed first
  officer      text        not null,
  officer_name text        not null,
  at           timestamptz not null,
  primary key (recovery, officer)
);
create table recovery_signature (
  release_id uuid  not null references recovery_key (release_id),
  recovery   uuid  not null,
  officer    text  not null,
  signature  bytea not null check (length(signature) between 1 and 65536),
  primary key (release_id, officer),
  foreign key (recovery, officer) references recovery_approval (recovery, officer)
);

-- The wrapping keys of a recovery that enough officers have approved, and of no other.
create function escrow_wrapping_of(which uuid) returns table (key_hash bytea, encrypted bytea)
  language sql stable security definer set search_path = public, pg_temp as $$
    select w.key_hash, w.encrypted
    from recovery r join recovery_key k on k.recovery = r.id join escrow_wrapping w on w.key_hash = k.key_hash
    where r.id = which and r.state in ('APPROVED', 'READY')
      and (select count(*) from recovery_approval a where a.recovery = r.id) >= r.needed
  $$;
revoke all on function escrow_wrapping_of(uuid) from public;
