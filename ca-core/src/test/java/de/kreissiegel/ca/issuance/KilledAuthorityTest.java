package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.audit.AuditVerifier;
import de.kreissiegel.ca.ceremony.HierarchyCeremony;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.storage.JdbcAuditBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.vault.Vault;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The authority is killed with SIGKILL while many certificates are on their way at once. */
class KilledAuthorityTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final int KILLS = 3;

  @TempDir Path folder;
  private final Random random = new Random();
  private final List<UUID> told = new ArrayList<>();

  @Test
  void whatTheVaultSignedIsTakenInAndWhatWasToldOfIsThere() throws Exception {
    Path authorities = folder.resolve("authorities");
    ProfileCatalog profiles = House.withMachines(folder.resolve("profiles"));
    var vault = new VaultOfItsOwn(folder);
    DATABASE.clear();
    try (Vault inside = vault.create()) {
      new HierarchyCeremony(inside, Clock.systemUTC(), new SecureRandom())
          .perform(House.plan(), authorities);
    }
    Process signerProcess = vault.start();
    try (var signer = new RemoteSigner(vault.socket(), Duration.ofSeconds(30))) {
      int recovered = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        runAndKill(vault.socket(), authorities);
        var house = new House(DATABASE, signer, authorities, profiles);
        recovered += house.recovery.catchUp();
        assertSame(signer);
        house.clock.pass(Duration.ofMinutes(2)); // the leases of the killed
        house.issuance.resumeApproved();
        assertSame(signer);
        assertThat(DATABASE.number("select count(*) from request where state <> 'issued'"))
            .isZero();
      }
      // At each kill several stood between the vault's answer and their commit.
      assertThat(recovered).isPositive();
    } finally {
      signerProcess.destroyForcibly().waitFor();
    }
    var key = SampleRequests.elliptic("secp256r1").getPublic(); // no heads were signed
    var audit =
        new AuditVerifier(new JdbcAuditBook(DATABASE.database()), Bytes.of(key.getEncoded()));
    assertThat(audit.verify(List.of()).findings()).isEmpty();
  }

  private void runAndKill(Path socket, Path authorities) throws Exception {
    Process authority =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                BusyAuthority.class.getName(),
                DATABASE.address(),
                socket.toString(),
                authorities.toString(),
                folder.resolve("profiles").toString())
            .redirectError(folder.resolve("authority.err").toFile())
            .start();
    BufferedReader said = authority.inputReader();
    int enough = 20 + random.nextInt(100);
    for (int i = 0; i < enough; i++) {
      note(said.readLine());
    }
    authority.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
    authority.toHandle().destroyForcibly(); // the process itself would close the pipe, too
    authority.waitFor();
    // What stands in the pipe was told, too; the last line may be half a one.
    said.lines().filter(line -> line.length() == BusyAuthority.LINE).forEach(this::note);
  }

  private void note(String line) {
    assertThat(line).as(this::complaints).isNotNull().startsWith(BusyAuthority.ISSUED);
    told.add(UUID.fromString(line.substring(BusyAuthority.ISSUED.length())));
  }

  private String complaints() {
    try {
      return Files.readString(folder.resolve("authority.err"));
    } catch (IOException unreadable) {
      return String.valueOf(unreadable);
    }
  }

  /** Journal and database have the same certificates, and all that were told of. */
  private void assertSame(RemoteSigner signer) throws Exception {
    List<String> signed = new ArrayList<>();
    List<JournalRecord> read = signer.journal(0, 500);
    while (!read.isEmpty()) {
      read.stream()
          .filter(entry -> entry.structure() == SignedStructure.CERTIFICATE)
          .filter(entry -> !entry.key().value().equals("root"))
          .forEach(entry -> signed.add(entry.requestId() + " " + entry.entryHash().toHex()));
      read = signer.journal(read.getLast().index() + 1, 500);
    }
    assertThat(
            DATABASE.texts(
                "select c.request_id || ' ' || encode(c.journal_hash, 'hex') from certificate c"
                    + " join request r on r.id = c.request_id and r.state = 'issued'"
                    + "   and r.authority = c.authority and r.serial = c.serial"
                    + " where c.state = 'good'"))
        .containsExactlyInAnyOrderElementsOf(signed);
    assertThat(signed.stream().map(one -> UUID.fromString(one.split(" ")[0])).toList())
        .containsAll(told);
  }
}
