-- Sessions of the pages, so that any node can answer any request. Neither the session's id nor what
-- it holds can be read here: the id is hashed, and the content is sealed under a key that is made
-- of the id, which the browser alone has.
create table web_session (
  key        bytea       primary key check (length(key) = 32),   -- SHA-256 of the id
  content    bytea       not null check (length(content) <= 131072),
  known      boolean     not null,                  -- whether somebody is logged in
  created_at timestamptz not null,
  used_at    timestamptz not null,                  -- to the minute
  ends_at    timestamptz not null
);

create index web_session_end on web_session (ends_at);
create index web_session_unknown on web_session (used_at) where not known;
