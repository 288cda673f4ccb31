-- Who decides in place of others: somebody stands in for a tenant's registration officers, with a
-- reason and an end. Kept as it was said; what ends it is added.
create table office_grant (
  id              uuid        primary key,
  person          text        not null,
  person_name     text        not null,
  tenant          text        not null,
  across          boolean     not null,               -- the person works for another tenant
  reason          text        not null check (length(reason) between 1 and 500),
  begins_at       timestamptz not null,
  ends_at         timestamptz not null check (ends_at > begins_at),
  proposed_by     text        not null,
  proposer_name   text        not null,
  proposed_at     timestamptz not null,
  consented_by    text,
  consenter_name  text,
  consented_at    timestamptz,
  ended_by        text,
  ender_name      text,
  ended_at        timestamptz,
  end_reason      text,
  check (person <> proposed_by),
  check (consented_by is null or consented_by not in (person, proposed_by)),
  check ((consented_by is null) = (consented_at is null)),
  check ((ended_by is null) = (ended_at is null))
);
create index office_grant_person on office_grant (person) where ended_at is null;
create index office_grant_tenant on office_grant (tenant);

-- An officer's certificate that is good for a grant alone, and ends with it.
alter table request add column grant_id uuid references office_grant (id);
alter table request add column grant_ends_at timestamptz;
alter table request add check ((grant_id is null) = (grant_ends_at is null));
create index request_grant on request (grant_id) where grant_id is not null;

-- Since when those who appoint officers look at it, because no officer decided.
alter table request add column passed_on_at timestamptz;
update request set passed_on_at = now() where overdue and state = 'awaiting';
alter table request drop column overdue;

-- What an officer asked the applicant before deciding.
create table request_question (
  request_id   uuid        not null references request (id) on delete cascade,
  number       int         not null,
  officer      text        not null,
  officer_name text        not null,
  question     text        not null check (length(question) between 1 and 500),
  asked_at     timestamptz not null,
  answer       text        check (length(answer) between 1 and 500),
  answered_at  timestamptz,
  primary key (request_id, number),
  check ((answer is null) = (answered_at is null))
);
create unique index request_question_open on request_question (request_id) where answer is null;
