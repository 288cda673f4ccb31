-- Keys that are never to be certified, by SHA-256 of the SubjectPublicKeyInfo.
create table known_key (
  hash      bytea       primary key check (length(hash) = 32),
  listing   text        not null check (listing in ('compromised', 'component')),
  note      text        not null,
  listed_at timestamptz not null default now()
);

-- The RSA moduli of stored certificates, so that a common factor is found without reading those.
create table rsa_modulus (
  public_key_hash bytea       primary key,
  modulus         bytea       not null,               -- big-endian, unsigned
  written_at      timestamptz not null default now()
);
create index rsa_modulus_written on rsa_modulus (written_at);
