package de.kreissiegel.hsm.token.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.KeyUnreadable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PIN in a token's file. */
@Tag("peer")
class FiledPinPeerTest {
  private static final char[] PIN = SoftHsm.PIN.toCharArray();

  @TempDir Path folder;

  @AfterAll
  static void tell() throws Exception {
    Heard.tell();
  }

  @Test
  void isNotTriedAgainForAnyKeyOnceTheTokenRefusedIt() throws Exception {
    SoftHsm hsm = SoftHsm.start();
    Path file = Files.writeString(folder.resolve("pin"), "wrong-pin\n");
    Pkcs11Config plain = hsm.config(hsm.newToken());
    Pkcs11Config config =
        new Pkcs11Config(
            plain.name(), plain.library(), plain.token(), Optional.of(file), plain.maxSessions());
    KeyId people = new KeyId("people");
    KeyId devices = new KeyId("devices");
    try (Pkcs11Token token = Pkcs11Token.open(plain, Clock.systemUTC(), new SecureRandom())) {
      token.make(people, KeyAlgorithm.ECDSA_P256, PIN, false);
      token.make(devices, KeyAlgorithm.ECDSA_P256, PIN, false);
    }
    try (Pkcs11Token token = Pkcs11Token.open(config, Clock.systemUTC(), new SecureRandom())) {
      assertThatThrownBy(() -> token.activateByFile(people))
          .isInstanceOf(KeyUnreadable.class)
          .hasMessageContaining("the PIN is wrong")
          .hasMessageNotContaining("wrong-pin");
      // Were it tried again, it would be taken now.
      Files.writeString(file, SoftHsm.PIN);
      assertThatThrownBy(() -> token.activateByFile(devices))
          .isInstanceOf(KeyUnreadable.class)
          .hasMessageContaining("refused the PIN of its file");
      token.lookAgain();
      Heard.from("softhsm2", token.isActive(devices)).isEqualTo(false);
      assertThat(token.health().sentence()).contains("refused the PIN of its file");
      token.activate(people, PIN);
      Heard.from("softhsm2", token.isActive(people)).isEqualTo(true);
    }
  }
}
