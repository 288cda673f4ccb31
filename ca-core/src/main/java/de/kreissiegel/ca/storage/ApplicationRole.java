package de.kreissiegel.ca.storage;

import org.jdbi.v3.core.Handle;

/**
 * What the role may do by which the authority works with its database; the tables belong to another
 * one. What tells of the past it can only add to: audit events, their signed heads, revocations,
 * checkpoints and keys of journals, notices, reviews of revisors. What was stopped it can't set
 * free. Of a certificate it can change the status alone. Codes for emergencies it can use, not
 * make. What unwraps an escrowed key it sees for a recovery that officers have approved, and never
 * else.
 */
final class ApplicationRole {
  private static final String ONLY_ADDED =
      "audit_event, audit_checkpoint, revocation_fact, kept_checkpoint, journal_key,"
          + " known_key, rsa_modulus, notice, pseudonym, plan_consent, terms_version,"
          + " terms_acceptance, person_check, revision, revision_kind, revision_item,"
          + " revision_judgement, revision_finding, revision_step, revision_check,"
          + " revision_sign_off, revision_notice";

  private ApplicationRole() {}

  /** Lets the role do that, and nothing more. */
  static void grant(Handle owner, String role) {
    String to = owner.select("select quote_ident(?)", role).mapTo(String.class).one();
    owner.execute("revoke create on schema public from public");
    owner.execute("grant usage on schema public to " + to);
    owner.execute("revoke all on all tables in schema public from " + to);
    owner.execute("grant select, insert, update, delete on all tables in schema public to " + to);
    owner.execute("grant usage, select on all sequences in schema public to " + to);
    owner.execute("revoke update, delete on " + ONLY_ADDED + " from " + to);
    owner.execute("revoke insert, update, delete on flyway_schema_history from " + to);
    owner.execute("revoke update, delete on mass_run, mass_item from " + to);
    owner.execute("revoke all on escrow_wrapping from " + to);
    owner.execute("grant select (key_hash), insert, delete on escrow_wrapping to " + to);
    owner.execute("grant execute on function escrow_wrapping_of(uuid) to " + to);
    owner.execute(
        "revoke update, delete on recovery_key, recovery_approval, recovery_signature from " + to);
    owner.execute("grant update (void_at) on recovery_approval to " + to);
    owner.execute("revoke delete on escrow_decision, escrow_copy, recovery from " + to);
    owner.execute("grant update (finished_at, serials) on mass_run to " + to);
    owner.execute("grant update (revoked_at, asked_at, told_at) on mass_item to " + to);
    owner.execute("revoke insert, update, delete on emergency_code from " + to);
    owner.execute("grant update (used_at) on emergency_code to " + to);
    owner.execute("revoke update, delete on certificate from " + to);
    owner.execute(
        "grant update (state, state_since, revocation_reason, invalidity_date, status_version)"
            + " on certificate to "
            + to);
  }
}
