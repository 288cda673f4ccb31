-- The highest list of this line that a vault's journal has and this database never had: it was put
-- back from an older backup, and what that list told of may be missing here. Null once it was taken
-- in again.
alter table crl_line add column missing bigint;
