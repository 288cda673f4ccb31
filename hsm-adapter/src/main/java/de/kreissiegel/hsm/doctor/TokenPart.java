package de.kreissiegel.hsm.doctor;

import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenUnavailable;
import de.kreissiegel.hsm.token.pkcs11.MechanismNames;
import de.kreissiegel.hsm.token.pkcs11.SlotFacts;
import de.kreissiegel.hsm.token.pkcs11.Survey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The HSM: its library, slots, the token and what it can do. */
final class TokenPart {
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
  private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private final Clock clock;
  private final SecureRandom randomness;
  private final Notes notes;

  TokenPart(Clock clock, SecureRandom randomness, Notes notes) {
    this.clock = clock;
    this.randomness = randomness;
    this.notes = notes;
  }

  /** Returns the keys on the token that the vault can use. */
  List<TokenKey> examine(
      Path path, Optional<String> label, Optional<Examination.PinSource> source) {
    Optional<Survey> library = LibraryPart.examine(path, notes);
    if (library.isEmpty()) {
      return List.of();
    }
    try {
      notes.fact("library: " + path + " (" + library.get().library() + ")");
      Optional<SlotFacts> token = choose(library.get().slots(), label);
      if (token.isEmpty()) {
        return List.of();
      }
      mechanisms(library.get().mechanisms(token.get()));
      pinState(token.get());
      tokenClock(token.get());
      return keys(library.get(), token.get(), source);
    } catch (TokenUnavailable failed) {
      notes.error(
          "the token doesn't answer: " + failed.getMessage(),
          "see that the HSM is on and reachable, and look into its own log");
      return List.of();
    }
  }

  Optional<SlotFacts> choose(List<SlotFacts> slots, Optional<String> label) {
    for (SlotFacts slot : slots) {
      notes.fact("slot " + slot.id() + ": " + words(slot));
    }
    if (slots.isEmpty()) {
      notes.error(
          "the library has no slot",
          "connect the HSM or the card reader, and name it in the library's configuration");
      return Optional.empty();
    }
    List<SlotFacts> ready =
        slots.stream().filter(SlotFacts::present).filter(SlotFacts::initialised).toList();
    if (ready.isEmpty()) {
      boolean any = slots.stream().anyMatch(SlotFacts::present);
      notes.error(
          any ? "no token is initialised" : "no slot has a token",
          any
              ? "initialise it with the vendor's tool (SoftHSM2: softhsm2-util --init-token --free"
                  + " --label NAME)"
              : "put the card in, or connect the HSM");
      return Optional.empty();
    }
    List<SlotFacts> meant =
        label.isEmpty()
            ? ready
            : ready.stream().filter(slot -> slot.label().equals(label.get())).toList();
    if (meant.size() != 1) {
      String there = ready.stream().map(SlotFacts::label).collect(Collectors.joining(", "));
      notes.error(
          label.isEmpty()
              ? "the library has several tokens"
              : meant.isEmpty()
                  ? "no token is labelled " + label.get()
                  : "several tokens are labelled " + label.get(),
          meant.isEmpty() || label.isEmpty()
              ? "name the token by its label (--token); there are: " + there
              : "give them different labels, or name the token by its serial number");
      return Optional.empty();
    }
    return Optional.of(meant.getFirst());
  }

  private static String words(SlotFacts slot) {
    if (!slot.present()) {
      return "empty";
    }
    if (!slot.initialised()) {
      return "a token that is not initialised";
    }
    return "token %s (%s %s, serial number %s)"
        .formatted(slot.label(), slot.manufacturer(), slot.model(), slot.serial());
  }

