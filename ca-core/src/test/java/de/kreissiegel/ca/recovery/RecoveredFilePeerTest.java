package de.kreissiegel.ca.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.Needed;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.issuance.VaultedHouse;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** OpenSSL opens a recovered file, and reads by it what was encrypted to an old certificate. */
@Tag("peer")
@ResourceLock(VaultedHouse.SHARED)
class RecoveredFilePeerTest {
  private static final String OPENSSL = "/usr/bin/openssl";
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----.+?-----END PRIVATE KEY-----", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void readsOldMailByRecoveredKeys() throws Exception {
    Needed.peer("openssl", Files.isExecutable(Path.of(OPENSSL)));
    var house = new EscrowHouse();
    house.decide();
    Subject erika = house.person("Erika Erbin");
    StoredCertificate elliptic = house.certified(erika, SampleRequests.elliptic("secp384r1"));
    StoredCertificate rsa = house.certified(erika, SampleRequests.rsa(3072));
    encrypt("elliptic", elliptic);
    encrypt("rsa", rsa);
    Recovery recovery =
        house.recovery.request(
            House.staff(erika), new RecoveryWish(erika.id(), House.TOWN, "neuer Rechner", ""));
    house.approve(house.otto, recovery);
    house.approve(house.olga, recovery);
    var released = house.recovery.release(house.otto, recovery.id());
    Bytes file = house.recovery.collect(House.staff(erika), released.recovery().offer().id());
    Files.write(folder.resolve("keys.p12"), file.toArray());

    String opened =
        run("pkcs12", "-in", "keys.p12", "-nodes", "-passin", "pass:" + released.password());

    List<String> keys = KEY.matcher(opened).results().map(found -> found.group()).toList();
    assertThat(keys).hasSize(2);
    assertThat(decrypted("elliptic", keys)).isTrue();
    assertThat(decrypted("rsa", keys)).isTrue();
  }

  private void encrypt(String name, StoredCertificate to) throws Exception {
    Files.writeString(
        folder.resolve(name + ".pem"),
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(to.encoded().toArray())));
    Files.writeString(folder.resolve(name + ".txt"), "an old letter to " + name);
    run(
        "cms",
        "-encrypt",
        "-aes-256-cbc",
        "-binary",
        "-in",
        name + ".txt",
        "-outform",
        "DER",
        "-out",
        name + ".cms",
        name + ".pem");
  }

  private boolean decrypted(String name, List<String> keys) throws Exception {
    boolean read = false;
    for (String key : keys) {
      Files.writeString(folder.resolve("key.pem"), key + "\n");
      String text =
          run(
              "cms",
              "-decrypt",
              "-inform",
              "DER",
              "-in",
              name + ".cms",
              "-inkey",
              "key.pem",
              "-recip",
              name + ".pem");
      read |= text.contains("an old letter to " + name);
    }
    return read;
  }

  /** What it says; that it fails is seen by that. */
  private String run(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(OPENSSL));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
