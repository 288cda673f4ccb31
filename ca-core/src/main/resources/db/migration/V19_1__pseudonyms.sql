-- Whose each pseudonym is. Certificates name "holder", which comes of the pseudonym itself; whose it
-- is stands here alone. When the time is over, name and person go; the commitment to the name stays,
-- so that it names nobody else, ever.
create table pseudonym (
  number      bigint      generated always as identity primary key,
  tenant      text        not null,
  salt        bytea       not null check (length(salt) = 16),
  commitment  bytea       not null check (length(commitment) = 32), -- SHA-256 of salt and folded name
  name        text,
  folded      text,                            -- letters and digits alone, in lower case
  holder      text,
  subject_id  text,
  reserved_at timestamptz not null,
  erased_at   timestamptz,
  check (erased_at is null and name is not null and folded is not null and holder is not null
      and subject_id is not null
    or erased_at is not null and name is null and folded is null and holder is null
      and subject_id is null)
);
create unique index pseudonym_folded on pseudonym (folded) where folded is not null;
create unique index pseudonym_holder on pseudonym (holder) where holder is not null;
create index pseudonym_person on pseudonym (subject_id) where subject_id is not null;

create function only_the_bearer_goes() returns trigger language plpgsql as $$
begin
  if old.erased_at is null and new.erased_at is not null
      and (new.number, new.tenant, new.salt, new.commitment, new.reserved_at)
        is not distinct from (old.number, old.tenant, old.salt, old.commitment, old.reserved_at) then
    return new;
  end if;
  raise exception 'pseudonym only grows: update is refused'
    using errcode = 'insufficient_privilege';
end $$;

create trigger only_the_bearer_goes before update on pseudonym
  for each row execute function only_the_bearer_goes();
create trigger only_grows before delete on pseudonym
  for each row execute function only_grows();
create trigger is_not_emptied before truncate on pseudonym
  for each statement execute function only_grows();
