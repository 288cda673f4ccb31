package de.kreissiegel.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest.Scheme;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every token must do. A token's own test extends this and says how to get at one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // so that the algorithms can be asked for
public abstract class TokenContract {
  protected static final KeyId KEY = new KeyId("contract-key");
  protected static final byte[] MESSAGE = "what is signed".getBytes(StandardCharsets.UTF_8);

  @TempDir protected Path directory;
  protected Token token;

  /**
   * Opens the token whose state belongs to that directory: an empty one at the first time in a
   * test, the same one again after that. The one that was opened before is closed by then.
   */
  protected abstract Token open(Path state) throws Exception;

  /** Which algorithms it offers; each of them is tried. */
  protected abstract Set<KeyAlgorithm> algorithms();

  /** Names of what is left of a key where the token keeps its keys. */
  protected abstract List<String> remainsOf(KeyId id) throws Exception;

  /** What opens keys: a passphrase or a PIN. */
  protected char[] secret() {
    return "right-secret".toCharArray();
  }

  protected char[] wrongSecret() {
    return "wrong-secret".toCharArray();
  }

  /** Whether keys may leave it, encrypted. */
  protected boolean letsSealedKeysOut() {
    return true;
  }

  @BeforeEach
  void openAnEmptyToken() throws Exception {
    token = open(directory);
  }

  @AfterEach
  void closeTheToken() {
    token.close();
  }

  protected final void reopen() throws Exception {
    token.close();
    token = open(directory);
  }

  protected final TokenKey make(KeyAlgorithm algorithm) throws Exception {
    return token.make(KEY, algorithm, secret(), false);
  }

  final List<KeyAlgorithm> signing() {
    return algorithms().stream()
        .filter(KeyAlgorithm::signs)
        .filter(KeyAlgorithm::isMade)
        .sorted()
        .toList();
  }

  final List<KeyAlgorithm> decrypting() {
    return algorithms().stream().filter(algorithm -> !algorithm.signs()).sorted().toList();
  }

  @Test
  void offersTheAlgorithmsThatAreTried() {
    assertThat(token.algorithms()).isEqualTo(algorithms()).contains(KeyAlgorithm.ECDSA_P256);
  }

  @Test
  void isEmptyAtFirstAndWell() {
    assertThat(token.keys()).isEmpty();
    assertThat(token.key(KEY)).isEmpty();
    assertThat(token.health().present()).isTrue();
    assertThat(token.health().name()).isEqualTo(token.name());
  }

  @ParameterizedTest
  @MethodSource("signing")
  void signsWithAKeyThatWasFoundAgain(KeyAlgorithm algorithm) throws Exception {
    TokenKey made = make(algorithm);
    assertThat(made.algorithm()).isEqualTo(algorithm);
    assertThat(token.isActive(KEY)).isTrue();

    reopen();
    assertThat(token.keys()).containsExactly(made);
    assertThat(token.isActive(KEY)).isFalse();
    token.activate(KEY, secret());

    byte[] signature = token.sign(KEY, MESSAGE).toArray();
    assertThat(Judge.verifies(made, MESSAGE, signature)).isTrue();
    assertThat(Judge.verifies(made, "another message".getBytes(StandardCharsets.UTF_8), signature))
        .isFalse();
  }

  @ParameterizedTest(allowZeroInvocations = true) // a token may hold no such keys
  @MethodSource("decrypting")
  void decryptsWithAKeyThatWasFoundAgain(KeyAlgorithm algorithm) throws Exception {
    TokenKey made = make(algorithm);
    assertThat(made.algorithm()).isEqualTo(algorithm);
    reopen();
    assertThat(token.keys()).containsExactly(made);
    token.activate(KEY, secret());

    byte[] secret = "a content-encryption key".getBytes(StandardCharsets.UTF_8);
    byte[] oaep = Judge.encrypt(made, Scheme.RSA_OAEP_SHA256, secret);
    byte[] pkcs1 = Judge.encrypt(made, Scheme.RSA_PKCS1, secret);
    assertThat(token.decrypt(KEY, Scheme.RSA_OAEP_SHA256, oaep)).isEqualTo(secret);
    assertThat(token.decrypt(KEY, Scheme.RSA_PKCS1, pkcs1)).isEqualTo(secret);

    assertThatThrownBy(() -> token.decrypt(KEY, Scheme.RSA_OAEP_SHA256, pkcs1))
        .isInstanceOf(NotDecrypted.class);
    byte[] cut = Arrays.copyOf(oaep, oaep.length - 1);
    assertThatThrownBy(() -> token.decrypt(KEY, Scheme.RSA_OAEP_SHA256, cut))
        .isInstanceOf(NotDecrypted.class);
    answersGarbageWithOctets(pkcs1);
    assertThatThrownBy(() -> token.begin(KEY)).isInstanceOf(KeyLocked.class);
  }

