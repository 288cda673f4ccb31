-- Certificates: never deleted, status changes only.
create table certificate (
  authority         text        not null,
  serial            text        not null,              -- lower-case hexadecimal
  encoded           bytea       not null,
  profile           text        not null,
  tenant            text,                              -- null: the system's own
  subject_id        text,
  subject_name      text        not null,
  alternative_names text        not null,
  request_id        uuid,
  public_key_hash   bytea       not null,
  not_before        timestamptz not null,
  not_after         timestamptz not null,
  state             text        not null check (state in ('good', 'hold', 'revoked')),
  state_since       timestamptz,
  revocation_reason smallint,
  journal_index     bigint      not null,
  journal_hash      bytea       not null,
  stored_at         timestamptz not null default now(),
  primary key (authority, serial),
  check ((state = 'good') = (state_since is null)),
  check ((state = 'revoked') = (revocation_reason is not null))
);
-- One request, one certificate, whatever happens.
create unique index certificate_request on certificate (request_id) where request_id is not null;
create index certificate_subject on certificate (subject_id);
create index certificate_tenant on certificate (tenant, not_before desc);
create index certificate_key on certificate (public_key_hash);
-- In the order of a CRL: serial numbers as numbers, whatever the database's collation.
create index certificate_revoked on certificate (authority, length(serial), serial collate "C")
  where state <> 'good';
-- Whom the directory's changes concern; asked every few seconds, answered from the index alone.
create index certificate_watched on certificate (subject_id, not_after)
  where state <> 'revoked' and subject_id is not null;

-- Grows with each change of status, so that a CRL knows whether it is out of date.
create table status_version (
  authority text   primary key,
  version   bigint not null
);

create table request (
  id                  uuid        primary key,
  state               text        not null check (state in
                        ('submitted', 'awaiting', 'approved', 'issued', 'refused', 'withdrawn', 'expired')),
  applicant           text        not null,
  applicant_name      text        not null,
  tenant              text        not null,
  profile             text        not null,
  subject_id          text        not null,
  subject_kind        text        not null,
  subject_home        text        not null,
  subject_tenants     text[]      not null,
  subject_name        text        not null,
  subject_title       text,
  subject_given_name  text,
  subject_surname     text,
  subject_mail        text,
  subject_dns_name    text,
  subject_login       text,
  subject_enabled     boolean     not null,
  subject_dn          text        not null,
  subject_responsible text[]      not null,
  public_key          bytea       not null,
  public_key_hash     bytea       not null,
  wishes              text[]      not null,
  remark              text        not null,
  submitted_at        timestamptz not null,
  approvals_needed    int         not null,
  decided_by          text,
  decided_reason      text,
  decided_at          timestamptz,
  authority           text,
  serial              text,
  lease_until         timestamptz,                     -- who resumes an approved request holds it until then
  lease_holder        text
);
create index request_open on request (state, submitted_at) where state in ('submitted', 'awaiting', 'approved');
create index request_applicant on request (applicant, submitted_at desc);
create index request_tenant on request (tenant, submitted_at desc);
create index request_subject on request (subject_id);
create index request_key on request (public_key_hash);

create table approval (
  request_id   uuid        not null references request (id),
  officer      text        not null,
  officer_name text        not null,
  at           timestamptz not null,
  primary key (request_id, officer)                    -- two eyes are not four
);

create table audit_event (
  chain      text        not null,
  sequence   bigint      not null,
  at         timestamptz not null,
  actor      text        not null,
  actor_name text        not null,
  action     text        not null,
  tenant     text,
  object     text        not null,
  detail     text        not null,
  hash       bytea       not null,
  primary key (chain, sequence)
);
create index audit_event_tenant on audit_event (tenant, at desc);
create index audit_event_object on audit_event (object);

-- The head of each node's chain; its row is the lock under which the chain grows.
create table audit_chain (
  chain    text   primary key,
  sequence bigint not null,
  hash     bytea  not null
);

-- Heads that the vault has signed; its journal holds them, too.
create table audit_checkpoint (
  chain         text        not null,
  sequence      bigint      not null,
  hash          bytea       not null,
  at            timestamptz not null,
  signature     bytea       not null,
  journal_index bigint      not null,
  primary key (chain, sequence)
);

create table outbox (
  id              bigint generated always as identity primary key,
  task            text        not null,
  subject_id      text        not null,
  authority       text        not null,
  serial          text        not null,
  created_at      timestamptz not null,
  next_attempt_at timestamptz not null,
  attempts        int         not null default 0,
  last_error      text,
  done_at         timestamptz
);
create index outbox_open on outbox (next_attempt_at) where done_at is null;
create index outbox_certificate on outbox (authority, serial, id) where done_at is null;

create table crl (
  authority      text        not null,
  number         bigint      not null,
  encoded        bytea       not null,
  this_update    timestamptz not null,
  next_update    timestamptz not null,
  status_version bigint      not null,
  journal_index  bigint      not null,
  primary key (authority, number)
);

-- How far the vault's journal was taken in.
create table journal_position (
  signer     text   primary key,
  next_index bigint not null,
  last_hash  bytea
);
