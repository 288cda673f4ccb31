package de.kreissiegel.ldap.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ldap.Slapd;
import de.kreissiegel.ldap.follow.FollowerProcess.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Either side is killed at any moment, while changes go on. */
@Tag("long")
class KilledFollowerLongTest {
  private static final int ENTRIES = 1_100;
  private static final int ROUNDS = 10;
  @TempDir Path folder;
  private Slapd slapd;
  private Process follower;

  @AfterEach
  void stop() throws Exception {
    if (follower != null) {
      follower.destroyForcibly();
    }
    if (slapd != null) {
      slapd.close();
    }
  }

  private Path file() {
    return folder.resolve("ledger.txt");
  }

  private void follow() throws Exception {
    follower =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FollowerProcess.class.getName(),
                slapd.address().toString(),
                file().toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("follower.log").toFile())
            .start();
  }

  private void killFollower() throws Exception {
    follower.destroyForcibly();
    follower.waitFor(10, TimeUnit.SECONDS);
  }

  private Ledger ledger() throws Exception {
    Path copy = folder.resolve("copy.txt");
    Files.copy(file(), copy, StandardCopyOption.REPLACE_EXISTING);
    return new Ledger(copy);
  }

  /** What the directory says, read by other means. */
  private List<String> truth() throws Exception {
    var all = new MemoryIntake();
    try (var directory = BigDistrict.directory(slapd);
        var fresh = directory.follower(all, Clock.systemUTC())) {
      fresh.look(Duration.ofSeconds(5));
    }
    var lines = new ArrayList<String>();
    all.roster().values().forEach(present -> lines.add(Ledger.line(present)));
    return lines;
  }

  private void catchUp() throws Exception {
    List<String> truth = truth();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (System.nanoTime() < end) {
      if (Files.exists(file())
          && ledger().roster().size() == truth.size()
          && ledger().roster().values().containsAll(truth)) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    assertThat(ledger().roster().values()).containsExactlyInAnyOrderElementsOf(truth);
  }

  @Test
  void losesNoChangeAndAppliesNoneTwice() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    slapd = BigDistrict.slapd(folder, ENTRIES);
    follow();
    catchUp();
    int changes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (LDAPConnection admin = BigDistrict.administrator(slapd)) {
        for (int i = 0; i < 20; i++, changes++) {
          change(admin, changes);
          if (i == random.nextInt(20)) {
            killFollower();
          }
        }
      }
      killFollower();
      if (round % 3 == 2) {
        slapd.kill();
        slapd.start();
      }
      follow();
      // Often enough it is killed before it has begun, or in the midst of its refresh.
      TimeUnit.MILLISECONDS.sleep(random.nextInt(2_500));
    }
    catchUp();
    assertThat(ledger().applied()).isEqualTo(changes);
  }

  @Test
  void readsAllAgainWhenTheServerIsKilledInTheMidstOfTheFirstReading() throws Exception {
    slapd = BigDistrict.slapd(folder, 50_000);
    follow();
    TimeUnit.MILLISECONDS.sleep(1_800);
    slapd.kill();
    slapd.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (ledger().roster().isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    assertThat(ledger().roster()).hasSize(50_000);
    assertThat(ledger().applied()).isZero();
  }

  @Test
  void takesAServerThatHangsForAnErrorAndGoesOnWhenItWakes() throws Exception {
    slapd = BigDistrict.slapd(folder, ENTRIES);
    var intake = new MemoryIntake();
    try (var directory = BigDistrict.directory(slapd);
        var patient = directory.follower(intake, Clock.systemUTC())) {
      patient.look(Duration.ofSeconds(5));
      intake.changes();
      slapd.signal("STOP");
      assertThatExceptionOfType(DirectoryUnavailable.class)
          .isThrownBy(() -> patient.look(Duration.ofMillis(100)));
      assertThatExceptionOfType(DirectoryUnavailable.class)
          .isThrownBy(() -> patient.look(Duration.ofMillis(100)));
      slapd.signal("CONT");
      try (LDAPConnection admin = BigDistrict.administrator(slapd)) {
        change(admin, 0);
      }
      patient.look(Duration.ofSeconds(5));
      assertThat(intake.changes()).hasSize(1);
    }
  }

  /** Each change is of another person, so that each is seen once or is lost. */
  private static void change(LDAPConnection admin, int number) throws LDAPException {
    if (number % 4 == 3) {
      admin.delete(BigDistrict.dn(number));
    } else {
      admin.modify(
          BigDistrict.dn(number),
          new Modification(ModificationType.REPLACE, "employeeType", "disabled"));
    }
  }
}
