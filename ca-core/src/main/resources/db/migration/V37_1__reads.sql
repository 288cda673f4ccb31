-- For the data protection officer, who asks who looked at whose data.
create index audit_event_read on audit_event (at desc) where action = 'person.read';
