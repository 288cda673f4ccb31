-- Each profile in each version that this installation ever worked with, as it was written. A version
-- never changes: another text needs another version.
create table profile_version (
  name       text        not null,
  version    int         not null check (version > 0),
  digest     bytea       not null,               -- SHA-256 of the text, UTF-8
  text       text        not null,
  first_seen timestamptz not null,
  primary key (name, version)
);
create trigger only_grows before update or delete on profile_version
  for each row execute function only_grows();
create trigger is_not_emptied before truncate on profile_version
  for each statement execute function only_grows();

-- By which version it was made; 0 for those from before versions were kept.
alter table certificate add column profile_version int not null default 0;

-- The subject's account in an Active Directory, if it has one.
alter table request add column subject_principal_name text;
alter table request add column subject_sid text;
