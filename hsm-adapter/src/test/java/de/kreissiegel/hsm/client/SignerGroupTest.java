package de.kreissiegel.hsm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.NamedSigner;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningRefused.Reason;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whom a group asks, and above all whom it doesn't ask any more. */
class SignerGroupTest {
  private static final KeyId KEY = new KeyId("people");

  private final Walking clock = new Walking();
  private final Member one = new Member("one");
  private final Member two = new Member("two");
  private final SignerGroup group =
      new SignerGroup(List.of(new NamedSigner("one", one), new NamedSigner("two", two)), clock);

  @Test
  void balancesBetweenThem() throws Exception {
    for (int i = 0; i < 100; i++) {
      group.sign(certificate());
    }
    assertThat(one.signed).hasValue(50);
    assertThat(two.signed).hasValue(50);
    assertThat(group.members()).extracting(NamedSigner::name).containsExactly("one", "two");
  }

  @Test
  void failsOverAtOnceFromOneThatWasNeverReached() throws Exception {
    group.keys();
    one.trouble = Optional.of(SigningUnavailable.neverAsked("refused", new IOException()));
    for (int i = 0; i < 10; i++) {
      group.sign(certificate());
    }
    assertThat(two.signed).hasValue(10);
    assertThat(one.asked).hasValueLessThanOrEqualTo(1);
  }

  @Test
  void neverPutsACertificateToASecondOneWhereTheFirstMayHaveSigned() throws Exception {
    group.keys();
    one.trouble = Optional.of(new SigningUnavailable("broke off"));
    two.trouble = Optional.of(new SigningUnavailable("broke off"));
    SignRequest request = certificate();
    for (int i = 0; i < 5; i++) {
      clock.walk(Duration.ofSeconds(10));
      assertThatThrownBy(() -> group.sign(request)).isInstanceOf(SigningUnavailable.class);
    }
    assertThat(Math.min(one.asked.get(), two.asked.get())).isZero();
    assertThat(Math.max(one.asked.get(), two.asked.get())).isEqualTo(5);
    // Others go on with whoever is well.
    Member other = one.asked.get() == 0 ? one : two;
    other.trouble = Optional.empty();
    group.sign(certificate());
    assertThat(other.signed).hasValue(1);
    assertThatThrownBy(() -> group.sign(request)).isInstanceOf(SigningUnavailable.class);
    // Long after, when whoever asks has read the journals, it may go anywhere.
    clock.walk(Duration.ofMinutes(3));
    one.trouble = Optional.empty();
    two.trouble = Optional.empty();
    group.sign(request);
    assertThat(one.signed.get() + two.signed.get()).isEqualTo(2);
  }

  @Test
  void putsACertificateElsewhereOnceTheFirstHasSaidThatItCannot() throws Exception {
    group.keys();
    one.trouble = Optional.of(SigningUnavailable.answered("the token is gone"));
    two.trouble = Optional.of(SigningUnavailable.answered("the token is gone"));
    SignRequest request = certificate();
    assertThatThrownBy(() -> group.sign(request)).isInstanceOf(SigningUnavailable.class);
    Member answered = one.asked.get() == 1 ? one : two;
    Member other = answered == one ? two : one;
    assertThat(other.asked).hasValue(0);
    other.trouble = Optional.empty();
    group.sign(request);
    assertThat(other.signed).hasValue(1);
  }

  @Test
  void failsOverFreelyForWhatDoesNoHarmTwice() throws Exception {
    group.keys();
    one.trouble = Optional.of(new SigningUnavailable("broke off"));
    for (int i = 0; i < 10; i++) {
      clock.walk(Duration.ofSeconds(10));
      group.sign(request(SignedStructure.OCSP_RESPONSE));
    }
    assertThat(two.signed).hasValue(10);
  }

