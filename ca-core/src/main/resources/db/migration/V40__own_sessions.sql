-- Whose session it is and by what it began, so that people see and end their own. Who reads the
-- database learns that somebody is logged in; what the session holds stays sealed.
alter table web_session
  add column holder    text,          -- the id of the person's entry; null as long as nobody is logged in
  add column proof     text,          -- by what they logged in, as 'passkey'
  add column proven_at timestamptz,   -- when they last did
  add constraint web_session_holder check (
    (holder is null) = (proof is null) and (holder is null) = (proven_at is null));

create index web_session_holder on web_session (holder, proven_at) where holder is not null;
