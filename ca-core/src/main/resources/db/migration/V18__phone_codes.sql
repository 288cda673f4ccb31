-- Codes by which people prove on the phone who they are, to have their certificates revoked. One a
-- person, as a salted hash; a new one takes the old one's place.
create table phone_code (
  subject_id text        primary key,
  salt       bytea       not null check (length(salt) = 16),
  hash       bytea       not null check (length(hash) = 32), -- scrypt, N = 2^14, r = 8, p = 1
  created_at timestamptz not null,
  failures   smallint    not null default 0 check (failures between 0 and 5)
);
