-- What a list says, so that the same one isn't taken twice unawares; and whom lists are about.
alter table bulk_job add column digest bytea;   -- SHA-256; null of lists from before
create index bulk_job_digest on bulk_job (made_by, digest);
create index bulk_row_subject on bulk_row (subject_id) where subject_id is not null;