  /** RFC 8017 §7.2: whoever asks must not learn whether the padding was right. */
  private void answersGarbageWithOctets(byte[] good) throws Exception {
    byte[] garbage = good.clone();
    garbage[garbage.length - 1] ^= 1;
    byte[] answer = token.decrypt(KEY, Scheme.RSA_PKCS1, garbage);
    assertThat(token.decrypt(KEY, Scheme.RSA_PKCS1, garbage)).isEqualTo(answer);
    assertThat(answer.length).isLessThanOrEqualTo(good.length - 11);

    assertThat(token.decrypt(KEY, Scheme.RSA_PKCS1, new byte[good.length])).isNotNull();
    assertThat(token.decrypt(KEY, Scheme.RSA_PKCS1, new byte[0])).isNotNull();
    byte[] tooLarge = new byte[good.length];
    Arrays.fill(tooLarge, (byte) 0xff);
    assertThat(token.decrypt(KEY, Scheme.RSA_PKCS1, tooLarge)).isNotNull();
  }

  @Test
  void doesNotDecryptWithAKeyThatSigns() throws Exception {
    make(KeyAlgorithm.ECDSA_P256);
    for (Scheme scheme : Scheme.values()) {
      assertThatThrownBy(() -> token.decrypt(KEY, scheme, new byte[384]))
          .isInstanceOf(NotDecrypted.class);
    }
  }

  @Test
  void opensWithTheRightSecretOnly() throws Exception {
    make(KeyAlgorithm.ECDSA_P256);
    reopen();
    assertThatThrownBy(() -> token.activate(KEY, wrongSecret())).isInstanceOf(KeyUnreadable.class);
    assertThat(token.isActive(KEY)).isFalse();
    token.activate(KEY, secret());
    assertThat(token.isActive(KEY)).isTrue();
    token.activate(KEY, secret());
    assertThat(token.isActive(KEY)).isTrue();
  }

  @Test
  void computesNothingWithALockedKey() throws Exception {
    TokenKey key = make(KeyAlgorithm.ECDSA_P256);
    token.lock(KEY);
    assertThat(token.isActive(KEY)).isFalse();
    assertThatThrownBy(() -> token.sign(KEY, MESSAGE)).isInstanceOf(KeyLocked.class);
    assertThatThrownBy(() -> token.begin(KEY)).isInstanceOf(KeyLocked.class);
    token.lock(KEY);

    token.activate(KEY, secret());
    assertThat(Judge.verifies(key, MESSAGE, token.sign(KEY, MESSAGE).toArray())).isTrue();
  }

  @Test
  void tellsWhenAKeyWasLastUsed() throws Exception {
    make(KeyAlgorithm.ECDSA_P256);
    Instant made = token.lastUsed(KEY).orElseThrow();
    TimeUnit.MILLISECONDS.sleep(2);
    token.sign(KEY, MESSAGE);
    assertThat(token.lastUsed(KEY).orElseThrow()).isAfter(made);
    token.lock(KEY);
    assertThat(token.lastUsed(KEY)).isEmpty();
    assertThat(token.lastUsed(new KeyId("nobody"))).isEmpty();
  }

  @Test
  void saysWhenAKeyIsNotThere() {
    KeyId nobody = new KeyId("nobody");
    assertThatIllegalArgumentException().isThrownBy(() -> token.activate(nobody, secret()));
    assertThatIllegalArgumentException().isThrownBy(() -> token.lock(nobody));
    assertThatIllegalArgumentException().isThrownBy(() -> token.destroy(nobody));
    assertThatThrownBy(() -> token.begin(nobody)).isInstanceOf(KeyLocked.class);
    assertThat(token.isActive(nobody)).isFalse();
  }

  @Test
  void makesNoSecondKeyOfOneName() throws Exception {
    TokenKey first = make(KeyAlgorithm.ECDSA_P256);
    assertThatIllegalArgumentException().isThrownBy(() -> make(KeyAlgorithm.ECDSA_P384));
    assertThat(token.keys()).containsExactly(first);
  }

  @Test
  void signsInPiecesAsInOne() throws Exception {
    TokenKey key = make(KeyAlgorithm.ECDSA_P256);
    byte[] large = new byte[100_003];
    Arrays.fill(large, (byte) 7);
    TokenSignature signature = token.begin(KEY);
    for (int at = 0; at < large.length; at += 4096) {
      signature.update(large, at, Math.min(4096, large.length - at));
    }
    assertThat(Judge.verifies(key, large, signature.sign().toArray())).isTrue();
  }

