-- Tokens, security keys and cards: who got which, from whom, and what became of it (ORP.4).
create table equipment (
  id          uuid        primary key,
  kind        text        not null check (kind in ('card', 'security_key', 'token')),
  serial      text        not null check (length(serial) between 1 and 64),
  tenant      text        not null,
  holder      text        not null,
  holder_name text        not null,
  note        text        not null,
  issued_by   text        not null,
  issuer_name text        not null,
  issued_at   timestamptz not null,
  state       text        not null check (state in ('out', 'returned', 'lost', 'destroyed')),
  moved_by    text        not null,
  mover_name  text        not null,
  moved_at    timestamptz not null,
  move_note   text        not null
);
-- One thing is in one hand.
create unique index equipment_out on equipment (kind, serial) where state = 'out';
create index equipment_tenant on equipment (tenant, issued_at desc);
create index equipment_holder on equipment (holder);

create table equipment_certificate (
  equipment uuid not null references equipment (id) on delete cascade,
  authority text not null,
  serial    text not null,
  primary key (equipment, authority, serial)
);
