-- For the data protection officer, who asks who looked at whose data.
create index audit_event_read on audit_event (at desc) where action = 'person.read';
-- Where in a chain a time's events stand.
create index audit_event_at on audit_event using brin (at);
create index audit_checkpoint_at on audit_checkpoint (chain, at);
