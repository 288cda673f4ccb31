package de.kreissiegel.hsm.doctor;

import de.kreissiegel.hsm.token.TokenKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Looks at what the signer needs; see the package. */
public final class Doctor {
  /** No machine that runs this has a clock that is right and older. */
  private static final Instant OLDEST = Instant.parse("2026-01-01T00:00:00Z");

  private final Clock clock;
  private final SecureRandom randomness;

  public Doctor(Clock clock, SecureRandom randomness) {
    this.clock = clock;
    this.randomness = randomness;
  }

  /** Looks at everything that was asked for; what is broken doesn't stop it, but is told. */
  public Diagnosis examine(Examination what) {
    Notes notes = new Notes();
    clock(notes);
    Providers.examine(notes);
    List<TokenKey> onToken =
        what.library().isPresent()
            ? new TokenPart(clock, randomness, notes)
                .examine(what.library().get(), what.tokenLabel(), what.pin())
            : List.of();
    what.vault().ifPresent(vault -> VaultPart.examine(vault, onToken, clock, notes));
    return notes.diagnosis();
  }

  private void clock(Notes notes) {
    if (clock.instant().isBefore(OLDEST)) {
      notes.error(
          "this machine's clock says " + clock.instant() + ", which is long past",
          "set the clock, and let a time service (chrony, systemd-timesyncd) keep it");
    }
  }
}
