-- When the key or the certificate is thought to have become bad (RFC 5280 §5.3.2), if anybody knows.
alter table certificate add column invalidity_date timestamptz;
alter table certificate add check (invalidity_date is null or state = 'revoked');

-- What became of each certificate, one row a change. The state in "certificate" is the last of them.
create table revocation_fact (
  number            bigint      generated always as identity primary key,
  authority         text        not null,
  serial            text        not null,
  state             text        not null check (state in ('good', 'hold', 'revoked')),
  state_since       timestamptz,
  revocation_reason smallint,
  invalidity_date   timestamptz,
  recorded_at       timestamptz not null default clock_timestamp(),
  foreign key (authority, serial) references certificate (authority, serial),
  check ((state = 'good') = (state_since is null)),
  check ((state = 'revoked') = (revocation_reason is not null)),
  check (invalidity_date is null or state = 'revoked')
);
create index revocation_fact_certificate on revocation_fact (authority, serial, number);

insert into revocation_fact (authority, serial, state, state_since, revocation_reason)
select authority, serial, state, state_since, revocation_reason from certificate
where state <> 'good' order by state_since;

-- What was written stays, whoever asks. A database administrator can lift this, and then the signed
-- heads of the audit trail and the published lists tell of it.
create function only_grows() returns trigger language plpgsql as $$
begin
  raise exception '% only grows: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'insufficient_privilege';
end $$;

create trigger only_grows before update or delete on revocation_fact
  for each row execute function only_grows();
create trigger is_not_emptied before truncate on revocation_fact
  for each statement execute function only_grows();
create trigger only_grows before update or delete on audit_event
  for each row execute function only_grows();
create trigger is_not_emptied before truncate on audit_event
  for each statement execute function only_grows();

-- Revoked is for ever, and what was signed is never forgotten.
create function stays_revoked() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' then
    raise exception 'certificates are never taken away' using errcode = 'insufficient_privilege';
  end if;
  if new.state <> 'revoked' or new.state_since <> old.state_since
      or new.revocation_reason <> old.revocation_reason then
    raise exception 'certificate %/% is revoked for ever', old.authority, old.serial
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create trigger stays_revoked before update on certificate
  for each row when (old.state = 'revoked') execute function stays_revoked();
create trigger stays before delete on certificate
  for each row execute function stays_revoked();
create trigger is_not_emptied before truncate on certificate
  for each statement execute function stays_revoked();
