-- Whether one of its kind is open is asked for each new request. By subject, applicant and profile
-- that is one place in the index; by the state it was all that had been open since the last vacuum.
-- Who asks for all open ones reads this index from end to end: it holds nothing else.
create index request_open_kind on request (subject_id, applicant, profile)
  where state in ('submitted', 'awaiting', 'approved');
drop index request_open;
