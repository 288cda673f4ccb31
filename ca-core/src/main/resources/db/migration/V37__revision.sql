-- The revisor's review of a period (BSI TR-03145-1, Role.Req.8), one for each tenant and one for the house's own
-- affairs (tenant is null). All of it is only added to. What names people, and free text, may go when its retention
-- has ended; a salted commitment to the text stays, and the digest at the sign-off goes over that.
create table revision (
  id          uuid        primary key,
  tenant      text,
  begins_at   timestamptz not null,
  ends_at     timestamptz not null,
  opened_by   text        not null,
  opener_name text,
  opened_at   timestamptz not null,
  seed        bytea       not null check (length(seed) = 32),
  per_kind    smallint    not null check (per_kind between 1 and 50),
  opened_in   xid8        not null default pg_current_xact_id(),
  check (begins_at < ends_at),
  check (ends_at <= opened_at)
);
create unique index revision_area on revision (coalesce(tenant, ''), begins_at, ends_at);

-- How many events of a kind there were, and how many of them were drawn: those with the smallest
-- SHA-256(seed || hash of the event).
create table revision_kind (
  revision   uuid     not null references revision (id),
  kind       text     not null,
  population bigint   not null check (population >= 0),
  drawn      smallint not null check (drawn between 0 and 50),
  primary key (revision, kind)
);

create table revision_item (
  revision uuid     not null references revision (id),
  number   smallint not null check (number >= 1),
  kind     text     not null,
  chain    text     not null,
  sequence bigint   not null,
  hash     bytea    not null check (length(hash) = 32),
  primary key (revision, number)
);
create index revision_item_event on revision_item (chain, sequence);

-- Somebody found an item in order.
create table revision_judgement (
  revision   uuid        not null,
  item       smallint    not null,
  judged_by  text        not null,
  judge_name text,
  judged_at  timestamptz not null,
  primary key (revision, item),
  foreign key (revision, item) references revision_item (revision, number)
);

-- What was found wrong, with an item or at large, and which office has to answer for it.
create table revision_finding (
  id          uuid        primary key,
  revision    uuid        not null references revision (id),
  item        smallint,
  severity    text        not null check (severity in ('NOTE', 'MINOR', 'MAJOR', 'CRITICAL')),
  office      text        not null,
  words       text        check (length(words) between 1 and 2000),
  salt        bytea       check (length(salt) = 32),
  commitment  bytea       not null check (length(commitment) = 32),
  found_by    text        not null,
  finder_name text,
  found_at    timestamptz not null,
  foreign key (revision, item) references revision_item (revision, number),
  check ((words is null) = (salt is null))
);
create index revision_finding_revision on revision_finding (revision, item);

-- What became of a finding. It may come after the sign-off, which it doesn't change.
create table revision_step (
  finding    uuid        not null references revision_finding (id),
  number     smallint    not null check (number >= 1),
  kind       text        not null check (kind in ('NOTED', 'CLOSED')),
  words      text        check (length(words) between 1 and 2000),
  salt       bytea       check (length(salt) = 32),
  commitment bytea       not null check (length(commitment) = 32),
  said_by    text        not null,
  sayer_name text,
  said_at    timestamptz not null,
  primary key (finding, number),
  check ((words is null) = (salt is null))
);
create unique index revision_step_closed on revision_step (finding) where kind = 'CLOSED';

-- What became of the check of the chains over the period; the last one counts.
create table revision_check (
  revision     uuid        not null references revision (id),
  number       smallint    not null check (number >= 1),
  checked_by   text        not null,
  checker_name text,
  checked_at   timestamptz not null,
  chains       int         not null,
  events       bigint      not null,
  uncovered    bigint      not null,
  faults       text[]      not null,
  primary key (revision, number)
);

create table revision_sign_off (
  revision    uuid        primary key references revision (id),
  signed_by   text        not null,
  signer_name text,
  signed_at   timestamptz not null,
  words       text        check (length(words) between 1 and 2000),
  salt        bytea       check (length(salt) = 32),
  commitment  bytea       not null check (length(commitment) = 32),
  left_out    smallint    not null check (left_out >= 0),
  digest      bytea       not null check (length(digest) = 32),
  check ((words is null) = (salt is null))
);

-- That it was told that reviews of a period are due or overdue.
create table revision_notice (
  begins_at  timestamptz not null,
  ends_at    timestamptz not null,
  kind       text        not null check (kind in ('DUE', 'OVERDUE')),
  noticed_at timestamptz not null,
  primary key (begins_at, ends_at, kind)
);

create function only_names_go() returns trigger language plpgsql as $$
declare
  erasable constant text[] := '{opener_name, judge_name, finder_name, sayer_name, checker_name, signer_name, words, salt}';
begin
  if to_jsonb(new) - erasable = to_jsonb(old) - erasable
      and not exists (
        select from jsonb_each(to_jsonb(new)) field
        where field.key = any (erasable) and field.value <> 'null'::jsonb
          and field.value is distinct from to_jsonb(old) -> field.key) then
    return new;
  end if;
  raise exception '% only grows: update is refused', tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

-- A sample is drawn once, with its review.
create function drawn_with_its_revision() returns trigger language plpgsql as $$
begin
  if not exists (
      select from revision r where r.id = new.revision and r.xmin = pg_current_xact_id()::xid
        and r.opened_in = pg_current_xact_id()) then
    raise exception 'a sample is drawn when its revision is opened, and never again'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create function open_until_signed() returns trigger language plpgsql as $$
begin
  if exists (select from revision_sign_off s where s.revision = new.revision) then
    raise exception 'revision % is signed off', new.revision
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create trigger drawn_once before insert on revision_kind
  for each row execute function drawn_with_its_revision();
create trigger drawn_once before insert on revision_item
  for each row execute function drawn_with_its_revision();
create trigger open_until_signed before insert on revision_judgement
  for each row execute function open_until_signed();
create trigger open_until_signed before insert on revision_finding
  for each row execute function open_until_signed();
create trigger open_until_signed before insert on revision_check
  for each row execute function open_until_signed();

do $$
declare
  one text;
begin
  foreach one in array array['revision', 'revision_kind', 'revision_item', 'revision_judgement', 'revision_finding',
      'revision_step', 'revision_check', 'revision_sign_off', 'revision_notice'] loop
    execute format('create trigger only_grows before delete on %I for each row execute function only_grows()', one);
    execute format(
      'create trigger only_names_go before update on %I for each row execute function only_names_go()', one);
    execute format(
      'create trigger is_not_emptied before truncate on %I for each statement execute function only_grows()', one);
  end loop;
end $$;
