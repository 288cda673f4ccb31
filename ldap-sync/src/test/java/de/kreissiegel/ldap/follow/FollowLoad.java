package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ldap.DirectoryConfig;
import de.kreissiegel.ldap.LdapDirectory;
import de.kreissiegel.ldap.Slapd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long it takes to read a large directory, and to hear of a change: slapd with so many entries
 * as the argument says, and an authority that only remembers.
 */
public final class FollowLoad {
  private static final int CHANGES = 100;

  private FollowLoad() {}

  /** Arguments: the number of entries. */
  public static void main(String[] arguments) throws Exception {
    int entries = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("follow-load");
    try (Slapd slapd = BigDistrict.slapd(folder, entries)) {
      System.out.printf(
          "%,d entries, heap of %,d MiB%n", entries, Runtime.getRuntime().maxMemory() >> 20);
      contentSync(slapd);
      compare(slapd);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private static void contentSync(Slapd slapd) throws Exception {
    var intake = new MemoryIntake();
    try (LdapDirectory directory = BigDistrict.directory(slapd);
        var follower = directory.follower(intake, Clock.systemUTC());
        LDAPConnection admin = BigDistrict.administrator(slapd)) {
      look("first reading by content synchronisation", follower, intake);
      follower.start();
      intake.changes();
      long[] times = new long[CHANGES];
      for (int i = 0; i < CHANGES; i++) {
        long begin = System.nanoTime();
        admin.modify(
            BigDistrict.dn(i),
            new Modification(ModificationType.REPLACE, "employeeType", "disabled"));
        Observation seen = intake.awaitChanges().getFirst();
        times[i] = System.nanoTime() - begin;
        if (!(seen instanceof Observation.Present present) || present.subject().enabled()) {
          throw new IllegalStateException("not what was changed: " + seen);
        }
      }
      Arrays.sort(times);
      System.out.printf(
          "a change is handed over after: p50 %.1f ms, p99 %.1f ms, at most %.1f ms%n",
          times[CHANGES / 2] / 1e6, times[CHANGES * 99 / 100 - 1] / 1e6, times[CHANGES - 1] / 1e6);
    }
  }

  private static void compare(Slapd slapd) throws Exception {
    var intake = new MemoryIntake();
    DirectoryConfig usual =
        DirectoryConfig.of(
            slapd.address(), BigDistrict.ACCOUNT, BigDistrict.PASSWORD, BigDistrict.BASE);
    var polling =
        new DirectoryConfig(
            usual.name(),
            usual.server(),
            usual.baseDn(),
            new FollowSettings(
                Optional.of(SourceKind.MODIFY_TIMESTAMP),
                Duration.ofSeconds(2),
                new FollowSettings.Every(Duration.ofNanos(1)),
                FollowSettings.SILENCE),
            usual.mapping());
    try (var directory = new LdapDirectory(polling, Clock.systemUTC());
        var follower = directory.follower(intake, Clock.systemUTC())) {
      look("first reading in pages", follower, intake);
      look("compare of everything, nothing changed", follower, intake);
    }
  }

  private static void look(String what, DirectoryFollower follower, MemoryIntake intake)
      throws Exception {
    long begin = System.nanoTime();
    follower.look(Duration.ofSeconds(5));
    System.out.printf(
        "%s: %.1f s, %,d subjects, %,d changes%n",
        what, (System.nanoTime() - begin) / 1e9, intake.roster().size(), intake.changes().size());
  }
}
