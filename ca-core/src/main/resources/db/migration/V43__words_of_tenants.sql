-- Each word of a name once more behind the mark of its tenant (a colon and four digits of its
-- SHA-256), by which the officers of one tenant look for words.
create function terms_with_tenant(terms tsvector, tenant text) returns tsvector
  language sql immutable return
  terms || array_to_tsvector(array(
    select ':' || encode(substring(sha256(convert_to(tenant, 'UTF8')) for 2), 'hex') || term
    from unnest(tsvector_to_array(terms)) term
    where term not like '%:%' and tenant is not null));

-- To write the table anew takes a fraction of what it costs to change each row of it.
alter table certificate alter column terms type tsvector using terms_with_tenant(terms, tenant);

drop function terms_with_tenant;

-- A search asks the statistics which words are frequent.
analyze certificate;
