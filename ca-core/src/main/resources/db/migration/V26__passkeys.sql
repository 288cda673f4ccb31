-- Passkeys by which people log in (WebAuthn Level 2 §4). What is here is public: no secret, and
-- nothing that would let somebody in.
create table passkey (
  credential_id bytea       primary key check (length(credential_id) between 1 and 1023),
  subject_id    text        not null,
  label         text        not null,               -- what its holder calls it
  public_key    bytea       not null,               -- COSE_Key (RFC 9052 §7)
  attestation   bytea       not null,               -- the attestation object of its registration
  counter       bigint      not null,               -- the signature counter that was seen last
  transports    text[]      not null default '{}',
  backup        boolean     not null,               -- whether it may be kept in more places than one
  backed_up     boolean     not null,
  created_at    timestamptz not null,
  last_used_at  timestamptz not null
);

create index passkey_subject on passkey (subject_id);
