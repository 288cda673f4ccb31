-- What people said of a certificate's fields: 'dns officer www.example'. Null where all of it comes
-- from the directory.
alter table request add column field_values text[];

-- Of which order a request is a part: several certificates that are asked for and decided as one.
alter table request add column order_id uuid;
create index request_order on request (order_id) where order_id is not null;
