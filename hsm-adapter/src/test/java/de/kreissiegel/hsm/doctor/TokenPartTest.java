package de.kreissiegel.hsm.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.token.pkcs11.SlotFacts;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What it says of states that SoftHSM2 doesn't show. */
class TokenPartTest {
  private static final long CLOCK = 0x40;
  private static final long PIN_SET = 0x8;
  private static final long INITIALISED = 0x400;
  private static final long COUNT_LOW = 0x10000;
  private static final long FINAL_TRY = 0x20000;
  private static final long LOCKED = 0x40000;
  private static final long TO_BE_CHANGED = 0x80000;

  private final Notes notes = new Notes();
  private final TokenPart part =
      new TokenPart(
          Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC),
          new SecureRandom(),
          notes);

  private static SlotFacts token(String label, long flags, String utcTime) {
    return new SlotFacts(
        1, "slot", true, label, "Maker", "Model", "0001", flags | INITIALISED, 0, utcTime);
  }

  private static SlotFacts empty() {
    return new SlotFacts(0, "slot", false, "", "", "", "", 0, 0, "");
  }

  private void says(String sentence, String remedy) {
    assertThat(notes.diagnosis().findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.sentence()).contains(sentence);
              assertThat(finding.remedy()).contains(remedy);
            });
  }

  @Test
  void saysThatThereIsNoSlot() {
    assertThat(part.choose(List.of(), Optional.empty())).isEmpty();
    says("no slot", "connect the HSM");
  }

  @Test
  void saysThatNoSlotHasAToken() {
    assertThat(part.choose(List.of(empty()), Optional.empty())).isEmpty();
    says("no slot has a token", "put the card in");
  }

  @Test
  void saysThatTheTokenIsNotInitialised() {
    SlotFacts raw = new SlotFacts(0, "slot", true, "", "Maker", "Model", "1", 0, 0, "");
    assertThat(part.choose(List.of(raw), Optional.empty())).isEmpty();
    says("no token is initialised", "initialise it");
  }

  @Test
  void saysThatThereAreSeveralTokens() {
    List<SlotFacts> two = List.of(token("a", PIN_SET, ""), token("b", PIN_SET, ""));
    assertThat(part.choose(two, Optional.empty())).isEmpty();
    says("several tokens", "there are: a, b");
    assertThat(part.choose(two, Optional.of("b"))).contains(two.get(1));
  }

  @Test
  void saysThatTwoTokensHaveOneLabel() {
    List<SlotFacts> two = List.of(token("a", PIN_SET, ""), token("a", PIN_SET, ""));
    assertThat(part.choose(two, Optional.of("a"))).isEmpty();
    says("several tokens are labelled a", "serial number");
  }

  @Test
  void saysThatThePinIsLocked() {
    part.pinState(token("a", PIN_SET | LOCKED | FINAL_TRY, ""));
    says("locked", "unlock it");
  }

  @Test
  void saysThatTheNextWrongPinLocks() {
    part.pinState(token("a", PIN_SET | FINAL_TRY | COUNT_LOW, ""));
    says("the next wrong PIN locks", "doesn't try one now");
  }

  @Test
  void saysThatAWrongPinWasGiven() {
    part.pinState(token("a", PIN_SET | COUNT_LOW, ""));
    says("a wrong PIN was given", "find out who");
    assertThat(notes.diagnosis().healthy()).isTrue();
  }

  @Test
  void saysThatThePinMustBeChanged() {
    part.pinState(token("a", PIN_SET | TO_BE_CHANGED, ""));
    says("must be changed", "change it");
  }

  @Test
  void saysNothingOfAPinThatIsWell() {
    part.pinState(token("a", PIN_SET, ""));
    assertThat(notes.diagnosis().findings()).isEmpty();
  }

  @Test
  void saysThatTheTokensClockIsWrong() {
    part.tokenClock(token("a", CLOCK, "2026112210040000"));
    assertThat(notes.diagnosis().findings()).isEmpty();
    part.tokenClock(token("a", CLOCK, "2026112209500000"));
    says("the token's clock says 2026-11-22T09:50:00Z", "set the one that is wrong");
  }

  @Test
  void saysThatTheTokensClockCannotBeRead() {
    part.tokenClock(token("a", CLOCK, "soon"));
    says("can't be read", "vendor");
  }

  @Test
  void saysWhichMechanismsAreMissing() {
    part.mechanisms(List.of());
    assertThat(notes.diagnosis().findings())
        .extracting(Finding::sentence)
        .satisfiesExactly(
            first -> assertThat(first).contains("no EC keys"),
            second -> assertThat(second).contains("no RSASSA-PSS"));
    assertThat(notes.diagnosis().facts()).anyMatch(fact -> fact.startsWith("lacks CKM_ML_DSA"));
  }
}