  @Test
  void signsTheSameInPiecesWhereSignaturesHaveNoChance() throws Exception {
    Optional<KeyAlgorithm> deterministic =
        signing().stream()
            .filter(
                algorithm ->
                    algorithm == KeyAlgorithm.ED25519 || algorithm == KeyAlgorithm.RSA_3072_PKCS1)
            .max(Comparator.naturalOrder());
    if (deterministic.isEmpty()) {
      assertThat(signing()).doesNotContain(KeyAlgorithm.ED25519, KeyAlgorithm.RSA_3072_PKCS1);
      return;
    }
    make(deterministic.get());
    TokenSignature pieces = token.begin(KEY);
    pieces.update(MESSAGE, 0, 3);
    pieces.update(MESSAGE, 3, 0);
    pieces.update(MESSAGE, 3, MESSAGE.length - 3);
    assertThat(pieces.sign()).isEqualTo(token.sign(KEY, MESSAGE));
  }

  @Test
  void keepsAnAbandonedSignatureOutOfTheNext() throws Exception {
    TokenKey key = make(KeyAlgorithm.ECDSA_P256);
    for (int i = 0; i < 20; i++) {
      TokenSignature abandoned = token.begin(KEY);
      abandoned.update(new byte[100], 0, 100);
      abandoned.abandon();
      abandoned.abandon();
    }
    assertThat(Judge.verifies(key, MESSAGE, token.sign(KEY, MESSAGE).toArray())).isTrue();
    TokenSignature ended = token.begin(KEY);
    ended.update(MESSAGE, 0, MESSAGE.length);
    assertThat(Judge.verifies(key, MESSAGE, ended.sign().toArray())).isTrue();
    ended.abandon();
    assertThat(Judge.verifies(key, MESSAGE, token.sign(KEY, MESSAGE).toArray())).isTrue();
  }

  @Test
  void signsForManyThreadsAtOnce() throws Exception {
    TokenKey key = make(KeyAlgorithm.ECDSA_P256);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        byte number = (byte) thread;
        work.add(
            () -> {
              boolean good = true;
              for (byte i = 0; i < 25; i++) {
                byte[] message = {number, i};
                Bytes signature = token.sign(KEY, message);
                good &= Judge.verifies(key, message, signature.toArray());
              }
              return good;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    }
  }

  @Test
  void leavesNothingOfADestroyedKey() throws Exception {
    make(KeyAlgorithm.ECDSA_P256);
    assertThat(remainsOf(KEY)).isNotEmpty();
    token.destroy(KEY);
    assertThat(token.keys()).isEmpty();
    assertThat(token.isActive(KEY)).isFalse();
    assertThat(remainsOf(KEY)).isEmpty();
    assertThatThrownBy(() -> token.begin(KEY)).isInstanceOf(KeyLocked.class);
    reopen();
    assertThat(token.keys()).isEmpty();

    TokenKey other = make(KeyAlgorithm.ECDSA_P256);
    assertThat(Judge.verifies(other, MESSAGE, token.sign(KEY, MESSAGE).toArray())).isTrue();
  }

  @Test
  void takesASealedKeyBackOrLetsNoneOut() throws Exception {
    TokenKey key = make(KeyAlgorithm.ECDSA_P256);
    Optional<Bytes> sealed = token.sealed(KEY);
    assertThat(sealed.isPresent()).isEqualTo(letsSealedKeysOut());
    if (sealed.isEmpty()) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  token.restore(
                      new KeyId("other"), key.publicKey(), Bytes.of(new byte[100]), false));
      return;
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> token.restore(KEY, key.publicKey(), sealed.get(), false));
    token.destroy(KEY);
    assertThat(token.restore(KEY, key.publicKey(), sealed.get(), false)).isEqualTo(key);
    assertThat(token.isActive(KEY)).isFalse();
    token.activate(KEY, secret());
    assertThat(Judge.verifies(key, MESSAGE, token.sign(KEY, MESSAGE).toArray())).isTrue();
    reopen();
    assertThat(token.keys()).containsExactly(key);
  }

  @Test
  void tellsNothingSecret() throws Exception {
    TokenKey key = make(KeyAlgorithm.ECDSA_P256);
    String secret = new String(secret());
    assertThat(key.toString() + token + token.health() + token.begin(KEY)).doesNotContain(secret);
    reopen();
    assertThatThrownBy(() -> token.activate(KEY, wrongSecret()))
        .satisfies(
            refused ->
                assertThat(traces(refused))
                    .doesNotContain(secret)
                    .doesNotContain(new String(wrongSecret())));
  }

  protected static String traces(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
