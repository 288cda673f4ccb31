-- What a tenant's officers say again and again when they refuse, beside what comes with the house.
-- Whose words they are stands in the audit trail alone.
create table refusal_text (
  id         uuid        primary key,
  tenant     text        not null,
  title      text        not null,
  text_de    text        not null,
  text_en    text        not null,     -- empty: the German one serves
  changed_at timestamptz not null
);
create index refusal_text_tenant on refusal_text (tenant, title);
