package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.lint.KnownKeys;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RequestBook.Opened;
import de.kreissiegel.ca.registration.RequestBook.Opening;
import de.kreissiegel.ca.registration.RequestBook.Outcome;
import de.kreissiegel.ca.registration.SeenAtOpening;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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
                  and r.state in ('submitted', 'awaiting', 'approved') limit 1)) is not null,
             (select true from certificate c
              where c.subject_id = any(array(
                  select given.subject
                  union all select holder from pseudonym p where p.subject_id = given.subject))
                and c.state = ? and c.not_after > given.at limit 1) is not null,
             (select string_agg(authority, ' ') from mass_run where kind = 'emergency')
      from %s
      order by n
      """
          .formatted(Rows.given("id applicant subject profile hash at"));

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
      if (answers.get(i).outcome() == Outcome.NEW && one.among(seen) != Outcome.NEW) {
        // Those before in this very list aren't in the tables yet.
        answers.set(i, Opened.of(one.among(seen)));
      }
      if (answers.get(i).outcome() == Outcome.NEW) {
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

  private record Asked(UUID id, Kind kind, Bytes keyHash, Instant at) {
    static Asked of(Opening opening) {
      CertificateRequest.Content content = opening.request().content();
      return new Asked(
          content.id().value(),
          new Kind(content.applicant(), content.subject().id().value(), content.profile().value()),
          SubjectKey.hash(content.publicKey()),
          content.submittedAt());
    }

    Outcome among(Set<Object> seen) {
      if (seen.contains(kind)) {
        return Outcome.DUPLICATE;
      }
      return seen.contains(keyHash) ? Outcome.KEY_IN_USE : Outcome.NEW;
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
                .text("hold") // a parameter, that it doesn't lead to the index of all on hold
                .uuids(asked, Asked::id)
                .texts(asked, one -> one.kind().applicant())
                .texts(asked, one -> one.kind().subject())
                .texts(asked, one -> one.kind().profile())
                .octets(asked, Asked::keyHash)
                .times(asked, Asked::at),
        RequestOpening::answer);
  }

  private static Opened answer(ResultSet row) throws SQLException {
    if (row.getBoolean(1)) {
      return Opened.of(Outcome.STORED);
    }
    if (row.getBoolean(2)) {
      return Opened.of(Outcome.DUPLICATE);
    }
    if (row.getBoolean(3)) {
      return Opened.of(Outcome.KEY_IN_USE);
    }
    // Of a key that stands nowhere all is known by that.
    var key = new KnownKeys.Standing(false, false, Optional.empty(), row.getBoolean(4));
    return new Opened(Outcome.NEW, Optional.of(new SeenAtOpening(key, stopped(row.getString(5)))));
  }

  private static Set<AuthorityName> stopped(@Nullable String names) {
    return names == null
        ? Set.of()
        : Stream.of(names.split(" ")).map(AuthorityName::new).collect(Collectors.toSet());
  }
}