  void mechanisms(List<Long> offered) {
    for (Map.Entry<Long, String> one : MechanismNames.all().entrySet()) {
      notes.fact((offered.contains(one.getKey()) ? "offers " : "lacks ") + one.getValue());
    }
    if (!offered.containsAll(MechanismNames.ELLIPTIC)) {
      notes.warning(
          "the token makes or uses no EC keys (CKM_EC_KEY_PAIR_GEN, CKM_ECDSA)",
          "update the HSM's firmware or licence, or keep to RSA-PSS on this token");
    }
    if (!offered.containsAll(MechanismNames.PSS)) {
      notes.warning(
          "the token makes no RSASSA-PSS signatures (CKM_RSA_PKCS_PSS)",
          "keep RSA keys on another token; PKCS#1 v1.5 needs an exception in the key's policy");
    }
  }

  void pinState(SlotFacts token) {
    if (!token.pinSet()) {
      notes.error(
          "the token " + token.label() + " has no user PIN yet",
          "let the security officer set it (pkcs11-tool --login --login-type so --init-pin)");
    }
    if (token.pinLocked()) {
      notes.error(
          "the PIN of the token " + token.label() + " is locked after too many wrong ones",
          "let the security officer unlock it with the vendor's tool");
    } else if (token.pinFinalTry()) {
      notes.error(
          "the next wrong PIN locks the token " + token.label(),
          "find the right PIN first; the doctor doesn't try one now");
    } else if (token.pinCountLow()) {
      notes.warning(
          "a wrong PIN was given to the token " + token.label() + " since the last right one",
          "find out who tried; compare the PIN file with what the ceremony noted");
    }
    if (token.pinToBeChanged()) {
      notes.error(
          "the PIN of the token " + token.label() + " must be changed before it is used",
          "change it with the vendor's tool (pkcs11-tool --login --change-pin)");
    }
  }

  void tokenClock(SlotFacts token) {
    if (!token.hasClock()) {
      return;
    }
    try {
      Instant there =
          LocalDateTime.parse(token.utcTime().substring(0, 14), UTC_TIME).toInstant(ZoneOffset.UTC);
      Duration apart = Duration.between(there, clock.instant()).abs();
      if (apart.compareTo(CLOCK_TOLERANCE) > 0) {
        notes.warning(
            "the token's clock says %s, this machine's %s".formatted(there, clock.instant()),
            "set the one that is wrong; the HSM's own log can't be compared otherwise");
      }
    } catch (DateTimeException | IndexOutOfBoundsException unreadable) {
      notes.warning("the token's clock can't be read", "ask the HSM's vendor");
    }
  }

  private List<TokenKey> keys(
      Survey library, SlotFacts token, Optional<Examination.PinSource> source)
      throws TokenUnavailable {
    try (Survey.Visit visit = library.visit(token)) {
      boolean mayTry = token.pinSet() && !token.pinLocked() && !token.pinFinalTry();
      boolean inside = mayTry && source.isPresent() && logsIn(visit, source.get());
      if (source.isEmpty()) {
        notes.fact("without a PIN only public keys are seen, and none was tried");
      }
      return new KeyPart(randomness, notes).examine(visit, inside);
    }
  }

  private boolean logsIn(Survey.Visit visit, Examination.PinSource source) throws TokenUnavailable {
    char[] pin;
    try {
      pin = source.pin();
    } catch (IOException unreadable) {
      notes.error(
          "the PIN can't be read: " + unreadable.getMessage(),
          "put the PIN into the first line of the file, readable for the signer's user only");
      return false;
    }
    try {
      switch (visit.login(pin)) {
        case RIGHT -> {
          notes.fact("the PIN is right");
          return true;
        }
        case WRONG ->
            notes.error(
                "the PIN is wrong",
                "correct it before the next start: a few more wrong ones lock the token");
        case LOCKED ->
            notes.error(
                "the PIN is locked", "let the security officer unlock it with the vendor's tool");
        case EXPIRED -> notes.error("the PIN has expired", "change it with the vendor's tool");
        case NOT_SET ->
            notes.error("the token has no user PIN yet", "let the security officer set it");
      }
      return false;
    } finally {
      Arrays.fill(pin, '\0');
    }
  }
}
