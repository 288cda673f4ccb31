-- Only open requests are looked for by their key. An index over these alone stays small, however
-- many requests there were, and nothing is added to it when a request becomes a certificate.
drop index request_key;
create index request_open_key on request (public_key_hash)
  where state in ('submitted', 'awaiting', 'approved');
