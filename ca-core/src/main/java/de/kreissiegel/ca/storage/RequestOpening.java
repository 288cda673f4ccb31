package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RequestBook.Opened;
import de.kreissiegel.ca.registration.RequestBook.Opening;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How requests are opened, many at once, each only once: in two round trips. */
final class RequestOpening {
  // Which lock is meant, in the upper half of its number.
  private static final long OF_KIND = 1L << 32;
  private static final long OF_KEY = 2L << 32;

  private static final String LOCK = "select pg_advisory_xact_lock(l) from unnest(?) l;";

  // Not "exists (…)": for that PostgreSQL may read all there is into a hash table first.
  static final String LOOK =
      """
      select (select true from request r where r.id = given.id) is not null,
             (select true from request r
              where r.subject_id = given.subject and r.applicant = given.applicant
                and r.profile = given.profile
                and r.state in ('submitted', 'awaiting', 'approved') limit 1) is not null,
             coalesce(
               (select true from certificate c where c.public_key_hash = given.hash limit 1),
               (select true from known_key k where k.hash = given.hash),
               (select true from request r
                where r.public_key_hash = given.hash
                  and r.state in ('submitted', 'awaiting', 'approved') limit 1)) is not null
      from %s
      order by n
      """
          .formatted(Rows.given("id applicant subject profile hash"));

  private final Handle handle;

  RequestOpening(Handle handle) {
    this.handle = handle;
  }

  List<Opened> open(List<Opening> openings) {
    List<Asked> asked = openings.stream().map(Asked::of).toList();
    List<Opened> answers = new ArrayList<>(answers(asked));
    Set<Object> seen = new HashSet<>();
    List<Opening> fit = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Asked one = asked.get(i);
      if (answers.get(i) == Opened.NEW) {
        // Those before in this very list aren't in the tables yet.
        answers.set(i, one.among(seen));
      }
      if (answers.get(i) == Opened.NEW) {
        seen.add(one.kind());
        seen.add(one.keyHash());
        fit.add(openings.get(i));
      }
    }
    if (!fit.isEmpty()) {
      RequestRow.insert(handle, fit);
    }
    return answers;
  }

  void serialize(Bytes publicKeyHash) {
    handle.execute("select pg_advisory_xact_lock(?)", OF_KEY | low(publicKeyHash.hashCode()));
  }

  /** One open request at a time is of a kind. */
  private record Kind(String applicant, String subject, String profile) {
    /** The same in every virtual machine: nodes lock by it. */
    @Override
    public int hashCode() {
      return Objects.hash(applicant, subject, profile);
    }
  }

  private record Asked(UUID id, Kind kind, Bytes keyHash) {
    static Asked of(Opening opening) {
      CertificateRequest.Content content = opening.request().content();
      return new Asked(
          content.id().value(),
          new Kind(content.applicant(), content.subject().id().value(), content.profile().value()),
          SubjectKey.hash(content.publicKey()));
    }

    Opened among(Set<Object> seen) {
      if (seen.contains(kind)) {
        return Opened.DUPLICATE;
      }
      return seen.contains(keyHash) ? Opened.KEY_IN_USE : Opened.NEW;
    }
  }

  /** In the order of their numbers, so that two can't wait for each other. */
  private static SortedSet<Long> locks(List<Asked> asked) {
    SortedSet<Long> locks = new TreeSet<>();
    for (Asked one : asked) {
      locks.add(OF_KIND | low(one.kind().hashCode()));
      locks.add(OF_KEY | low(one.keyHash().hashCode()));
    }
    return locks;
  }

  private static long low(int hash) {
    return hash & 0xffff_ffffL;
  }

  /**
   * What is open already. All in one round trip: the look sees what was committed before it began,
   * which is after the locks were taken.
   */
  private List<Opened> answers(List<Asked> asked) {
    return Rows.after(
        2,
        handle,
        LOCK + Rows.BY_INDEX + LOOK,
        rows ->
            rows.numbers(List.copyOf(locks(asked)), lock -> lock)
                .uuids(asked, Asked::id)
                .texts(asked, one -> one.kind().applicant())
                .texts(asked, one -> one.kind().subject())
                .texts(asked, one -> one.kind().profile())
                .octets(asked, Asked::keyHash),
        RequestOpening::answer);
  }

  private static Opened answer(ResultSet row) throws SQLException {
    if (row.getBoolean(1)) {
      return Opened.STORED;
    }
    if (row.getBoolean(2)) {
      return Opened.DUPLICATE;
    }
    return row.getBoolean(3) ? Opened.KEY_IN_USE : Opened.NEW;
  }
}
