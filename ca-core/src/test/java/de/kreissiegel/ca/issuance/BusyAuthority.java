package de.kreissiegel.ca.issuance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.hsm.client.RemoteSigner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** An authority in a process of its own, busy with machines until it is killed. */
final class BusyAuthority {
  /** What it says of each certificate, the request's id behind it. */
  static final String ISSUED = "issued ";

  static final int LINE = ISSUED.length() + 36;

  private static final int CLIENTS = 32;

  private BusyAuthority() {}

  /**
   * Takes the database's address, the signer's socket, the ceremony's files, the profiles, and
   * whether clients come again after a failure.
   */
  public static void main(String[] arguments) throws Exception {
    var config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setMaximumPoolSize(10);
    var house =
        new House(
            TestDatabase.over(new HikariDataSource(config)),
            new RemoteSigner(Path.of(arguments[1]), Duration.ofSeconds(30)),
            Path.of(arguments[2]),
            ProfileCatalog.load(Path.of(arguments[3])));
    boolean goesOn = Boolean.parseBoolean(arguments[4]);
    for (int client = 0; client < CLIENTS; client++) {
      Thread.ofPlatform().start(() -> work(house, goesOn));
    }
  }

  /** Of letters alone: a long number is a telephone's to the linter. */
  private static String name() {
    String hex = UUID.randomUUID().toString().replace("-", "");
    return hex.chars()
        .mapToObj(digit -> String.valueOf((char) ('a' + Character.digit(digit, 16))))
        .collect(Collectors.joining());
  }

  private static void work(House house, boolean goesOn) {
    while (true) {
      try {
        issueOne(house);
      } catch (Exception broken) {
        broken.printStackTrace();
        if (!goesOn) {
          Runtime.getRuntime().halt(1);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  private static void issueOne(House house) throws Exception {
    Subject machine = House.machine(name() + ".example", House.TOWN);
    house.directory.put(machine);
    CertificateRequest reached =
        house.desk.submit(new Actor.Component("door"), House.application(machine, House.MACHINE));
    if (!(reached instanceof CertificateRequest.Issued issued)) {
      throw new IllegalStateException("not issued: " + reached);
    }
    System.out.println(ISSUED + issued.id().value());
  }
}
