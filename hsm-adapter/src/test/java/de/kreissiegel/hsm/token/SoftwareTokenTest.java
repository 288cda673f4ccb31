package de.kreissiegel.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Order(Integer.MAX_VALUE)
final class SoftwareTokenTest extends TokenContract {
  @Override
  protected Token open(Path state) throws Exception {
    return SoftwareToken.open(state, new SecureRandom());
  }

  @Override
  protected Set<KeyAlgorithm> algorithms() {
    return EnumSet.allOf(KeyAlgorithm.class);
  }

  @Override
  protected List<String> remainsOf(KeyId id) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith(id + "."))
          .toList();
    }
  }

  @Test
  void showsItsFilesToNobodyElse() throws Exception {
    make(KeyAlgorithm.ECDSA_P256);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.toList())
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  /** Ten changes only: each may cost an scrypt. */
  @Test
  void neverSignsWronglyWithAChangedFile() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TokenKey key = make(KeyAlgorithm.ECDSA_P256);
    Path file = directory.resolve(KEY + ".p8");
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int i = 0; i < 10; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(7));
      Files.write(file, changed);
      try {
        reopen();
        token.activate(KEY, secret());
        assertThat(Judge.verifies(key, MESSAGE, token.sign(KEY, MESSAGE).toArray()))
            .as("seed %d", seed)
            .isTrue();
      } catch (IOException | KeyUnreadable found) {
        assertThat(traces(found)).doesNotContain(new String(secret()));
        refused++;
      }
    }
    assertThat(refused).as("seed %d", seed).isPositive();
  }

  @Test
  void takesNoKeyBackThatDoesNotFitItsAlgorithm() throws Exception {
    make(KeyAlgorithm.ECDSA_P256);
    TokenKey other = token.make(new KeyId("other"), KeyAlgorithm.ECDSA_P384, secret(), false);
    Bytes sealed = token.sealed(KEY).orElseThrow();
    token.destroy(KEY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> token.restore(KEY, other.publicKey(), sealed, false));
    assertThat(remainsOf(KEY)).isEmpty();
  }

  @Test
  void activatesNoKeyUnderAnotherPublicOne() throws Exception {
    make(KeyAlgorithm.ECDSA_P256);
    TokenKey other = token.make(new KeyId("other"), KeyAlgorithm.ECDSA_P256, secret(), false);
    Bytes sealed = token.sealed(KEY).orElseThrow();
    token.destroy(KEY);
    token.restore(KEY, other.publicKey(), sealed, false);
    assertThatThrownBy(() -> token.activate(KEY, secret()))
        .isInstanceOf(KeyUnreadable.class)
        .hasMessageContaining("public key");
  }

  /** Hexadecimal and decimal forms of what only the owner may know. */
  @ParameterizedTest
  @EnumSource(names = {"ECDSA_P256", "ECDSA_BRAINPOOL_P256R1", "ML_DSA_65", "ED25519"})
  void saysNothingOfAPrivateKey(KeyAlgorithm algorithm) throws Exception {
    PrivateKeyInfo secret =
        PrivateKeyInfo.getInstance(
            KeyPairs.make(algorithm, new SecureRandom()).getPrivate().getEncoded());
    ActiveKey active = new ActiveKey(algorithm, secret, new SecureRandom(), Clock.systemUTC());
    String octets = HexFormat.of().formatHex(secret.getPrivateKey().getOctets());
    String inside = octets.substring(octets.length() / 3, octets.length() / 3 + 16);
    StringBuilder said = new StringBuilder(active.toString()).append(active.begin());
    ActiveKey.Pending ended = active.begin().orElseThrow();
    ended.abandon();
    try {
      ended.sign();
    } catch (IllegalStateException refused) {
      said.append(traces(refused));
    }
    active.forget();
    assertThat(active.sign(MESSAGE)).isEmpty();
    assertThat(said.toString().toLowerCase(Locale.ROOT)).doesNotContain(inside);
  }
}