  @Test
  void asksAgainWhoWasOut() throws Exception {
    one.trouble = Optional.of(SigningUnavailable.neverAsked("refused", new IOException()));
    group.sign(certificate());
    assertThat(two.signed).hasValue(1);
    one.trouble = Optional.empty();
    clock.walk(Duration.ofSeconds(3));
    for (int i = 0; i < 10; i++) {
      group.sign(certificate());
    }
    assertThat(one.signed).hasValueGreaterThanOrEqualTo(4);
  }

  @Test
  void saysWhyWhenAllAreOut() {
    one.trouble = Optional.of(SigningUnavailable.neverAsked("refused", new IOException()));
    two.trouble = Optional.of(SigningUnavailable.neverAsked("no route", new IOException()));
    assertThatThrownBy(() -> group.sign(certificate()))
        .isInstanceOfSatisfying(
            SigningUnavailable.class, out -> assertThat(out.isNeverAsked()).isTrue())
        .hasMessageContaining("one: refused")
        .hasMessageContaining("two: no route");
  }

  @Test
  void goesOnWhereTheKeyIsLockedAndNotWhereThePolicySaysNo() throws Exception {
    one.refusal = Optional.of(Reason.LOCKED_KEY);
    group.sign(certificate());
    group.sign(certificate());
    assertThat(two.signed).hasValue(2);
    two.refusal = Optional.of(Reason.LOCKED_KEY);
    assertThatThrownBy(() -> group.sign(certificate())).isInstanceOf(SigningRefused.class);
    one.refusal = Optional.of(Reason.POLICY);
    two.refusal = Optional.of(Reason.POLICY);
    int before = one.asked.get() + two.asked.get();
    assertThatThrownBy(() -> group.sign(certificate())).isInstanceOf(SigningRefused.class);
    assertThat(one.asked.get() + two.asked.get()).isEqualTo(before + 1);
  }

  @Test
  void neverMixesKeysThatOnlyShareAName() throws Exception {
    two.publicKey = Bytes.fromHex("02");
    for (int i = 0; i < 10; i++) {
      group.sign(certificate());
    }
    assertThat(one.signed).hasValue(10);
    assertThat(group.keys()).extracting(VaultKey::publicKey).containsExactly(one.publicKey);
  }

  @Test
  void hasNoJournalOfItsOwn() {
    assertThatThrownBy(() -> group.journal(0, 1)).hasMessageContaining("ask its members");
    assertThatThrownBy(group::checkpoint).hasMessageContaining("ask its members");
  }

  private static SignRequest certificate() {
    return request(SignedStructure.CERTIFICATE);
  }

  private static SignRequest request(SignedStructure structure) {
    return new SignRequest(UUID.randomUUID(), KEY, structure, Bytes.fromHex("00"));
  }

  /** One that does as the test wants. */
  private static final class Member implements Signer {
    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger signed = new AtomicInteger();
    volatile Optional<SigningUnavailable> trouble = Optional.empty();
    volatile Optional<Reason> refusal = Optional.empty();
    volatile Bytes publicKey = Bytes.fromHex("01");
    private final String name;

    Member(String name) {
      this.name = name;
    }

    @Override
    public List<VaultKey> keys() throws SigningUnavailable {
      if (trouble.filter(SigningUnavailable::isNeverAsked).isPresent()) {
        throw trouble.get();
      }
      return List.of(
          new VaultKey(
              KEY,
              publicKey,
              Bytes.fromHex("3000"),
              EnumSet.allOf(SignedStructure.class),
              VaultKey.State.ACTIVE));
    }

    @Override
    public Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused {
      asked.incrementAndGet();
      if (trouble.isPresent()) {
        throw trouble.get();
      }
      if (refusal.isPresent()) {
        throw new SigningRefused(refusal.get(), "rule: no, says " + name);
      }
      return new Signed(Bytes.fromHex("aa"), signed.incrementAndGet(), Bytes.fromHex("bb"));
    }

    @Override
    public List<JournalRecord> journal(long fromIndex, int atMost) {
      return List.of();
    }
  }

  /** A clock that goes when it is told to. */
  private static final class Walking extends Clock {
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    void walk(Duration time) {
      now = now.plus(time);
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
