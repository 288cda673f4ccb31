-- Counts the changes of a certificate's status, so that of two signed statements on it one knows
-- which is the later, whatever clock and order they came by.
alter table certificate add column status_change integer not null default 0;

-- OCSP answers are signed ahead by slots of serial numbers: their last two hexadecimal digits.
create index certificate_slot on certificate (authority, right('0' || serial, 2));

-- When each slot is to be signed anew. Who signs it holds its row.
create table ocsp_slot (
  authority text        not null,
  slot      smallint    not null check (slot between 0 and 255),
  due       timestamptz not null,
  primary key (authority, slot)
);
create index ocsp_slot_due on ocsp_slot (due);

-- Certificates of which something new is to be said at once. A row is taken by who signs it.
create table ocsp_due (
  id        bigint      generated always as identity primary key,
  authority text        not null,
  serial    text        not null,
  changed   boolean     not null,                      -- false: it is new
  at        timestamptz not null default clock_timestamp()
);

-- Signed answers, many in a row, in the order in which they became visible: inserted under a lock,
-- so that who has read up to an id has missed none below it.
create table ocsp_answers (
  id          bigint      generated always as identity primary key,
  authority   text        not null,
  slot        smallint,                                -- null: not a whole slot, but what had changed
  next_update timestamptz not null,
  encoded     bytea       not null
);
-- Signatures don't compress.
alter table ocsp_answers alter column encoded set storage external;
create index ocsp_answers_slot on ocsp_answers (authority, slot, id);
create index ocsp_answers_end on ocsp_answers (next_update);

create function certificates_added() returns trigger language plpgsql as $$
begin
  insert into ocsp_due (authority, serial, changed) select authority, serial, false from added;
  return null;
end $$;
create trigger certificates_added after insert on certificate
  referencing new table as added
  for each statement execute function certificates_added();

create function certificate_changed() returns trigger language plpgsql as $$
begin
  new.status_change := old.status_change + 1;
  insert into ocsp_due (authority, serial, changed) values (new.authority, new.serial, true);
  return new;
end $$;
create trigger certificate_changed before update on certificate
  for each row
  when ((old.state, old.state_since, old.revocation_reason)
    is distinct from (new.state, new.state_since, new.revocation_reason))
  execute function certificate_changed();
