-- Whose holders were told that nobody asks about their certificate any more. Gone when somebody asks
-- about it, or it isn't good.
create table disuse_warning (
  authority text        not null,
  serial    text        not null,
  warned_at timestamptz not null,
  primary key (authority, serial),
  foreign key (authority, serial) references certificate on delete cascade
);

-- Where a rule asks for it, people are written to until they apply: when they were last, how often.
alter table occasion add column asked_at timestamptz;
alter table occasion add column asked    int not null default 0;
create index occasion_asked on occasion (asked_at) where asked_at is not null;
