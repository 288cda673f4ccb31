-- Where a request's key was made, as its applicant said; null where nobody said anything.
alter table request add column key_origin text
  check (key_origin in ('BROWSER', 'FILE', 'TOKEN', 'SERVER'));
