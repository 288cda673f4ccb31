package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.roster.Bookmark;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An authority, in a process of its own, that takes in how one after the other leaves, from the
 * bookmark that it finds to the end; it prints how many have left. To be killed.
 */
final class LeavingDistrict {
  static final DirectoryName NAME = new DirectoryName("district");
  private static final Brake NONE = new Brake(100_000, 100_000, 1, Duration.ofSeconds(1));

  private LeavingDistrict() {}

  /**
   * @param arguments JDBC address, how many people there are
   */
  public static void main(String[] arguments) {
    var source = new PGSimpleDataSource();
    source.setUrl(arguments[0]);
    int people = Integer.parseInt(arguments[1]);
    SubjectLifecycle lifecycle =
        lifecycle(Books.of(source, "leaving", Clock.systemUTC(), new SecureRandom()));
    lifecycle.work();
    for (int n = left(lifecycle); n < people; n++) {
      SubjectId id = person(n);
      lifecycle.take(
          NAME,
          DirectoryReport.last(
              List.of(
                  n % 2 == 0
                      ? new Observation.Gone(id, "entry deleted")
                      : LifecycleHouse.seen(LifecycleHouse.disabled(id.value()))),
              bookmark(n + 1)));
      System.out.println(n + 1);
    }
  }

  static SubjectLifecycle lifecycle(Books books) {
    return new SubjectLifecycle(
        new RevocationDesk(
            books.ofRevocation(), new Ownership(new LifecycleHouse.Nobody()), Clock.systemUTC()),
        new NoRequests(),
        new LifecycleHouse.Nobody(),
        books.ofLifecycle(),
        new SubjectLifecycle.Settings(ProfileCatalog.bundled(), _ -> Optional.empty(), NONE),
        Clock.systemUTC());
  }

  static SubjectId person(int number) {
    return new SubjectId("p" + number);
  }

  static Bookmark bookmark(int left) {
    return new Bookmark(Bytes.of(String.valueOf(left).getBytes(StandardCharsets.US_ASCII)));
  }

  /** How many have left, by the bookmark. */
  static int left(SubjectLifecycle lifecycle) {
    return lifecycle
        .bookmark(NAME)
        .map(mark -> new String(mark.value().toArray(), StandardCharsets.US_ASCII))
        .map(Integer::valueOf)
        .orElse(0);
  }

  private static final class NoRequests implements OpenRequests {
    @Override
    public void refuse(Actor.Component component, SubjectId subject, String cause) {}

    @Override
    public void refuse(
        Actor.Component component, SubjectId subject, Set<TenantId> tenants, String cause) {}
  }
}
