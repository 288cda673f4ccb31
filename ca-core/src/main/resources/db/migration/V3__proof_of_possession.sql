-- The PKCS#10 request as it came, so that the vault can verify the proof of possession by itself.
-- Requests from before have none; the system's own never do.
alter table request add column proof bytea;
