package de.kreissiegel.ca.lifecycle;

import static de.kreissiegel.ca.inventory.SampleCertificate.sample;

import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.JdbcCertificateBook;
import de.kreissiegel.ca.storage.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How long the authority takes over a directory that is read as a whole, for the first time and
 * with nothing changed. A fifth of them have a certificate. Without LDAP, and over PostgreSQL with
 * a disk that needs not be waited for.
 */
final class RosterLoad {
  private static final int PART = 1000;
  private static final double SECOND = 1e9;

  private RosterLoad() {}

  /**
   * @param arguments how many there are
   */
  public static void main(String[] arguments) {
    int people = Math.min(Integer.parseInt(arguments[0]), 100_000);
    try (TestDatabase database = TestDatabase.fresh()) {
      var certificates = new JdbcCertificateBook(database.database());
      for (int n = 0; n < people; n += 5) {
        sample().subject("p" + n).storedIn(database.database(), certificates);
      }
      SubjectLifecycle lifecycle =
          LeavingDistrict.lifecycle(
              Books.of(database.source(), "load", Clock.systemUTC(), new SecureRandom()));
      report("read for the first time", () -> read(lifecycle, people));
      report("with nothing changed", () -> read(lifecycle, people));
      report("known", () -> lifecycle.known(LeavingDistrict.NAME));
    }
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    System.out.printf(
        Locale.ROOT,
        "heap in use afterwards: %d MiB%n",
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }

  private static void read(SubjectLifecycle lifecycle, int people) {
    for (int from = 0; from < people; from += PART) {
      List<Observation> part =
          IntStream.range(from, Math.min(from + PART, people))
              .mapToObj(
                  n ->
                      LifecycleHouse.seen(
                          LifecycleHouse.person(
                              "p" + n, "Name " + n, true, SampleCertificate.HASSFURT)))
              .toList();
      lifecycle.take(LeavingDistrict.NAME, DirectoryReport.part(part));
    }
    lifecycle.take(
        LeavingDistrict.NAME, DirectoryReport.last(List.of(), LeavingDistrict.bookmark(1)));
  }

  private static void report(String what, Runnable work) {
    long begun = System.nanoTime();
    work.run();
    System.out.printf(Locale.ROOT, "%-28s %6.1f s%n", what, (System.nanoTime() - begun) / SECOND);
  }
}
