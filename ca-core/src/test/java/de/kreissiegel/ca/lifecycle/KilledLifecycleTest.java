package de.kreissiegel.ca.lifecycle;

import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.JdbcCertificateBook;
import de.kreissiegel.ca.storage.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An authority is killed with SIGKILL while one after the other leaves the directory. */
class KilledLifecycleTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  @TempDir Path folder;

  /** How often; {@link KilledLifecycleLongTest} does it more often. */
  int kills() {
    return 2;
  }

  private int people() {
    return 30 * kills();
  }

  @BeforeEach
  void everybodyHasACertificate() {
    DATABASE.clear();
    var certificates = new JdbcCertificateBook(DATABASE.database());
    for (int n = 0; n < people(); n++) {
      sample().subject("p" + n).storedIn(DATABASE.database(), certificates);
    }
    // Some stay, or the brake would hold the last.
    sample().subject("stays").storedIn(DATABASE.database(), certificates);
    sample().subject("stays-too").storedIn(DATABASE.database(), certificates);
    lifecycle()
        .take(
            LeavingDistrict.NAME,
            DirectoryReport.last(
                IntStream.range(0, people())
                    .mapToObj(n -> LifecycleHouse.seen(LifecycleHouse.person("p" + n)))
                    .toList(),
                LeavingDistrict.bookmark(0)));
  }

  @Test
  void nobodyIsForgottenAndNobodyLeavesTwice() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    System.out.println("Kills the lifecycle " + kills() + " times; seed " + seed);
    for (int kill = 0; kill < kills(); kill++) {
      Process process = start();
      int more = 1 + random.nextInt(20);
      try (var lines = process.inputReader()) {
        for (int n = 0; n < more && lines.readLine() != null; n++) {
          // one more has left
        }
        TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
        process.toHandle().destroyForcibly();
        process.waitFor();
      }
      assertNobodyIsAheadOfTheBookmark(seed);
    }

    Process last = start();
    last.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(last.waitFor()).isZero();
    assertThat(LeavingDistrict.left(lifecycle())).isEqualTo(people());
    assertThat(DATABASE.number("select count(*) from certificate where state = 'revoked'"))
        .as("seed %d", seed)
        .isEqualTo(people());
    assertThat(
            DATABASE.texts(
                """
                select object from audit_event where action = 'certificate.revoked'
                group by object having count(*) > 1
                """))
        .as("revoked twice, seed %d", seed)
        .isEmpty();
    assertThat(DATABASE.number("select count(*) from plan_item where state <> 'done'")).isZero();
  }

  /** Whoever lost something is within what the bookmark says was read; or will be read again. */
  private void assertNobodyIsAheadOfTheBookmark(long seed) {
    int left = LeavingDistrict.left(lifecycle());
    assertThat(
            DATABASE.number(
                "select count(*) from certificate where state = 'revoked'"
                    + " and substr(subject_id, 2)::int >= ?",
                left))
        .as("seed %d", seed)
        .isZero();
    assertThat(
            DATABASE.number(
                "select count(*) from plan_item where substr(subject_id, 2)::int < ?", left))
        .as("every change before the bookmark is planned, seed %d", seed)
        .isEqualTo(left);
  }

  private static SubjectLifecycle lifecycle() {
    return LeavingDistrict.lifecycle(
        Books.of(DATABASE.source(), "test", Clock.systemUTC(), new SecureRandom()));
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            LeavingDistrict.class.getName(),
            DATABASE.address(),
            String.valueOf(people()))
        .redirectError(folder.resolve("error").toFile())
        .start();
  }
}
