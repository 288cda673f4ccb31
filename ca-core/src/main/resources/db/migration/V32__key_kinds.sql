-- Of what kind a certificate's key is ("EC P-256", "RSA 3072"), to count by; '?' where nobody said.
-- V32.1 fills it for certificates from before.
alter table certificate add column key_kind text not null default '?';
