package de.kreissiegel.ca.bulk;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;

/**
 * A row of a job.
 *
 * @param number from 1, in the order of the list
 * @param who as it was written
 * @param tenant as it was written or, once it is checked, as it was found; may be empty
 * @param csr PKCS#10, DER
 * @param subject whom the directory has for it
 * @param name what the directory calls them; empty before
 * @param reason why it can't be or wasn't done
 * @param detail the same in English, to the point
 * @param request the application that was made
 */
public record BulkRow(
    int number,
    String who,
    Optional<String> tenant,
    Optional<Bytes> csr,
    State state,
    Optional<SubjectId> subject,
    String name,
    Optional<RefusalReason> reason,
    String detail,
    Optional<RequestId> request) {
  /** How it stands. */
  public enum State {
    NEW,
    READY,
    FAULTY,
    /** Somebody has it in hand, or had when they were interrupted. */
    TRYING,
    DONE,
    FAILED
  }

  static BulkRow of(int number, BulkEntry entry) {
    boolean readable = entry.fault().isEmpty();
    return new BulkRow(
        number,
        entry.who(),
        Optional.of(entry.tenant()).filter(text -> !text.isEmpty()),
        entry.csr(),
        readable ? State.NEW : State.FAULTY,
        Optional.empty(),
        "",
        readable ? Optional.empty() : Optional.of(RefusalReason.BAD_DATA_FORMAT),
        entry.fault(),
        Optional.empty());
  }

  BulkRow ready(Subject found, TenantId home) {
    return new BulkRow(
        number,
        who,
        Optional.of(home.value()),
        csr,
        State.READY,
        Optional.of(found.id()),
        found.commonName(),
        Optional.empty(),
        "",
        Optional.empty());
  }

  BulkRow done(Optional<RequestId> made) {
    return with(State.DONE, Optional.empty(), "", made);
  }

  BulkRow refused(State refusal, Refused why) {
    return with(refusal, Optional.of(why.reason()), why.refusal().detail(), Optional.empty());
  }

  /** It was not its turn: nothing is known of it that wasn't before. */
  BulkRow again() {
    return with(
        state == State.TRYING ? state : State.READY, Optional.empty(), "", Optional.empty());
  }

  private BulkRow with(
      State other, Optional<RefusalReason> why, String words, Optional<RequestId> made) {
    return new BulkRow(number, who, tenant, csr, other, subject, name, why, words, made);
  }
}
