-- Passkeys by which officers approve, each with the message by which their officer's key said that
-- it is theirs. Nothing here is secret; the vault judges each message by itself.
create table security_key (
  credential_id bytea       primary key references passkey on delete cascade,
  registration  bytea       not null,        -- CMS SignedData over a SecurityKeyRegistration
  certificate   bytea       not null check (length(certificate) = 32),   -- SHA-256 of the signer's
  registered_at timestamptz not null
);
