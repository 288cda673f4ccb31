-- An officer's signature over a recovery counts no more once its certificate has ended or was revoked before the file was
-- made: somebody signs anew, also the same officer with another certificate. What was signed before stays.
alter table recovery_approval add column void_at timestamptz;
alter table recovery_signature add column number smallint;
update recovery_signature s set number = a.number
  from recovery_approval a where a.recovery = s.recovery and a.officer = s.officer;
alter table recovery_signature alter column number set not null;
alter table recovery_signature drop constraint recovery_signature_recovery_officer_fkey;
alter table recovery_signature drop constraint recovery_signature_pkey;
alter table recovery_approval drop constraint recovery_approval_pkey;
alter table recovery_approval add primary key (recovery, number);
alter table recovery_signature add primary key (release_id, number);
alter table recovery_signature
  add foreign key (recovery, number) references recovery_approval (recovery, number);
-- Nobody signs twice.
create unique index recovery_approval_counts on recovery_approval (recovery, officer) where void_at is null;

create or replace function escrow_wrapping_of(which uuid) returns table (key_hash bytea, encrypted bytea)
  language sql stable security definer set search_path = public, pg_temp as $$
    select w.key_hash, w.encrypted
    from recovery r join recovery_key k on k.recovery = r.id join escrow_wrapping w on w.key_hash = k.key_hash
    where r.id = which and r.state in ('APPROVED', 'READY')
      and (select count(*) from recovery_approval a where a.recovery = r.id and a.void_at is null) >= r.needed
  $$;
