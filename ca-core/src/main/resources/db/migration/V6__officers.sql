-- For which tenants the certificate makes its subject a registration officer: ids of tenants, or '*';
-- null where it makes nobody one.
alter table request add column appointment text[];
create index request_appointment on request (state, submitted_at) where appointment is not null;

-- The officer's own signature over what they approved (CMS SignedData), which the vault demands.
-- None where no profile makes officers.
alter table approval add column signature bytea;
