-- When relying parties last asked this authority about a certificate (OCSP), and what they heard.
-- Not by whom: no address is kept.
create table certificate_inquiry (
  authority text        not null,
  serial    text        not null,                   -- lower-case hexadecimal
  asked_at  timestamptz not null,
  told      text        not null check (told in ('GOOD', 'HELD', 'REVOKED')),
  primary key (authority, serial)
);
