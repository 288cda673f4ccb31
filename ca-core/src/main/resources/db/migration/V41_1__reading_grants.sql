-- What a grant gives: a tenant's registration office, or to read its affairs as a revisor, which always takes two.
alter table office_grant add column gives text not null default 'office' check (gives in ('office', 'reading'));
alter table office_grant add check (gives = 'office' or across);
