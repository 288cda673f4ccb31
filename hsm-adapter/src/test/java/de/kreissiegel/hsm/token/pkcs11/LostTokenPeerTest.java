package de.kreissiegel.hsm.token.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.KeyLocked;
import de.kreissiegel.hsm.token.KeyUnreadable;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A token that goes away and comes back, while the process goes on. */
@Tag("peer")
class LostTokenPeerTest {
  private static final char[] PIN = SoftHsm.PIN.toCharArray();
  private static final KeyId KEY = new KeyId("people");
  private static final byte[] MESSAGE = {1, 2, 3};
  private final HandClock clock = new HandClock();
  private SoftHsm hsm;
  private String label;
  private Pkcs11Token token;
  private TokenKey key;

  @BeforeEach
  void open() throws Exception {
    hsm = SoftHsm.start();
    label = hsm.newToken();
    token = Pkcs11Token.open(hsm.config(label), clock, new SecureRandom());
    key = token.make(KEY, KeyAlgorithm.ECDSA_P256, PIN, false);
  }

  @AfterEach
  void close() {
    token.close();
  }

  @AfterAll
  static void tell() throws Exception {
    Heard.tell();
  }

  private boolean signs() throws Exception {
    byte[] signature = token.sign(KEY, MESSAGE).toArray();
    return de.kreissiegel.hsm.token.PublicKeys.verifies(
        key.algorithm(), key.publicKey(), MESSAGE, signature);
  }

  @Test
  void signsAgainWhenTheTokenIsBack() throws Exception {
    Heard.from("softhsm2", signs()).isEqualTo(true);
    Path directory = hsm.directory(label);
    Path away = directory.resolveSibling("../away-" + label);
    Files.move(directory, away);

    assertThatThrownBy(() -> token.sign(KEY, MESSAGE))
        .isInstanceOf(TokenUnavailable.class)
        .hasMessageContaining("hsm")
        .hasMessageNotContaining(SoftHsm.PIN);
    assertThat(token.health().present()).isFalse();
    assertThat(token.health().sentence()).contains("doesn't answer").contains("next try");
    assertThat(token.isActive(KEY)).isTrue();
    assertThat(token.keys()).containsExactly(key);

    Files.move(away, directory);
    // Until the pause is over nobody asks the token, so that a sick one is left alone.
    assertThatThrownBy(() -> token.begin(KEY)).isInstanceOf(TokenUnavailable.class);
    clock.advance(Duration.ofMinutes(2));
    Heard.from("softhsm2", signs()).isEqualTo(true);
    assertThat(token.health().present()).isTrue();
    assertThat(token.health().sentence()).isEmpty();
  }

  @Test
  void noticesByItselfThatTheTokenIsGoneAndBack() throws Exception {
    Path directory = hsm.directory(label);
    Path away = directory.resolveSibling("../away-" + label);
    Files.move(directory, away);
    clock.advance(Duration.ofMinutes(2));
    Heard.from("softhsm2", token.health().present()).isEqualTo(false);
    Files.move(away, directory);
    clock.advance(Duration.ofMinutes(2));
    Heard.from("softhsm2", token.health().present()).isEqualTo(true);
    assertThat(signs()).isTrue();
  }

  @Test
  void signsOnWhenTheLibraryForgotAllSessions() throws Exception {
    Pkcs11Module module = Pkcs11Module.at(hsm.library());
    module.restart(module.generation());
    Heard.from("softhsm2", signs()).isEqualTo(true);
    assertThat(token.health().present()).isTrue();
  }

  @Test
  void signsOnWhenSomebodyLoggedTheTokenOut() throws Exception {
    try (Pkcs11Token other = Pkcs11Token.open(hsm.config(label), clock, new SecureRandom())) {
      other.activate(KEY, PIN);
    }
    Heard.from("softhsm2", signs()).isEqualTo(true);
  }

  @Test
  void signsForManyThreadsWhileSessionsAreReset() throws Exception {
    Pkcs11Module module = Pkcs11Module.at(hsm.library());
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int n = 0; n < 200; n++) {
                        assertThat(signs()).isTrue();
                      }
                    } catch (Throwable thrown) {
                      failure.set(thrown);
                    }
                  });
    }
    for (int n = 0; n < 5; n++) {
      Thread.sleep(100);
      module.restart(module.generation());
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Heard.from("softhsm2", failure.get()).isNull();
  }

  @Test
  void forgetsAPinThatTheTokenDoesNotTakeAnyMore() throws Exception {
    hsm.run(
        "pkcs11-tool",
        "--module",
        hsm.library().toString(),
        "--token-label",
        label,
        "--login",
        "--pin",
        SoftHsm.PIN,
        "--change-pin",
        "--new-pin",
        "another-pin");
    Pkcs11Module module = Pkcs11Module.at(hsm.library());
    module.restart(module.generation());
    assertThatThrownBy(() -> token.sign(KEY, MESSAGE)).isInstanceOf(TokenUnavailable.class);
    Heard.from("softhsm2", token.isActive(KEY)).isEqualTo(false);
    assertThatThrownBy(() -> token.begin(KEY)).isInstanceOf(KeyLocked.class);
    assertThat(token.health().sentence()).contains("PIN");
    assertThatThrownBy(() -> token.activate(KEY, PIN)).isInstanceOf(KeyUnreadable.class);
    token.activate(KEY, "another-pin".toCharArray());
    Heard.from("softhsm2", signs()).isEqualTo(true);
  }

  @Test
  void refusesAKeyThatDoesNotFitItsPublicPart() throws Exception {
    token.make(new KeyId("other"), KeyAlgorithm.ECDSA_P256, PIN, false);
    token.close();
    String[] tool = {"pkcs11-tool", "--module", hsm.library().toString(), "--token-label", label};
    // Somebody exchanges the public parts: the first key's goes, the second's takes its name and
    // id.
    hsm.run(
        join(
            tool,
            "--login",
            "--pin",
            SoftHsm.PIN,
            "--delete-object",
            "--type",
            "pubkey",
            "--label",
            "people"));
    hsm.run(
        join(
            tool,
            "--login",
            "--pin",
            SoftHsm.PIN,
            "--set-id",
            hex("people"),
            "--label",
            "other",
            "--type",
            "pubkey",
            "--id",
            hex("other")));
    hsm.run(
        join(
            tool,
            "--login",
            "--pin",
            SoftHsm.PIN,
            "--label",
            "people",
            "--set-id",
            hex("people"),
            "--type",
            "pubkey",
            "--id",
            hex("people")));
    token = Pkcs11Token.open(hsm.config(label), clock, new SecureRandom());
    assertThatThrownBy(() -> token.activate(new KeyId("other"), PIN))
        .isInstanceOf(KeyUnreadable.class)
        .hasMessageContaining("doesn't fit");
    Heard.from("softhsm2", token.isActive(new KeyId("other"))).isEqualTo(false);
  }

  private static String[] join(String[] first, String... more) {
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  private static String hex(String text) {
    return java.util.HexFormat.of()
        .formatHex(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /** A clock that a test moves. */
  private static final class HandClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
