-- Version 2 of an event: its hash goes over a salted commitment to the words (the actor's name, the
-- detail), not over the words themselves. Salt and words may go, all at once; the chain stays whole.
alter table audit_event
  add column version    smallint not null default 1,
  add column salt       bytea,
  add column commitment bytea,
  alter column actor_name drop not null,
  alter column detail drop not null,
  add check (
    version = 1 and commitment is null and salt is null
      and actor_name is not null and detail is not null
    or version = 2 and commitment is not null
      and (salt is null) = (actor_name is null) and (salt is null) = (detail is null));

create index audit_event_words on audit_event (at) where salt is not null;
-- For who asks what there is about a person.
create index audit_event_actor on audit_event (actor, at);

create function only_words_go() returns trigger language plpgsql as $$
begin
  if old.version = 2 and new.salt is null and new.actor_name is null and new.detail is null
      and (new.chain, new.sequence, new.at, new.actor, new.action, new.tenant, new.object, new.hash,
           new.version, new.commitment)
        is not distinct from
          (old.chain, old.sequence, old.at, old.actor, old.action, old.tenant, old.object, old.hash,
           old.version, old.commitment) then
    return new;
  end if;
  raise exception 'audit_event only grows: update is refused'
    using errcode = 'insufficient_privilege';
end $$;

drop trigger only_grows on audit_event;
create trigger only_grows before delete on audit_event
  for each row execute function only_grows();
create trigger only_words_go before update on audit_event
  for each row execute function only_words_go();

-- A certificate whose retention has ended keeps serial number, times, status, keys' and octets'
-- digests; its octets become their SHA-256, and whom it named is gone.
alter table certificate
  add column erased_at timestamptz,
  add check (erased_at is null
    or (erased_at > not_after and encoded = fingerprint and subject_id is null
        and subject_name = '' and alternative_names = ''));
create index certificate_retained on certificate (not_after) where erased_at is null;

-- How far each follower of the trail has passed its events on.
create table audit_position (
  follower text   not null,
  chain    text   not null,
  sequence bigint not null,
  primary key (follower, chain)
);
