/** The authority, in plain Java: no web, no directory protocol, no container. */
@org.jspecify.annotations.NullMarked
module de.kreissiegel.ca {
  requires transitive org.jspecify;
  requires transitive de.kreissiegel.hsm;
  requires transitive java.sql;
  requires org.bouncycastle.provider;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.util;
  requires org.snakeyaml.engine;
  requires org.jdbi.v3.core;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires org.postgresql.jdbc;

  exports de.kreissiegel.ca;
  exports de.kreissiegel.ca.access;
  exports de.kreissiegel.ca.audit;
  exports de.kreissiegel.ca.authority;
  exports de.kreissiegel.ca.ceremony;
  exports de.kreissiegel.ca.clock;
  exports de.kreissiegel.ca.disclosure;
  exports de.kreissiegel.ca.escrow;
  exports de.kreissiegel.ca.evidence;
  exports de.kreissiegel.ca.grant;
  exports de.kreissiegel.ca.hierarchy;
  exports de.kreissiegel.ca.inventory;
  exports de.kreissiegel.ca.issuance;
  exports de.kreissiegel.ca.keyfile;
  exports de.kreissiegel.ca.lifecycle;
  exports de.kreissiegel.ca.madekey;
  exports de.kreissiegel.ca.own;
  exports de.kreissiegel.ca.login;
  exports de.kreissiegel.ca.path;
  exports de.kreissiegel.ca.policyset;
  exports de.kreissiegel.ca.lint;
  exports de.kreissiegel.ca.profile;
  exports de.kreissiegel.ca.publication;
  exports de.kreissiegel.ca.reads;
  exports de.kreissiegel.ca.recovery;
  exports de.kreissiegel.ca.refusal;
  exports de.kreissiegel.ca.registration;
  exports de.kreissiegel.ca.relay;
  exports de.kreissiegel.ca.retention;
  exports de.kreissiegel.ca.review;
  exports de.kreissiegel.ca.revision;
  exports de.kreissiegel.ca.revocation;
  exports de.kreissiegel.ca.roster;
  exports de.kreissiegel.ca.securitykey;
  exports de.kreissiegel.ca.settings;
  exports de.kreissiegel.ca.status;
  exports de.kreissiegel.ca.subject;
  exports de.kreissiegel.ca.takeover;
  exports de.kreissiegel.ca.tenancy;
  exports de.kreissiegel.ca.transaction;
  exports de.kreissiegel.ca.witness;
  exports de.kreissiegel.ca.x509;
  exports de.kreissiegel.ca.storage;
}
