-- What a certificate is found by: the words of its names, folded ("CN=Jörg Müller" is joerg, mueller),
-- its tenant ("t:…"), profile ("p:…") and authority ("a:…"), and digests of what it is.
-- V13.1 fills them for certificates from before.
alter table certificate
  add column terms            tsvector,
  add column fingerprint      bytea,                   -- SHA-256 of the certificate
  add column fingerprint_sha1 bytea,
  add column key_identifier   bytea;                   -- RFC 5280 §4.2.1.2; null if it has none

-- Its own list of what is new stays short: each search reads it.
create index certificate_terms on certificate using gin (terms) with (gin_pending_list_limit = 256);
create index certificate_serial on certificate (serial collate "C");
create index certificate_fingerprint on certificate (fingerprint);
create index certificate_fingerprint_sha1 on certificate (fingerprint_sha1);
create index certificate_key_identifier on certificate (key_identifier);
-- The two orders in which lists are read, over all tenants.
create index certificate_newest on certificate (not_before desc, authority, serial)
  where tenant is not null;
create index certificate_ending on certificate (not_after, authority, serial)
  where tenant is not null;
-- What is held is rare, and looked for.
create index certificate_held on certificate (tenant, not_before desc) where state = 'hold';
