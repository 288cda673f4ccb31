package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.house.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that name keys. */
class KeysOfFileTest {
  @TempDir private Path folder;
  private final KeyPair key = Certificates.newKey();
  private final Bytes info = Bytes.of(key.getPublic().getEncoded());

  @Test
  void saysTheSameOfAKeyInEachForm() throws Exception {
    byte[] request = Certificates.certificationRequest(key).toArray();
    Path file = folder.resolve("key");

    Files.writeString(file, Pem.publicKey(info));
    assertThat(KeysOfFile.hashes(file)).containsExactly(SubjectKey.hash(info));
    Files.write(file, info.toArray());
    assertThat(KeysOfFile.hashes(file)).containsExactly(SubjectKey.hash(info));
    Files.write(file, request);
    assertThat(KeysOfFile.hashes(file)).containsExactly(SubjectKey.hash(info));
    Files.writeString(file, SubjectKey.hash(info).toHex().toUpperCase() + "\n" + "ab".repeat(32));
    assertThat(KeysOfFile.hashes(file))
        .containsExactly(SubjectKey.hash(info), Bytes.fromHex("ab".repeat(32)));
  }

  @Test
  void readsAllOfAFile() throws Exception {
    Path file = folder.resolve("keys.pem");
    Bytes other = Bytes.of(Certificates.newKey().getPublic().getEncoded());
    Files.writeString(file, Pem.publicKey(info) + Pem.publicKey(other));

    assertThat(KeysOfFile.hashes(file))
        .containsExactly(SubjectKey.hash(info), SubjectKey.hash(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "abcd",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        "-----BEGIN CERTIFICATE-----\n????\n-----END CERTIFICATE-----\n"
      })
  void refusesAnythingElse(String text) throws Exception {
    Path file = folder.resolve("other");
    Files.writeString(file, text);

    assertThatThrownBy(() -> KeysOfFile.hashes(file))
        .isInstanceOf(LaunchFailure.class)
        .hasMessageContaining("holds no certificate");
  }
}
